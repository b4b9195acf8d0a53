"""What tests share: how many run at once, settings, English, a browser, cgroups, Ctrl-C, CI's end."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder._util.i18n import ENGLISH, use_language
from autograder._util.machine import worker_count
from autograder.sandbox.host import cgroup, memory
from tests.support.settings import jupyter_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_xdist_auto_num_workers() -> int | None:
    """Run two tests a core with `-n auto`, if memory allows, unless pytest-xdist's variable names a number.

    Tests wait for time limits, sandboxes and browsers: one a core leaves half of the processor idle.
    """
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else 2 * worker_count()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is left at the time `TESTS_END` (seconds since 1970), which `.ci/run` sets.

    CI ends a run after 90 minutes without saying what failed until then.
    """
    end = os.environ.get("TESTS_END")
    if end and time.time() > float(end):
        pytest.skip("no time left: TESTS_END is over")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A stray nbgrader_config.py below /etc or in the home changes no nbgrader that a test starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in jupyter_settings(tmp_path_factory.mktemp("settings")).items():
            patch.setenv(name, value)
        yield


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A course in another language sets the language of the process; the next test is in English."""
    yield
    use_language(ENGLISH)


# Not for the whole run: while Playwright is open, nothing else in the process may use asyncio.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium for the tests of a file; they skip themselves where there is none."""
    from tests.support import (
        browser,  # Playwright takes half a second to import, which most tests need not
    )

    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def only_the_kernel_watches(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sandboxes in cgroups, the directory of which this is, and no other bound on their memory."""
    parent = cgroup.parent()
    if parent is None:
        pytest.skip("no cgroup can be made here: SECURITY.md says where one can")
    monkeypatch.setattr(memory, "check", lambda *_: None)
    return parent[0]


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C means what it does in a terminal, also to processes that are started meanwhile.

    A shell that starts the tests in the background has it ignored.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
