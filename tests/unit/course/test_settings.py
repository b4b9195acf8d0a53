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
        ("limits = { cell_seconds = true }", "Correct this setting"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_remedy(tmp_path: Path, line: str, remedy: str) -> None:
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(f"[tool.autograder]\n{line}\n")
    with pytest.raises(CourseError) as error:
        read_config(pyproject)
    (message,) = str(error.value).splitlines()
    assert message.startswith(f"{pyproject}: [tool.autograder]: ")
    assert f". {remedy}" in message
