"""The README's pictures show what the product says today, and are small."""

from pathlib import Path

import pytest

from tests.support.readme_pictures import (
    MAX_BYTES,
    PICTURES,
    checked_notebook,
    checked_text,
    graded_class,
    roster_text,
)

REMAKE = "run python -m tests.support.readme_pictures"


def test_check_says_what_its_picture_shows() -> None:
    assert checked_text(checked_notebook()) == (PICTURES / "check.txt").read_text(), REMAKE


def test_the_class_page_has_the_scores_of_its_picture(tmp_path: Path) -> None:
    page = graded_class(tmp_path / "course")
    assert roster_text(page) == (PICTURES / "class-page.txt").read_text(), REMAKE


@pytest.mark.parametrize("name", ["check.png", "class-page.png"])
def test_a_picture_is_a_small_png(name: str) -> None:
    data = (PICTURES / name).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < MAX_BYTES
