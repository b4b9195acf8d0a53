"""Texts with a number say "1 point" and "2 points", to students and instructors alike."""

from __future__ import annotations

import numpy as np
import pytest

from autograder._util.i18n import ngettext
from autograder._util.terminal import counted
from autograder.feedback.progress import progress_line
from autograder.graders.ladder_steps import lacking_in_run
from autograder.results.outcome import Status
from autograder.testing.compare import difference


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 points"),
        (1, "1 point"),
        (1.0, "1 point"),
        (0.5, "0.5 points"),
        (2_000, "2,000 points"),
    ],
)
def test_a_number_with_its_noun(number: float, text: str) -> None:
    """Points may be half ones, and come as floats."""
    assert counted(number, "point") == text
    assert ngettext("{n:,g} point", "{n:,g} points", number).format(n=number) == text


def test_a_notebook_of_one_question() -> None:
    """An author's notebook may have one."""
    assert progress_line(["sum"], {}) == (
        "0 of 1 question passes the tests here so far. Still open: sum."
    )
    assert progress_line(["sum"], {"sum": Status.PASSED}) == (
        "The one question with tests in this notebook passes them here."
    )
    assert progress_line(["sum", "max"], {"sum": Status.PASSED}) == (
        "1 of 2 questions pass the tests here so far. Still open: max."
    )


def test_a_training_of_one_epoch() -> None:
    """The most frequent shortened training."""
    lack = lacking_in_run("rung-e", [0.001])
    assert lack is not None
    assert lack.actual == "a training that ended after 1 epoch"


def test_one_wrong_number() -> None:
    """The message of an array in which one number is wrong."""
    text = difference(np.array([1, 2]), np.array([1, 3]))
    assert text == "1 of 2 values differs, at index (1,): 2 instead of 3"
