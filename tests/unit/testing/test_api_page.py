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
    methods = inspect.getmembers(value, inspect.isfunction) if inspect.isclass(value) else ()
    for part in (value, *(method for called, method in methods if not called.startswith("_"))):
        text = inspect.getdoc(part) or ""
        assert text.partition("\n")[0].endswith((".", ":")), part
        if part is value and not (inspect.isclass(part) and methods):
            assert "Example:\n" in text, part
        if inspect.isfunction(part) and {*inspect.signature(part).parameters} - {"self"}:
            assert "Args:\n" in text, part
            assert "Example:\n" in text, part
            assert "Returns: " not in text, part  # the page has what follows on lines of its own
