"""A setting that is none is refused with what there is instead."""

from pathlib import Path

import pytest

from autograder.course.settings import CourseError, read_config


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('tiers = "full"', "Did you mean tier?"),
        ("limits = { cel_seconds = 3 }", "Did you mean cell_seconds?"),
        ("assignment_limits = { pooling = { calls_seconds = 3 } }", "Did you mean call_seconds?"),
        ("late = { percent_per_day = 5, grace = 3 }", "Take it out"),
        ("xyz = 1", "Take it out"),
        ('tier = "ful"', "Write one of 'sample', 'full'"),
        ('gradescope_hidden = "no"', "Write one of 'visible', 'after_due_date', "),
        ("tier = 3", "Correct this setting"),
        ("due = { alpha = 2026-11-01T23:59:00 }", "Write it in quotation marks, as "),
        ("limits = { cell_seconds = true }", "Correct this setting"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_remedy(tmp_path: Path, line: str, remedy: str) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(f"[tool.autograder]\n{line}\n")
    with pytest.raises(CourseError) as error:
        read_config(pyproject)
    (message,) = str(error.value).splitlines()
    assert message.startswith(f"{pyproject}:2: [tool.autograder")
    assert f". {remedy}" in message


@pytest.mark.parametrize(
    ("line", "tables", "text"),
    [
        (4, "tool.autograder", 'course_id = "a"\n# tier = 1\ntier = "ful"'),
        (3, "tool.autograder.limits", "[tool.autograder.limits]\ncell_seconds = true"),
        (3, "tool.autograder.limits", "limits.cell_seconds = 1\nlimits.processes = 0"),
        (3, "tool.autograder.due", '[tool."autograder".due]\nalpha = 3'),
        (4, "tool.autograder.due", '[tool.autograder.due]\nalpha = "2026-01-31 12:00"\nbeta = 3'),
        (2, "tool.autograder.late", "late = { grace_minutes = 3 }"),
        (2, "tool.autograder.late", "late = { percent_per_day = 5, last_day = -1 }"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    tmp_path: Path, line: int, tables: str, text: str
) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(f"[tool.autograder]\n{text}\n")
    with pytest.raises(CourseError) as error:
        read_config(pyproject)
    assert str(error.value).startswith(f"{pyproject}:{line}: [{tables}]: ")


@pytest.mark.parametrize("text", ["[tool]\nautograder = 3\n", "\ntool = 3\n", "\n[[tool]]\n"])
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(text)
    with pytest.raises(CourseError, match=r"pyproject.toml:\d: \[tool.autograder\]: Expected"):
        read_config(pyproject)
