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

from playwright.sync_api import Locator, Page, expect

# All cells are in the page at once, and nothing asks for the network.
_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
PATIENCE = 120_000  # milliseconds; a kernel starts on a busy machine
expect.set_options(timeout=PATIENCE)


@contextmanager
def jupyterlab(directory: Path, home: Path) -> Iterator[str]:
    """The address of a JupyterLab whose files are in `directory`, with an empty `home`."""
    for name, values in _SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTER_PLATFORM_DIRS": "1",
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
    """Somebody at a notebook in JupyterLab."""

    def __init__(self, page: Page, url: str, notebook: str) -> None:
        self._page = page
        page.set_default_timeout(PATIENCE)
        page.goto(f"{url}/lab/tree/{notebook}")
        self.ready()

    def ready(self) -> None:
        """Wait until there is a kernel that has nothing more to do."""
        # In the status bar; a notebook's own indicator is idle before there is any kernel.
        idle = self._page.get_by_text(re.compile(r"\(ipykernel\) \| Idle"))
        expect(idle).to_be_visible()

    def cell(self, text: str) -> Locator:
        """The code cell that has this text in it."""
        editor = self._page.locator(".cm-content", has_text=re.compile(re.escape(text)))
        return self._page.locator(".jp-Notebook .jp-CodeCell", has=editor).first

    def write(self, text: str, source: str) -> None:
        """Write `source` in place of all that stands in the cell with `text`, and run it."""
        self.cell(text).locator(".cm-content").click()
        self._page.keyboard.press("Control+A")
        self._page.keyboard.insert_text(source)
        self._run(self.cell(source.splitlines()[0]))

    def run(self, text: str) -> Locator:
        """Run the cell with `text`, which may be a locked one; what it puts out."""
        cell = self.cell(text)
        cell.locator(".jp-InputPrompt").first.click()
        self._run(cell)
        return cell.locator(".jp-OutputArea")

    def _run(self, cell: Locator) -> None:
        prompt, selected = cell.locator(".jp-InputPrompt").first, re.compile("jp-mod-selected")
        expect(cell).to_have_class(selected)
        before = prompt.inner_text()
        self._page.keyboard.press("Shift+Enter")
        expect(prompt).not_to_have_text(before)
        expect(prompt).to_have_text(re.compile(r"\[\d+\]"))
        self.ready()

    def save(self, path: Path, text: str) -> None:
        """Save with the keyboard, and wait until the file has `text` in it."""
        self._page.keyboard.press("Control+S")
        for _ in range(PATIENCE // 200):
            if text in path.read_text(encoding="utf-8"):
                return
            time.sleep(0.2)
        raise AssertionError(f"{path} was not saved")
