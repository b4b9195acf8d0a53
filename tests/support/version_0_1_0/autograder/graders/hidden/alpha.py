"""Hidden grader of alpha."""
import pytest
from autograder.expect import expect


@pytest.mark.question("add", points=2)
def test_add_any(student, reference):
    """Larger numbers."""
    expect(student, "add", 20, 30).returns(reference.add(20, 30))
