"""Creates the autograder zip of an assignment for Gradescope, and grades a submission there.

The layout follows Gradescope's specification (gradescope-autograders.readthedocs.io): the zip is
unpacked into /autograder/source, a student's files are in /autograder/submission, and the scores go
into /autograder/results/results.json. Only instructors see the output of the program. What a test
says is HTML, which Gradescope shows as such (`output_format`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder._util.atomic import write_whole, write_zip
from autograder._util.i18n import N_, ngettext, use_language
from autograder._util.i18n import gettext as _
from autograder._util.terminal import counted
from autograder.course.course import Course, Question
from autograder.course.grader_source import read_grader
from autograder.course.kit_wheel import is_kits_own, kit_wheel
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.settings import CourseError
from autograder.feedback.images import img
from autograder.feedback.markup import line_html
from autograder.feedback.render import outcome_html
from autograder.feedback.rubric import rubric_lines
from autograder.grading.grade import grade
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.submissions.submission import Submission, read_submission

_SOURCES = ("autograder", "solutions", "assignments")
_FILES = ("pyproject.toml", "uv.lock", "Makefile", "README.md", "LICENSE")
_SETUP = """\
#!/usr/bin/env bash
# Run once by Gradescope, when it builds the image: installs the kit into /autograder/source/.venv.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
if command -v apt-get >/dev/null; then
  apt-get update -qq
  apt-get install -qq -y make bubblewrap
  for version in 3.13 3.12 3.11; do
    apt-get install -qq -y "python$version" "python$version-venv" && break
  done
fi
python=
for version in 3.13 3.12 3.11 3; do
  # A command of that name may be a shim that runs nothing, and python3 may be too old.
  if "python$version" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    python="python$version"
    break
  fi
done
if [ -z "$python" ]; then
  echo "No Python from 3.11 to 3.13 runs here. Choose an image of Gradescope that has one." >&2
  exit 1
fi
{install}
"""
# The kit's own course is a checkout with locked packages; another one brings the kit's wheel.
_FROM_LOCK = """\
make --silent PYTHON="$python" .tools/bin/uv
.tools/bin/uv sync --frozen --quiet --no-dev --extra course --python "$python\""""
_FROM_WHEEL = """\
"$python" -m venv .venv
.venv/bin/python -m pip install --quiet "./{wheel}[course]\""""
_RUN = """\
#!/usr/bin/env bash
# Run by Gradescope for each submission.
root=${{AUTOGRADER_ROOT:-/autograder}}
cd "$root/source" && exec .venv/bin/autograder gradescope {assignment} --run "$root"
"""
_GRADER_FAILED = N_(
    "Our grader failed on: {names}. That is not your fault and costs you nothing: "
    "your instructor sees it and will grade it."
)
_UNJUDGED = N_(
    "This could not be graded. A person looks at it: the score here is not final. Instructors: turn manual "
    "grading on for the assignment, and give the points there."
)


def write_autograder(course: Course, assignment: str, target: Path) -> list[str]:
    """Write the autograder zip of one assignment for Gradescope; return the names of the files in it.

    It contains solutions and hidden tests, so it is for instructors only. Raises CourseError for an
    unknown assignment, or if a course outside the kit's repository needs a wheel that cannot be built.
    """
    refuse_unknown_assignments([assignment], course.assignments)
    files = {}
    install = _FROM_LOCK
    if not is_kits_own(course):
        wheel, files[wheel] = kit_wheel(course)
        install = _FROM_WHEEL.format(wheel=wheel)
    files |= {
        "setup.sh": _SETUP.replace("{install}", install).encode(),
        "run_autograder": _RUN.format(assignment=assignment).encode(),
    }
    paths = [path for name in _SOURCES for path in sorted((course.root / name).rglob("*"))]
    for path in [*paths, *(course.root / name for name in _FILES)]:
        if path.is_file() and "__pycache__" not in path.parts:
            files[path.relative_to(course.root).as_posix()] = path.read_bytes()
    write_zip(target, files)
    return sorted(files)


def run(course: Course, assignment: str, root: Path) -> str:
    """Grade `root`/submission, write `root`/results/results.json, and return a summary.

    Raises CourseError and writes nothing if there is no submission or no working sandbox: Gradescope
    then shows that the autograder failed, and no student gets a score.
    """
    refuse_unknown_assignments([assignment], course.assignments)
    directory = root / "submission"
    if not directory.is_dir():
        raise CourseError(f"{directory}: there is no such directory. Put the submission in")
    try:
        submission = read_submission(directory, assignment, course)
        record = grade(submission, course)
    except SandboxUnavailable as error:
        raise CourseError(f"nothing was graded: {error}") from None
    report = results(course, record, submission)
    write_whole(root / "results" / "results.json", msgspec.json.encode(report))
    failures = "\n".join(outcome.message for outcome in record.grader_errors())
    return counted(report["score"], "point") + (
        f"; our grader failed:\n{failures}" if failures else ""
    )


def results(course: Course, record: GradeRecord, submission: Submission) -> dict[str, Any]:
    """The record of a submission as Gradescope's results, with one Gradescope test for each test.

    A test whose grader failed has no score and does not count as failed. Neither does one of a submission
    that a person has to look at, nor a written question with an answer: Gradescope takes points by hand
    beside those of an autograder. It takes no results without a score of the whole, which is 0 then.
    """
    use_language(course.config.language, course.graders)  # a record from the cache has set none
    written = course.assignments[record.assignment].written
    unjudged = submission.is_unjudged(record.total())
    tests = [
        _test(
            outcome,
            f"{number}.{position}",
            course.config.gradescope_hidden,
            judged=not unjudged,
        )
        for number, name in enumerate(record.questions(), 1)
        for position, outcome in enumerate(record.outcomes_of(name), 1)
    ]
    messages = [*([_(_UNJUDGED)] if unjudged else []), *record.problems]
    if written:
        grader = course.visible_grader(record.assignment)
        rubrics = read_grader(grader, course.relative(grader)).rubrics
        blank = frozenset() if unjudged else submission.blank_answers
        for number, question in enumerate(written, len(record.questions()) + 1):
            make_test = _blank if question.name in blank else _written
            tests.append(make_test(question, rubrics.get(question.name, ()), str(number)))
        by_hand = [question for question in written if question.name not in blank]
        if by_hand and not unjudged:  # else the first message says so of all questions
            messages.append(_graded_by_hand(by_hand))
    if errors := dict.fromkeys(outcome.question for outcome in record.grader_errors()):
        messages.append(_(_GRADER_FAILED).format(names=", ".join(errors)))
    return {
        "score": record.total(),
        "execution_time": record.seconds,
        "output": "\n".join(messages),
        "output_format": "text",
        "tests": tests,
        "extra_data": {"record": record.key, "digest": record.digest, "tier": course.config.tier},
    }


def _graded_by_hand(questions: Sequence[Question]) -> str:
    """What Gradescope's score is without, and where it is given."""
    points = sum(question.points for question in questions)
    text = ngettext(
        "A person grades {names} ({points:g} point): this point is not in this score. Instructors: turn "
        "manual grading on for the assignment, and give it there.",
        "A person grades {names} ({points:g} points): these points are not in this score. Instructors: turn "
        "manual grading on for the assignment, and give them there.",
        points,
    )
    return text.format(names=", ".join(question.name for question in questions), points=points)


def _written(
    question: Question, rubric: Sequence[tuple[float, str]], number: str
) -> dict[str, Any]:
    """A written question: what gives points, and no score."""
    name = ngettext(
        "{question}: graded by a person, {points:g} point",
        "{question}: graded by a person, {points:g} points",
        question.points,
    )
    return {
        "name": name.format(question=question.name, points=question.points),
        "number": number,
        "output": _list(rubric_lines(rubric)),
        "output_format": "html",
        "visibility": "visible",
    }


def _blank(question: Question, rubric: Sequence[tuple[float, str]], number: str) -> dict[str, Any]:
    """A written question left blank, which gets 0 points at once as in nbgrader."""
    lines = [_("Not attempted."), *rubric_lines(rubric)]
    return {
        "name": question.name,
        "number": number,
        "output": _list(lines),
        "output_format": "html",
        "visibility": "visible",
        "score": 0.0,
        "max_score": question.points,
        "status": "failed",
    }


def _list(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{line_html(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>"


def _test(outcome: TestOutcome, number: str, hidden_tests: str, *, judged: bool) -> dict[str, Any]:
    feedback = f"<ul>{outcome_html(outcome)}</ul>{''.join(map(img, outcome.pictures))}"
    if not judged and outcome.status is Status.NOT_ATTEMPTED:  # which nobody knows yet
        feedback = _list([_("This could not be graded."), *outcome.message.splitlines()])
    test: dict[str, Any] = {
        "name": f"{outcome.question}: {outcome.title}",
        "number": number,
        "output": feedback,
        "output_format": "html",
        "visibility": hidden_tests if outcome.hidden else "visible",
    }
    if judged and outcome.status is not Status.GRADER_ERROR:
        test["score"] = outcome.points
        test["max_score"] = 0.0 if outcome.extra else outcome.max_points
        test["status"] = "passed" if outcome.status is Status.PASSED else "failed"
    return test
