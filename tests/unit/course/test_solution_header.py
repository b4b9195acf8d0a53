"""A header that Jupytext or nbformat refuses is one line: which file, which line, what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course.solution_file import AuthoringError, read_cells

BODY = '\n# %% [markdown]\n# # A title\n\n# %%\nprint("hello")\n'
LABEL = "solutions/x.py"


def header(yaml: str) -> str:
    return "# ---\n" + "".join(f"# {line}\n" for line in yaml.splitlines()) + "# ---\n" + BODY


def refused(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AuthoringError) as error:
        read_cells(path, LABEL)
    return str(error.value)


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        ("jupyter:\n  kernelspec:\n    display_name: P", 3, "'name' is a required property"),
        ("jupyter:\n\tkernelspec: 3", 3, "a tab. Indent with spaces"),
        ("jupyter:\n  kernelspec:\n    \tname: x", 4, "a tab. Indent with spaces"),
        ("jupyter:\n  authors: me", 3, "authors: 'me' is not of type 'array'"),
        ("jupyter:\n  title: 3", 3, "title: 3 is not of type 'string'"),
        ("jupyter:\n  kernelspec: 3", 3, "kernelspec holds no keys of its own"),
        ("jupyter:\n  language_info: 5", 3, "language_info: 5 is not of type 'object'"),
        ("jupyter:\n  jupytext: 3", 3, "jupytext holds no keys of its own"),
        ("jupyter:\n  jupytext:\n    formats: 7", 1, "Jupytext fails on it"),
        ("jupyter:\n  a: [", 3, "the header is no YAML"),
        ("jupyter:", 2, "jupyter holds nothing"),
        ("jupyter: &a\n  b: *c", 1, "something beside a plain 'jupyter:'"),
        ("title: 3", 1, "something beside a plain 'jupyter:'"),
    ],
)
def test_what_is_refused_is_named(tmp_path: Path, yaml: str, line: int, message: str) -> None:
    refusal = refused(tmp_path / "x.py", header(yaml))
    assert refusal.startswith(f"{LABEL}:{line}: ")
    assert message in refusal
    assert refusal.endswith("or copy the header of another solution file")
    assert "\n" not in refusal


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('# %% tags="x"', "tags must be a list of strings"),
        (
            '# %% tags=["wide", "exploraton"]',
            'there is no tag "exploraton". Write tags=["exploration"]',
        ),
        ('# %% tags=["a"], x=1', "', x=1' is not understood"),
        ('# %% slideshow={"slide_type": "x"}', "Write nbgrader=JSON or tags=JSON"),
        ("  # %% [markdown]", "Take the spaces before it away"),
        ("# %%{init: {}}%%", "between triple quotes"),
    ],
)
def test_a_marker_that_is_refused_is_named(tmp_path: Path, line: str, message: str) -> None:
    refusal = refused(tmp_path / "x.py", f"{BODY.lstrip()}\n{line}\nx = 1\n")
    assert refusal.startswith(f"{LABEL}:7: ")
    assert message in refusal
    assert "\n" not in refusal


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(header("jupyter:\n  a: 1"), encoding="utf-8-sig")
    assert [cell.kind for cell in read_cells(path, LABEL)] == ["markdown", "code"]


def test_another_encoding_is_named(tmp_path: Path) -> None:
    refusal = refused(tmp_path / "x.py", "# -*- coding: latin-1 -*-\n" + BODY)
    assert refusal.startswith(
        f"{LABEL}:1: Jupytext cannot read this file (Encodings other than utf-8"
    )


_KEYS = st.sampled_from(
    [
        *("jupyter", "kernelspec", "name", "display_name", "language", "authors", "title"),
        *("language_info", "jupytext", "text_representation", "formats", "orig_nbformat"),
        *("cell_metadata_filter", "notebook_metadata_filter", "split_at_heading", "main_language"),
    ]
)
_SCALARS = st.sampled_from(
    ["3", "me", "[", "]", "{", "{}", "[a]", "null", "'", '"', "&a", "*a", "!!x", "|", "", "\t", "é"]
)
_LINES = st.lists(
    st.tuples(st.sampled_from(["", "  ", "    ", "\t", "- "]), _KEYS, _SCALARS), max_size=8
)


@given(_LINES)
@settings(max_examples=300, deadline=None)
def test_every_header_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "generated.py"
    yaml = "\n".join(f"{indent}{key}: {value}" for indent, key, value in lines)
    text = header("jupyter:\n" + yaml)
    path.write_text(text, encoding="utf-8")
    refusal = None
    try:
        cells = read_cells(path, LABEL)
    except AuthoringError as error:
        refusal = str(error)
    if refusal is None:
        assert [cell.kind for cell in cells] == ["markdown", "code"]
        return
    place = re.match(rf"{re.escape(LABEL)}:(\d+): .+\. [A-Z]", refusal)
    assert place, refusal
    assert 1 <= int(place[1]) <= len(text.splitlines())
    assert "\n" not in refusal
