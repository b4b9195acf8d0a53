"""Visible grader of beta."""
import pytest
from autograder.expect import expect

HINTS = {"times": ["Think of *."]}


@pytest.mark.question("times", points=1)
def test_times(student):
    """A small product."""
    expect(student, "times", 2, 3).returns(6)
