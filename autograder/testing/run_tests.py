"""Runs grader modules with pytest in this process, whatever pytest's settings around it are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.course.grader_import import graders_package
from autograder.results.outcome import Status, TestOutcome
from autograder.testing.hypothesis_cases import SEED, seeded_cases
from autograder.testing.pytest_plugin import GraderPlugin


def run_tests(files: Sequence[Path], plugin: GraderPlugin, seed: int = SEED) -> list[TestOutcome]:
    """Run grader files in this process; the same seed gives the same Hypothesis cases.

    If pytest itself fails (a grader does not import, a marker is invalid), the outcome is one
    grader error for the whole run, never a student's failure.
    """
    arguments = [
        *map(str, files),
        f"--hypothesis-seed={seed}",
        *("-c", "/dev/null", "--noconftest", "--assert=plain"),
        # Without --confcutdir, pytest lists every directory above the grader, and their siblings.
        *("--rootdir", str(files[0].parent), "--confcutdir", str(files[0].parent)),
        *("-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:xdist", "-p", "no:faulthandler"),
        # unraisableexception collects garbage after the run, which is slow if TensorFlow is loaded.
        *("-p", "no:unraisableexception"),
        *("--import-mode=importlib", "--capture=no", "--strict-markers", "-W", "ignore"),
        *("--disable-plugin-autoload", "-p", "_hypothesis_pytestplugin"),
    ]
    collection_errors = _CollectionErrors()
    with (
        seeded_cases(),
        _without_pytest_settings(),
        graders_package(files[0]),
        _imported_anew(files),
    ):
        code = pytest.main(arguments, plugins=[plugin, collection_errors])
    if code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return plugin.outcomes
    if code is pytest.ExitCode.INTERRUPTED and not collection_errors.lines:
        raise KeyboardInterrupt  # pytest caught Ctrl-C, which must end the whole command
    text = "\n".join(collection_errors.lines) or f"pytest ended with {code!r}"
    return [
        TestOutcome(
            question="",
            title="the grader itself",
            status=Status.GRADER_ERROR,
            points=0.0,
            max_points=0.0,
            message=text,
        )
    ]


@contextmanager
def _without_pytest_settings() -> Iterator[None]:
    """Hide environment variables with pytest options that an instructor or a student set."""
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG")
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(before)


@contextmanager
def _imported_anew(files: Sequence[Path]) -> Iterator[None]:
    """Remove grader modules from sys.modules, where pytest finds them, before and after.

    Otherwise a run could get a grader of another course with the same file name, one that was
    edited since, one that failed halfway through its import, or one that was imported outside
    `seeded_cases`: Hypothesis's settings are those of the moment when a test is defined.
    """
    _unload(files)
    try:
        yield
    finally:
        _unload(files)


def _unload(files: Sequence[Path]) -> None:
    paths = {str(file) for file in files}
    for name, module in list(sys.modules.items()):
        # Not getattr(module, "__file__"), which takes long on TensorFlow's lazy modules.
        if getattr(module, "__dict__", {}).get("__file__") in paths:
            del sys.modules[name]


class _CollectionErrors:
    """A pytest plugin that keeps the messages about graders that pytest could not collect."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.lines.append(f"{report.nodeid}: {report.longrepr}")

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self.lines.append(str(excinfo.value))
