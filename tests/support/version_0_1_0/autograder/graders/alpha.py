"""Visible grader of alpha."""
import pytest
from autograder.expect import expect

HINTS = {
    "add": ("Think of +.", "Return the sum."),
    "double": ("Think of add.",),
}


@pytest.mark.question("add", points=1)
def test_add_small(student):
    """Two small numbers."""
    expect(student, "add", 1, 2).returns(3)


@pytest.mark.question("double", points=1)
def test_double(student):
    """Twice three."""
    expect(student, "double", 3).returns(6)
