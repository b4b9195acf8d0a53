"""The pytest side of grading: the question marker, the two fixtures, and the outcomes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

from autograder._util.i18n import gettext as _
from autograder.course.question_mark import QuestionMark, question_mark
from autograder.results.outcome import Status, TestOutcome
from autograder.sandbox.protocol.substitutes import SubstituteProvider
from autograder.sandbox.protocol.values import whole_text
from autograder.testing.expectation import Student
from autograder.testing.hypothesis_cases import SEED, CaseCache, seeded_cases
from autograder.testing.verdict import classify

# A test that passes shows a Picture by pytest's own record_property(PICTURE, picture); one that
# fails raises it with its Mismatch.
PICTURE = "picture"


class GraderPlugin:
    """Runs grader tests against one student and collects what each ended in.

    `reference` is None in a notebook: visible tests never ask for it. `only` limits the run to one
    question. `provider` answers calls of substituted functions. Random cases in `cases` are not
    drawn again. Raises pytest.UsageError for a test without exactly one `question` marker.
    """

    def __init__(
        self,
        student: Student,
        reference: object | None,
        only: str | None = None,
        trainer: Callable[[], object] | None = None,
        provider: SubstituteProvider | None = None,
        cases: CaseCache | None = None,
    ) -> None:
        self._student = student
        self._reference = reference
        self._only = only
        self._trainer = trainer
        self._provider = provider
        self._cases = cases
        self.outcomes: list[TestOutcome] = []

    @pytest.fixture(scope="session")
    def student(self) -> Student:
        """The student's work: the notebook itself, or a proxy into the sandbox."""
        return self._student

    @pytest.fixture(scope="session")
    def reference(self) -> object:
        """The functions of the reference solution; only in grading."""
        if self._reference is None:
            raise pytest.UsageError(
                "a visible test asked for the reference: move it to graders/hidden/"
            )
        return self._reference

    @pytest.fixture(scope="session")
    def trainer(self) -> object:
        """Trains recipes in the training worker, on the data of the course's tier; only in grading."""
        if self._trainer is None:
            raise pytest.UsageError(
                "a visible test asked for the trainer: move it to graders/hidden/"
            )
        return self._trainer()

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the marker known, so that a misspelled one is an error."""
        line = "question(name, points, extra=False): the question that a test belongs to"
        config.addinivalue_line("markers", line)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Check every marker; keep the tests of some questions if only these were asked for."""
        marks = {item: _mark(item) for item in items}
        if self._only is not None:
            items[:] = [item for item in items if marks[item].question == self._only]

    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Have pytest's own account of each failure short: nobody sees it, and it takes long."""
        session.config.option.tbstyle = "value"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn the end of a test, or of its set-up, into one outcome."""
        if call.when == "call" or call.excinfo is not None:
            self.outcomes.append(self._outcome(item, call.excinfo))
        return (yield)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Diagnosis and substitutes are those of one test: start them anew."""
        self._student.seen.reset()
        if self._provider is not None:
            self._provider.begin_test()

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Run a test of random cases with those that are known."""
        test = pyfuncitem.obj
        if self._cases is None or not is_hypothesis_test(test):
            return None
        fixtures = {name: pyfuncitem.funcargs[name] for name in signature(test).parameters}
        self._cases.replay(pyfuncitem.nodeid, test, fixtures, self._student.seen.reset)
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
            traceback=trace,
            pictures=getattr(excinfo.value, "pictures", ()) if excinfo else _pictures(item),
            carried=self._provider.used if self._provider else (),
        )


def _mark(item: pytest.Item) -> QuestionMark:
    """The question mark of a test. Raises pytest.UsageError, with its place, if it has no right one."""
    where = f"{item.path}:{(item.location[1] or 0) + 1}: {item.name}"
    marks = list(item.iter_markers("question"))
    if len(marks) != 1:
        raise pytest.UsageError(
            f"{where}: needs exactly one @pytest.mark.question, has {len(marks)}"
        )
    try:
        return question_mark(marks[0].args, marks[0].kwargs)
    except ValueError as error:
        raise pytest.UsageError(f"{where}: {error}") from None


def run_tests(files: Sequence[Path], plugin: GraderPlugin, seed: int = SEED) -> list[TestOutcome]:
    """Run grader files in this process; the same seed gives the same Hypothesis cases.

    A failure of pytest itself (a grader that does not import, a wrong marker) comes back
    as one grader error for the whole run, never as a student's failure.
    """
    arguments = [
        *map(str, files),
        f"--hypothesis-seed={seed}",
        *("-c", "/dev/null", "--noconftest", "--assert=plain"),
        # Without the second, pytest lists every directory above the grader, and its neighbours.
        *("--rootdir", str(files[0].parent), "--confcutdir", str(files[0].parent)),
        *("-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:xdist", "-p", "no:faulthandler"),
        # It collects all garbage at the end of a run, which takes long where TensorFlow is loaded.
        *("-p", "no:unraisableexception"),
        *(
            "--import-mode=importlib",
            "--capture=no",
            "--strict-markers",
            "-W",
            "ignore",
            "--disable-plugin-autoload",
        ),
        *("-p", "_hypothesis_pytestplugin"),
    ]
    complaints = _Complaints()
    try:
        with seeded_cases(), _without_settings_of_others():
            code = pytest.main(arguments, plugins=[plugin, complaints])
    finally:
        _forget(files)
    if code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return plugin.outcomes
    if code is pytest.ExitCode.INTERRUPTED and not complaints.lines:
        raise KeyboardInterrupt  # pytest caught it; whoever pressed the keys wants all of it to end
    text = "\n".join(complaints.lines) or f"pytest ended with {code!r}"
    return [
        TestOutcome(
            question="",
            title="the grader itself",
            status=Status.GRADER_ERROR,
            points=0.0,
            max_points=0.0,
            message=text,
        )
    ]


@contextmanager
def _without_settings_of_others() -> Iterator[None]:
    """Have pytest read no options that an instructor or a student set for tests of their own."""
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG")
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(before)


def _forget(files: Sequence[Path]) -> None:
    """Take grader modules out of sys.modules, where pytest finds them by bare name.

    Otherwise a grader of another course with the same file name, one edited since, or one
    that failed half-way through its import would be taken for the one asked for.
    """
    paths = {str(file) for file in files}
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) in paths and not name.startswith("autograder."):
            del sys.modules[name]


class _Complaints:
    """Keeps what pytest would have printed about a grader that it could not collect."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.lines.append(f"{report.nodeid}: {report.longrepr}")

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self.lines.append(str(excinfo.value))


def _pictures(item: pytest.Item) -> tuple[Any, ...]:
    return tuple(value for name, value in item.user_properties if name == PICTURE)


def _title(item: pytest.Item) -> str:
    function = getattr(item, "function", None)
    doc = (getattr(function, "__doc__", None) or "").strip()
    return doc.splitlines()[0] if doc else item.name.removeprefix("test_").replace("_", " ")
