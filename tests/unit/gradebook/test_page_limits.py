"""Pages take time that grows with their length alone, whatever a student wrote."""

import time
from collections.abc import Callable

import pytest

from autograder._util.control_codes import without_control_codes
from autograder.gradebook.safe_markdown import LONGEST_CELL, LONGEST_PAGE, markdown2html


def rendered(source: str, resources: dict[str, object] | None = None) -> str:
    return markdown2html({"cell": {}, "resources": resources}, source)


def test_a_long_cell_is_shown_as_it_was_typed() -> None:
    assert "<strong>" in rendered("**bold**".ljust(LONGEST_CELL))
    assert rendered("**<b>**".ljust(LONGEST_CELL + 1)).startswith("<pre>**&lt;b&gt;**")


def test_so_is_what_comes_behind_much_else() -> None:
    resources: dict[str, object] = {}
    cell = "**bold**".ljust(LONGEST_CELL)
    pages = [rendered(cell, resources) for _ in range(LONGEST_PAGE // LONGEST_CELL + 2)]
    assert ["<strong>" in page for page in pages] == [True] * 6 + [False] * 2
    assert "<strong>" in rendered(cell, {})  # the next page begins anew


def seconds(action: Callable[[str], object], text: str) -> float:
    """Processor time of one call, the shortest of three, since a busy machine only adds to it."""

    def duration() -> float:
        began = time.process_time()
        action(text)
        return time.process_time() - began

    return min(duration() for _ in range(3))


@pytest.mark.parametrize("code", ["\x9d", "\x1b]", "\x1b[", "\x9b1;", "\x1b]0;title"])
def test_terminal_codes_without_an_end_take_linear_time(code: str) -> None:
    """Eight times the text would take 64 times as long by a pattern that begins again and again."""
    short, long = code * 5_000, code * 40_000
    assert seconds(without_control_codes, long) < 30 * max(
        seconds(without_control_codes, short), 1e-3
    )
