"""How far the grading of written answers and tasks is: the numbers of the class page and the report."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.classroom.page.entries import Entries, Entry
from autograder.course.course import Assignment, Course, Question
from autograder.gradebook.scores import QuestionScore

TO_GRADE, GRADED, TO_CONFIRM, BLANK = "to grade", "graded", "to confirm", "not attempted"
STATES = (TO_GRADE, GRADED, TO_CONFIRM, BLANK)


def state_of(score: QuestionScore) -> str:
    """Which of STATES the answer to a written question is in."""
    if score.waiting:
        return TO_GRADE
    if score.by_hand:
        return TO_CONFIRM if score.to_confirm else GRADED
    return BLANK


@dataclass(frozen=True)
class WrittenSummary:
    """The entries of a written question by state, and the mean of the points that were given."""

    question: Question
    states: Mapping[str, Entries]
    mean: float | None


def written_scores(entry: Entry, assignment: Assignment) -> dict[str, QuestionScore]:
    """The scores of an entry's written questions, by name."""
    names = {question.name for question in assignment.written}
    return {score.name: score for score in entry.score.questions if score.name in names}


def summarize_written(
    assignment: Assignment, handed_in: Iterable[Entry]
) -> tuple[WrittenSummary, ...]:
    """The summary of each written question of an assignment."""
    scores = [(entry, written_scores(entry, assignment)) for entry in handed_in]
    summaries = []
    for question in assignment.written:
        own = [
            (entry, by_question[question.name])
            for entry, by_question in scores
            if question.name in by_question
        ]
        states = {
            state: tuple(entry for entry, score in own if state_of(score) == state)
            for state in STATES
        }
        points = [score.score or 0.0 for _entry, score in own if not score.waiting]
        mean = statistics.fmean(points) if points else None
        summaries.append(WrittenSummary(question, states, mean))
    return tuple(summaries)


def still_to_grade(course: Course, classes: Mapping[str, Iterable[Entry]]) -> list[str]:
    """A line for each assignment with written answers that nobody has graded yet."""
    lines = []
    for name, entries in classes.items():
        summaries = summarize_written(course.assignments[name], entries)
        counts = [(summary.question.name, len(summary.states[TO_GRADE])) for summary in summaries]
        if total := sum(count for _question, count in counts):
            each = ", ".join(f"{question} {count}" for question, count in counts if count)
            lines.append(f"{name}: {total} ({each})")
    return lines
