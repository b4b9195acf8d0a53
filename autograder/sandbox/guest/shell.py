"""An IPython shell without a kernel: runs cells and collects their outputs in nbformat's form."""

from __future__ import annotations

import base64
import importlib
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from autograder.sandbox.protocol.printed import Printed

# Text and PNG only: HTML, SVG or JavaScript would run a student's code in the reader's browser.
_MIME_TYPES = ("text/plain", "image/png")
TRUNCATED = "\n[output cut here: over the limit]\n"


class _Outputs:
    """The outputs of one cell, bounded in size."""

    def __init__(self, limit: int) -> None:
        self._remaining = limit
        self.items: list[dict[str, Any]] = []

    def stream(self, name: str, text: str) -> None:
        """Add text to stdout or stderr, merged with a preceding output of the same stream."""
        text = self._cut(text)
        if not text:
            return
        if self.items and self.items[-1].get("name") == name:
            self.items[-1]["text"] += text
        else:
            self.items.append({"output_type": "stream", "name": name, "text": text})

    def display(self, output_type: str, data: dict[str, Any], count: int | None = None) -> None:
        """Add a displayed object or the result of a cell."""
        contents: dict[str, Any] = {}
        for mime in _MIME_TYPES:
            content = data.get(mime)
            if isinstance(content, bytes):
                content = base64.b64encode(content).decode()
            if isinstance(content, str) and self._remaining >= len(content):
                self._remaining -= len(content)
                contents[mime] = content
        if not contents:
            return
        item: dict[str, Any] = {"output_type": output_type, "data": contents, "metadata": {}}
        if output_type == "execute_result":
            item["execution_count"] = count
        self.items.append(item)

    def error(self, name: str, value: str, lines: list[str]) -> None:
        """Add an exception with its traceback."""
        traceback = self._cut("\n".join(lines)[-20_000:]).splitlines()
        self.items.append(
            {
                "output_type": "error",
                "ename": name[:100],
                "evalue": value[:2000],
                "traceback": traceback,
            }
        )

    def _cut(self, text: str) -> str:
        if len(text) <= self._remaining:
            self._remaining -= len(text)
            return text
        cut, self._remaining = text[: self._remaining] + (TRUNCATED if self._remaining else ""), 0
        return cut


class _Stream(io.TextIOBase):
    def __init__(self, shell: Shell, name: str) -> None:
        self._shell = shell
        self._name = name

    def write(self, text: str) -> int:
        self._shell.outputs.stream(self._name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    owner = AnyTrait()

    def publish(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        _current[0].outputs.display("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        _current[0].outputs.items.clear()


class _ResultHook(DisplayHook):
    def write_output_prompt(self) -> None:
        """Print nothing: a notebook shows its own prompts."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        _current[0].outputs.display("execute_result", format_dict, self.prompt_count)


class _Jupyter(InteractiveShell):
    """The shell with displays, results and errors as in Jupyter."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_ResultHook)
    system = InteractiveShell.system_piped  # `!command` prints into the cell

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        _current[0].outputs.error(etype.__name__, str(evalue), list(stb))

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no event loop."""


_current: list[Shell] = []


def preload() -> None:
    """Import what a Shell needs, and leave no shell behind that matplotlib could bind to."""
    _jupyter()
    _Jupyter.clear_instance()


def _jupyter() -> _Jupyter:
    """A new IPython shell, with matplotlib not yet bound to it."""
    _Jupyter.clear_instance()
    # Import it while there is no shell, in a fork as in a fresh process. At import it binds itself to
    # the existing shell, once per process, and that would never be the shell of a fork.
    importlib.import_module("matplotlib_inline.backend_inline")
    # No history file, and no thread that writes it.
    return _Jupyter.instance(config=Config({"HistoryManager": {"enabled": False}}))


class Shell:
    """Runs the cells of one notebook in one namespace."""

    def __init__(self, output_limit: int) -> None:
        self._limit = output_limit
        self.outputs = _Outputs(output_limit)
        _current[:] = [self]
        self._ip = _jupyter()
        self._ip.enable_matplotlib("inline")  # type: ignore[no-untyped-call]  # IPython's
        self.namespace: dict[str, Any] = self._ip.user_ns

    def run(self, source: str, out_of_time: type[BaseException]) -> dict[str, Any]:
        """Run a cell and return {"outputs": [...], "ok": bool, "out_of_time": bool}."""
        self.outputs = _Outputs(self._limit)
        late = False
        with self._streams():
            try:
                result = self._ip.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]  # IPython's
                error = result.error_before_exec or result.error_in_exec
                late = isinstance(error, out_of_time)
                ok = error is None
            except BaseException as escaped:  # SystemExit, or a signal in the kit's own code
                late, ok = isinstance(escaped, out_of_time), False
                self.outputs.error(type(escaped).__name__, str(escaped), [])
        return {"outputs": self.outputs.items, "ok": ok, "out_of_time": late}

    @contextmanager
    def quiet(self) -> Iterator[Printed]:
        """Keep all output inside the block out of the notebook; what is printed belongs to a grader's call."""
        self.outputs = _Outputs(0)
        printed = Printed()
        with redirect_stdout(printed), redirect_stderr(Printed()):
            yield printed

    @contextmanager
    def _streams(self) -> Iterator[None]:
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(self, "stdout"), _Stream(self, "stderr")
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before
