"""pytest's plugin for graders: the `question` marker, the fixtures, and the outcomes of tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, nullcontext
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

from autograder._util.i18n import gettext as _
from autograder._util.time_limit import time_limit
from autograder.course.question_mark import QuestionMark, question_mark
from autograder.results.outcome import Status, StudentCrash, TestOutcome
from autograder.sandbox.protocol.substitutes import SubstituteProvider
from autograder.sandbox.protocol.values import whole_text
from autograder.testing.hypothesis_cases import CaseCache
from autograder.testing.student import Student
from autograder.testing.verdict import classify

# Of processor time for a test itself: in grading the student's code runs in another process.
_OWN_SECONDS = 60.0
_SHOW_PRINTED = (Status.FAILED, Status.CRASHED)


class GraderPlugin:
    """A pytest plugin that runs grader tests on one student's work and collects their outcomes.

    `reference` is None in a notebook: visible tests do not use it. `only` limits the run to one
    question. `provider` answers calls of substituted functions. Random cases in `cases` are not
    drawn again. The tests of a question for which `postpone` is true do not run, and its name gets
    into `postponed`; those of extra credit always run. pytest stops with a UsageError if a test has
    not exactly one `question` marker.

    A test that passes shows a Picture by pytest's fixture, record_property("picture", picture), and
    a sentence by record_property("note", sentence). One that fails raises a Mismatch with pictures.
    """

    def __init__(
        self,
        student: Student,
        reference: object | None,
        only: str | None = None,
        trainer: Callable[[], object] | None = None,
        provider: SubstituteProvider | None = None,
        cases: CaseCache | None = None,
        postpone: Callable[[str], bool] = lambda question: False,
    ) -> None:
        self._student = student
        self._reference = reference
        self._only = only
        self._trainer = trainer
        self._provider = provider
        self._cases = cases
        self._postpone = postpone
        self.postponed: set[str] = set()
        self.outcomes: list[TestOutcome] = []
        # Question -> names of functions that its tests called, and of variables that they read.
        self.used_names: defaultdict[str, set[str]] = defaultdict(set)

    @pytest.fixture(scope="session")
    def student(self) -> Student:
        """The student's work: the notebook itself, or a proxy into the sandbox."""
        return self._student

    @pytest.fixture(scope="session")
    def reference(self) -> object:
        """The functions of the reference solution; in grading only."""
        if self._reference is None:
            raise pytest.UsageError(
                "a visible test asked for the reference: move it to graders/hidden/"
            )
        return self._reference

    @pytest.fixture(scope="session")
    def trainer(self) -> object:
        """Trains recipes in the training worker on the data of the course's tier; in grading only."""
        if self._trainer is None:
            raise pytest.UsageError(
                "a visible test asked for the trainer: move it to graders/hidden/"
            )
        return self._trainer()

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the marker, so that a misspelled one is an error."""
        line = "question(name, points, extra=False): the question that a test belongs to"
        config.addinivalue_line("markers", line)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Check every marker, and keep only the tests of the question `only`, if there is one."""
        marks = {item: _mark(item) for item in items}
        if self._only is not None:
            items[:] = [item for item in items if marks[item].question == self._only]

    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Shorten pytest's own traceback of each failure: it is slow to make and not shown."""
        session.config.option.tbstyle = "value"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Record one outcome for a test that ended, or whose setup or teardown failed."""
        if call.when == "call" or call.excinfo is not None:
            outcome = self._outcome(item, call.excinfo)
            self.outcomes.append(outcome)
            self.used_names[outcome.question] |= self._student.used_names
            self._student.used_names.clear()
        return (yield)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Reset diagnosis and substitutes, which are those of one test."""
        self._student.answer_log.reset()
        self._student.printed = ""
        if self._provider is not None:
            self._provider.begin_test()

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """In grading, end the import of a grader that never ends."""
        with self._time_limit():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """In grading, end a test that never ends by itself."""
        with self._time_limit():
            return (yield)

    def _time_limit(self) -> AbstractContextManager[None]:
        """No limit in a notebook, where the student's code runs in the same process."""
        return nullcontext() if self._reference is None else time_limit(_OWN_SECONDS)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Run a Hypothesis test with the cases that earlier runs drew, and no test to be postponed."""
        mark = _mark(pyfuncitem)
        if not mark.extra and self._postpone(mark.question):
            self.postponed.add(mark.question)
            raise StudentCrash(
                _("Not tested: it may call a function that used up its time limit before.")
            )
        test = pyfuncitem.obj
        if self._cases is None or not is_hypothesis_test(test):
            return None
        fixtures = {name: pyfuncitem.funcargs[name] for name in signature(test).parameters}
        self._cases.replay(pyfuncitem.nodeid, test, fixtures, self._student.answer_log.reset)
        return True

    def _outcome(
        self, item: pytest.Item, excinfo: pytest.ExceptionInfo[BaseException] | None
    ) -> TestOutcome:
        mark = _mark(item)
        status, *texts = classify(excinfo.value if excinfo else None)
        message, help_text, trace = map(whole_text, texts)
        return TestOutcome(
            question=mark.question,
            title=_(_title(item)),
            status=status,
            points=mark.points if status is Status.PASSED else 0.0,
            max_points=mark.points,
            extra=mark.extra,
            hidden="hidden" in Path(item.path).parts,
            message=message,
            help=help_text,
            note=whole_text("\n".join(map(str, _recorded(item, "note")))),
            traceback=trace,
            printed=whole_text(self._student.printed) if status in _SHOW_PRINTED else "",
            pictures=(
                getattr(excinfo.value, "pictures", ()) if excinfo else _recorded(item, "picture")
            ),
            carried=self._provider.used if self._provider else (),
        )


def _recorded(item: pytest.Item, name: str) -> tuple[Any, ...]:
    """What a test recorded under a name with pytest's fixture record_property."""
    return tuple(value for recorded, value in item.user_properties if recorded == name)


def _mark(item: pytest.Item) -> QuestionMark:
    """The question mark of a test; raises pytest.UsageError, with file and line, if it is invalid."""
    place = f"{item.path}:{(item.location[1] or 0) + 1}: {item.name}"
    marks = list(item.iter_markers("question"))
    if len(marks) != 1:
        raise pytest.UsageError(
            f"{place}: needs exactly one @pytest.mark.question, has {len(marks)}"
        )
    try:
        return question_mark(marks[0].args, marks[0].kwargs)
    except ValueError as error:
        raise pytest.UsageError(f"{place}: {error}") from None


def _title(item: pytest.Item) -> str:
    function = getattr(item, "function", None)
    doc = (getattr(function, "__doc__", None) or "").strip()
    return doc.splitlines()[0] if doc else item.name.removeprefix("test_").replace("_", " ")
