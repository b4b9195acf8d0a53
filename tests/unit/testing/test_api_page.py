"""docs/api.md says what the docstrings of autograder.testing say."""

import inspect

import pytest

import autograder.testing as interface
from tests.support.api_page import CONSTANTS, PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "run python -m tests.support.api_page"


@pytest.mark.parametrize("name", sorted(set(interface.__all__) - set(CONSTANTS)))
def test_every_public_name_has_a_docstring_of_its_own(name: str) -> None:
    value = getattr(interface, name)
    text = inspect.getdoc(value) or ""
    assert text.partition("\n")[0].endswith((".", ":")), name
    if inspect.isfunction(value) and inspect.signature(value).parameters:
        assert "Args:" in text, name
        assert "Example:" in text, name
