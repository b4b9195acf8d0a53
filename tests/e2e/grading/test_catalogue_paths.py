"""All answers of the catalogues, put into notebooks: each path gives them the same, right grade."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import zip_longest
from pathlib import Path

import pytest

from autograder.authoring.release import build
from autograder.course.course import Course
from autograder.results.outcome import Status
from autograder.results.record import GradeRecord
from autograder.submissions.class_directory import Job
from autograder.testing.answers import Answer
from tests.support.answered_notebooks import answered
from tests.support.answers import COURSE, catalogue
from tests.support.kept_trainings import RUNGS, keep_trainings
from tests.support.paths import PATHS, Records, comparable, course_copy, fresh

pytestmark = pytest.mark.catalogue


def notebooks(answers: list[Answer]) -> list[dict[str, Answer]]:
    """The answers by question, the n-th one of each question in the n-th notebook.

    An answer that calls an earlier one must be able to do with the one of its own notebook.
    """
    columns = [
        [answer for answer in answers if answer.question == question]
        for question in dict.fromkeys(answer.question for answer in answers)
    ]
    return [
        {answer.question: answer for answer in row if answer is not None}
        for row in zip_longest(*columns)
    ]


@pytest.mark.parametrize("kind", ["right", "wrong"])
@pytest.mark.parametrize("assignment", sorted(COURSE.assignments))
def test_every_answer_gets_the_same_right_grade_on_every_path(
    assignment: str, kind: str, tmp_path: Path
) -> None:
    course = course_copy(tmp_path / "course")
    built = build(course)[assignment]
    answers = catalogue(kind, assignment)
    handed_in = {f"student-{number}": row for number, row in enumerate(notebooks(answers), start=1)}
    notebook = partial(answered, built, course.assignments[assignment])
    jobs = []
    for student, row in handed_in.items():
        path = tmp_path / "submitted" / student / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(notebook({name: answer.source for name, answer in row.items()}))
        jobs.append(Job(student, assignment, path.parent))
        if assignment == "fashion_ladder":
            keep_trainings(course, path.read_bytes(), RUNGS)
    for answer in answers:
        if (rung := answer.question.replace("-", "_")) in RUNGS:  # as it is tried with substitutes
            keep_trainings(course, notebook({answer.question: answer.source}), [rung])

    expected = graded(fresh, jobs, course, tmp_path)
    assert len(expected) == len(jobs)
    problems = [
        f"{answer}: {unexpected}"
        for row, record in zip(handed_in.values(), expected.values(), strict=True)
        for answer in row.values()
        if (unexpected := unexpected_grade(record, answer, kind))
    ]
    for path in PATHS:
        records = graded(PATHS[path], jobs, course, tmp_path)
        assert records.keys() == expected.keys()
        problems += [
            f"{path}: {student}: {line}"
            for student, digest in zip(handed_in, expected, strict=True)
            for line in differences(records[digest], expected[digest])
        ]
    print(
        f"{assignment}, {kind}: {len(answers)} answers in {len(jobs)} notebooks on "
        f"{1 + len(PATHS)} paths, {len(jobs) * len(PATHS)} records compared"
    )
    assert not problems, "\n".join(problems)


def graded(
    path: Callable[[list[Job], Course, Path], Records],
    jobs: list[Job],
    course: Course,
    tmp_path: Path,
) -> Records:
    directory = tmp_path / path.__name__
    directory.mkdir()
    started = time.monotonic()
    records = path(jobs, course, directory)
    print(f"{path.__name__}: {len(records)} notebooks in {time.monotonic() - started:.0f} s")
    return records


def unexpected_grade(record: GradeRecord, answer: Answer, kind: str) -> str:
    """What is wrong with the grade of an answer, in one line; nothing where it is right."""
    question = answer.question
    status = record.status(question)
    score, full = record.score(question), record.max_score(question)
    if kind == "right":
        expected = status is Status.PASSED and score == full
    else:
        expected = status in (Status.FAILED, Status.CRASHED) and score is not None and score < full
    if expected:
        return ""
    output = [outcome.message for outcome in record.outcomes_of(question) if outcome.message]
    return f"{status}, {score} of {full}: {' | '.join(output)}"


def differences(record: GradeRecord, expected: GradeRecord) -> list[str]:
    """The fields in which two records of one notebook differ, each as a line."""
    fields, expected_fields = comparable(record), comparable(expected)
    return [
        f"{field}: {fields.get(field)!r}, in a fresh sandbox {expected_fields.get(field)!r}"
        for field in sorted(fields.keys() | expected_fields.keys())
        if fields.get(field) != expected_fields.get(field)
    ]
