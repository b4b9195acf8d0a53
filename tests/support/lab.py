"""A real JupyterLab for tests: its server, and a student who works in its page."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import matplotlib
import matplotlib.font_manager  # writes its list of fonts where it is missing; a kernel says that it does
import nbformat
from playwright.sync_api import Locator, Page, expect

from tests.support.settings import jupyter_settings

# All cells are in the page at once, and nothing asks for the network.
_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
PATIENCE = 300_000  # milliseconds; a kernel starts on a busy machine, and runs a whole notebook
expect.set_options(timeout=PATIENCE)


@contextmanager
def jupyterlab(directory: Path, home: Path, theme: str = "JupyterLab Light") -> Iterator[str]:
    """The address of a JupyterLab whose files are in `directory`, with an empty `home`."""
    settings = _SETTINGS | {"apputils-extension/themes": {"theme": theme}}
    for name, values in settings.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        **jupyter_settings(home / "settings"),
        "MPLCONFIGDIR": matplotlib.get_cachedir(),
    }
    options = ("--no-browser", "--allow-root", "--ServerApp.token=", f"--ServerApp.port={port}")
    command = [sys.executable, "-m", "jupyter", "lab", *options, "--ServerApp.port_retries=0"]
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=directory, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_for(f"{url}/api", server, home / "server.log")
            yield url
        finally:
            server.terminate()
            server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE // 500):
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(log.read_text())


class Student:
    """Somebody in JupyterLab who works in one notebook after another.

    Cells are named by their ids, which are the names of questions for those that check them.
    """

    def __init__(self, page: Page, url: str, directory: Path, notebook: str) -> None:
        """Open a notebook, a path in the server's `directory`."""
        self.page = page
        self.errors: list[str] = []  # what the browser's console reports
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )
        page.goto(f"{url}/lab/tree/{notebook}")
        self._directory = directory
        self._opened(notebook)

    def _opened(self, notebook: str) -> None:
        """Wait for the notebook, and read which cells it has."""
        self.notebook = self._directory / notebook
        cells = nbformat.read(self.notebook, as_version=4).cells
        self._places = {cell.id: place for place, cell in enumerate(cells)}
        title = self.page.locator(
            ".lm-DockPanel-tabBar .lm-mod-current", has_text=self.notebook.name
        )
        expect(title).to_be_visible()
        self.panel = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        expect(self.panel.locator(".jp-Notebook .jp-Cell")).to_have_count(len(cells))
        expect(self.panel.locator(".jp-KernelName")).to_have_text(re.compile("ipykernel"))
        self._ready()

    def _ready(self) -> None:
        """Wait until there is a kernel that has nothing more to do."""
        # In the status bar; a notebook's own indicator is idle before there is any kernel.
        idle = self.page.get_by_text(re.compile(r"\(ipykernel\) \| Idle"))
        expect(idle).to_be_visible()

    def cell(self, name: str) -> Locator:
        """The cell with this id."""
        return self.panel.locator(".jp-Notebook .jp-Cell").nth(self._places[name])

    def write(self, name: str, source: str) -> None:
        """Write `source` in place of all that stands in a cell."""
        self.cell(name).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def run(self, name: str) -> Locator:
        """Run a cell, which may be a locked one; what it puts out."""
        cell = self.cell(name)
        cell.locator(".jp-InputPrompt").first.click()
        expect(cell).to_have_class(re.compile("jp-mod-selected"))
        before = self._prompt(cell).inner_text()
        self.page.keyboard.press("Control+Enter")
        self._has_run(cell, before)
        return cell.locator(".jp-OutputArea")

    def try_out(self, source: str) -> Locator:
        """Run `source` in a cell of the student's own, at the end; what it puts out."""
        self.panel.locator(".jp-Notebook .jp-Cell").last.locator(".jp-InputPrompt").first.click()
        self.page.keyboard.press("b")
        own = f"own-{len(self._places)}"
        self._places[own] = len(self._places)
        self.write(own, source)
        return self.run(own)

    def run_all(self) -> None:
        """Run all cells from the top, by JupyterLab's menu."""
        last = self.panel.locator(".jp-Notebook .jp-CodeCell").last
        before = self._prompt(last).inner_text()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self._has_run(last, before)

    def _has_run(self, cell: Locator, prompt_before: str) -> None:
        expect(self._prompt(cell)).not_to_have_text(prompt_before)
        expect(self._prompt(cell)).to_have_text(re.compile(r"\[\d+\]"))
        self._ready()

    @staticmethod
    def _prompt(cell: Locator) -> Locator:
        return cell.locator(".jp-InputPrompt").first

    def follow(self, words: str, notebook: str) -> None:
        """Click a link in the notebook, and wait until it has opened `notebook`."""
        self.panel.get_by_role("link", name=words).click()
        self._opened(notebook)

    def save(self, text: str) -> None:
        """Save with the keyboard, and wait until the file has `text` in it."""
        self.page.keyboard.press("Control+S")
        for _ in range(PATIENCE // 200):
            if text in self.notebook.read_text(encoding="utf-8"):
                return
            time.sleep(0.2)
        raise AssertionError(f"{self.notebook} was not saved")
