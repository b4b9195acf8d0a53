"""Names of version 0.1.0, which courses and notebooks hold, go on working and say what to write."""

import importlib
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from autograder import nbgrader_plugins
from autograder._util.old_names import support_old_names
from autograder.course.settings import read_config

KIT = Path(__file__).resolve().parents[3]
# What nbgrader_config.py, the notebooks and the guide for graders of version 0.1.0 name.
OLD = [
    ("autograder.expect", "expect", "from autograder.testing import ..."),
    ("autograder.outcome", "Mismatch", "from autograder.results import ..."),
    ("autograder.quiet", "quietly", "from autograder import silence_stderr"),
    ("autograder.safe_markdown", "markdown2html", "autograder.nbgrader_plugins.markdown2html"),
    (
        "autograder.feedback.exporter",
        "FeedbackExporter",
        "autograder.nbgrader_plugins.FeedbackExporter",
    ),
    (
        "autograder.feedback.release",
        "ReleaseFeedback",
        "autograder.nbgrader_plugins.ReleaseFeedback",
    ),
]
SAME = [
    ("autograder.datasets", "load_mnist"),
    ("autograder.export", "CsvExporter"),
    ("autograder.nbgrader_plugins", "ArchiveCollector"),
    ("autograder.nbgrader_plugins", "GradeInSandbox"),
    ("autograder.nbgrader_plugins", "SaveOutcomes"),
    ("autograder.nbgrader_plugins", "SubmissionExporter"),
]


@pytest.mark.parametrize(("module", "name", "advice"), OLD)
def test_an_old_name_works_and_says_once_what_to_write(
    module: str, name: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, module, raising=False)
    with pytest.warns(FutureWarning, match=re.escape(advice)):
        value = getattr(importlib.import_module(module), name)
    assert callable(value)
    with warnings.catch_warnings(action="error"):
        importlib.import_module(module)
    if advice.startswith("autograder."):
        assert value is getattr(nbgrader_plugins, advice.rpartition(".")[2])


@pytest.mark.parametrize(("module", "name"), SAME)
def test_a_name_that_stays_says_nothing(module: str, name: str) -> None:
    with warnings.catch_warnings(action="error"):
        assert callable(getattr(importlib.import_module(module), name))


def test_the_plug_in_of_an_older_course_works_and_says_what_to_write() -> None:
    with pytest.warns(
        FutureWarning, match=re.escape("Write autograder.nbgrader_plugins.GradeInSandbox")
    ):
        plugin = nbgrader_plugins.GradeInJail
    assert plugin is nbgrader_plugins.GradeInSandbox


def test_limits_of_an_older_course_hold_and_say_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.autograder.limits]\nmemory_gib = 3\ntogether_gib = 5\n"
    )
    with pytest.warns(FutureWarning) as caught:
        limits = read_config(tmp_path / "pyproject.toml").limits
    assert (limits.address_space_gib, limits.sandbox_memory_gib) == (3, 5)
    advice = sorted(str(warning.message).rpartition("Write ")[2] for warning in caught)
    assert advice == ["address_space_gib", "sandbox_memory_gib"]


def test_other_names_are_still_unknown() -> None:
    support_old_names()
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("autograder.quietly")
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = nbgrader_plugins.Nothing


def test_the_settings_name_only_what_stays() -> None:
    names = re.findall(r'"(autograder\.[\w.]+)"', (KIT / "nbgrader_config.py").read_text())
    assert len(names) == 9
    assert {name.rpartition(".")[0] for name in names} == {"autograder.nbgrader_plugins"}
    for name in names:
        assert callable(getattr(nbgrader_plugins, name.rpartition(".")[2]))


def test_the_first_line_of_an_old_notebook_runs() -> None:
    cell = "from autograder.quiet import quietly\nwith quietly():\n    import autograder.datasets"
    completed = subprocess.run(
        [sys.executable, "-c", cell], capture_output=True, text=True, check=True, cwd=KIT
    )
    assert "Write from autograder import silence_stderr" in completed.stderr


def test_packages_alone_stand_at_the_top() -> None:
    flat = {path.name for path in (KIT / "autograder").glob("*.py")}
    assert flat == {"__init__.py", "__main__.py", "nbgrader_plugins.py"}
