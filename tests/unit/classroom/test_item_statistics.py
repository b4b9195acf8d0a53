"""Mean and spread, discrimination and reliability, and what a class is too small or too equal for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import pearsonr

from autograder.classroom.page.entries import Entry
from autograder.classroom.page.item_statistics import (
    ItemStatistics,
    cronbach_alpha,
    distribution,
    item_statistics,
)
from autograder.classroom.page.summary import _question_summary
from autograder.course.course import Question
from autograder.gradebook.scores import QuestionScore, Score, Student

QUESTIONS = [Question(name, 3.0, 1, f"The {name} one") for name in ("first", "second", "third")]


def entry(number: int, points: tuple[float | None, ...]) -> Entry:
    questions = tuple(
        QuestionScore(question.name, score, 3.0, waiting=False)
        for question, score in zip(QUESTIONS, points, strict=False)
    )
    student = Student(f"s{number}", "", "", "", "")
    return Entry(Score(student, "alpha", 9.0, submitted=True, questions=questions))


def statistics_of(rows: Any, questions: list[Question] = QUESTIONS) -> ItemStatistics:
    return item_statistics(
        questions, tuple(entry(number, tuple(row)) for number, row in enumerate(rows))
    )


def random_rows(count: int) -> np.ndarray:
    skill = np.random.default_rng(3).normal(size=(count, 1))
    noise = np.random.default_rng(4).normal(size=(count, 3))
    return np.clip(np.round(1.5 + skill + noise), 0, 3)


def test_the_numbers_are_scipys_and_numpys() -> None:
    rows = random_rows(25)
    actual = statistics_of(rows.tolist())
    for at, question in enumerate(QUESTIONS):
        others = np.delete(rows, at, axis=1).sum(axis=1)
        expected = pearsonr(rows[:, at], others).statistic
        assert actual.discrimination[question.name] == pytest.approx(expected)
    # The other form of alpha: by the mean covariance and the mean variance.
    matrix = np.cov(rows.T)
    between = matrix[~np.eye(3, dtype=bool)].mean()
    expected = 3 * between / (np.diag(matrix).mean() + 2 * between)
    assert actual.reliability == pytest.approx(expected)
    assert (actual.students, actual.missing) == (25, "")


def test_equal_questions_are_wholly_reliable() -> None:
    assert cronbach_alpha([[1, 2, 3, 3], [1, 2, 3, 3]]) == pytest.approx(1)


def test_a_class_of_three_gets_a_sentence_and_no_number() -> None:
    actual = statistics_of([(1, 2, 3), (3, 2, 1), (0, 0, 0)])
    assert (actual.discrimination, actual.reliability) == ({}, None)
    assert actual.missing == (
        "Discrimination and reliability need 10 students with points in every question; here are 3."
    )


def test_who_waits_for_points_does_not_count() -> None:
    rows = [*random_rows(10).tolist(), (3, None, 3)]
    assert statistics_of(rows).students == 10
    assert "here are 9" in statistics_of(rows[1:]).missing


def test_a_question_that_all_got_right_discriminates_nothing() -> None:
    rows = random_rows(12)
    rows[:, 1] = 3
    actual = statistics_of(rows.tolist())
    assert set(actual.discrimination) == {"first", "third"}
    assert actual.missing == "No discrimination, since all got the same points: The second one."
    assert actual.reliability is not None


def test_a_class_of_equals_has_neither() -> None:
    actual = statistics_of([(3, 3, 3)] * 12)
    assert (actual.discrimination, actual.reliability) == ({}, None)
    assert "No reliability" in actual.missing


def test_extra_credit_is_no_part_of_the_reliability() -> None:
    rows = random_rows(12).tolist()
    extra = [*QUESTIONS[:2], Question("third", 0.0, 1, "Extra")]
    assert statistics_of(rows, extra).reliability == pytest.approx(
        cronbach_alpha([[row[0] for row in rows], [row[1] for row in rows]])
    )


def test_one_question_cannot_be_compared() -> None:
    assert "only one" in statistics_of([(1,)] * 12, QUESTIONS[:1]).missing


def test_a_distribution_of_few() -> None:
    assert distribution([]) is None
    alone = distribution([0.5])
    assert alone is not None
    assert (alone.mean, alone.deviation, alone.quartiles) == (0.5, None, (0.5, 0.5, 0.5))
    several = distribution([0, 0.5, 1])
    assert several is not None
    assert (several.mean, several.deviation, several.low, several.high) == (0.5, 0.5, 0, 1)


def test_a_question_that_waits_for_a_person_has_no_points_yet() -> None:
    """Not even the automatic 0 of a notebook that cannot be read."""
    waiting = QuestionScore("first", 0.0, 3.0, waiting=True)
    student = Student("s", "", "", "", "")
    unread = Entry(Score(student, "alpha", 9.0, submitted=True, waiting=True, questions=(waiting,)))
    assert unread.points == {"first": None}
    summary = _question_summary(QUESTIONS[0], (unread, entry(1, (3.0,))))
    assert summary.mean == 3.0
