"""A submission's sandbox in the grading process: runs cells, calls functions, restarts when it dies."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import msgspec
import numpy as np

from autograder._util.i18n import gettext as _
from autograder.sandbox.host import launcher
from autograder.sandbox.host.cells import Cell, outputs_in_time, stopped_output
from autograder.sandbox.host.exchange import Died, Exchange
from autograder.sandbox.host.outputs import OutputBudget, clean_outputs
from autograder.sandbox.host.submission_time import NOTHING, Spent, SubmissionTime
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.calls import TRAINING_SEED
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.sandbox.protocol.limits import Limits
from autograder.sandbox.protocol.substitutes import SubstituteProvider

_START_SECONDS = 60.0  # cold start of Python and IPython in a sandbox on a busy machine
_MAX_STARTS = 4
_MAX_NAMES = 5  # file names in a message


class Session:
    """Runs one notebook's cells in a sandbox, and calls the functions that they define.

    If the process hangs or dies in a cell, it is killed and restarted without that cell, so that one
    bad cell does not cost the other questions. Use it as a context manager: on exit, the sandbox
    and everything in it are removed.
    """

    def __init__(
        self,
        limits: Limits,
        files: Mapping[str, bytes] | None = None,
        *,
        sandboxed: bool = True,
        spent: Spent = NOTHING,
    ) -> None:
        """`spent` is the time that earlier sessions of the submission used."""
        self._limits = limits
        self._files = dict(files or {})
        self._sandboxed = sandboxed
        self._exchange: Exchange | None = None
        self._home = ""
        self._starts = 0
        self._cells: list[Cell] = []
        self._time = SubmissionTime(limits.submission_seconds, spent)
        self._budget = OutputBudget(limits.outputs_bytes)
        self.outputs: dict[str, list[dict[str, Any]]] = {}
        self._calls = 0
        self.ended_at: set[str] = set()  # ids of cells, and calls, during which it ended by itself

    @property
    def spent(self) -> Spent:
        """The time of the submission that is used up."""
        self._time.measure()
        return self._time.spent

    @property
    def cells(self) -> list[Cell]:
        """The cells that ran, without those that ended the process."""
        return list(self._cells)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def run(self, cells: Iterable[Cell]) -> None:
        """Run cells in order; `outputs` then has their outputs."""
        self._cells = list(cells)
        self._run_from_start()

    def call(
        self,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        *,
        training: bool = False,
        start: Sequence[np.ndarray] | None = None,
        fit: Sequence[np.ndarray] | None = None,
        constants: Sequence[str] = (),
        provider: SubstituteProvider | None = None,
    ) -> dict[str, Any]:
        """Call the student's `name` and return the reply, not decoded. Raises Died.

        With `training` the call may take `own_training_seconds`, and the reply is a list of the
        returned value and, if that is a model, its weights. With `start`, initial weights, the function
        gets a model with these; with `fit`, images and one-hot rows, the model that it returns is then
        trained on them for one step. The reply names those of the variables `constants` that the call
        changed. During the call, the functions of `provider` replace the student's.
        """
        blobs: list[bytes] = []
        arguments = values.encode([list(args), dict(kwargs)], blobs)
        body = {
            **{"op": "call", "name": name, "arguments": arguments, "with_weights": training},
            "constants": list(constants),
        }
        if start is not None:
            body["start"] = values.encode(list(start), blobs)
            body["fit"] = values.encode(None if fit is None else list(fit), blobs)
        if training or start is not None:
            body["seed"] = TRAINING_SEED
        seconds = self._limits.own_training_seconds if training else self._limits.call_seconds
        return self._live_request(body, blobs, seconds, provider)

    def value(self, name: str, provider: SubstituteProvider | None = None) -> dict[str, Any]:
        """The reply for the student's variable `name`, not decoded. Raises Died.

        With a `provider` the cell that answers the question first runs again, with the functions of
        `provider` in place of the student's.
        """
        body: dict[str, Any] = {"op": "value", "name": name}
        for cell in self._cells:
            if provider and cell.id == provider.substitution.blank:
                body["cell"] = cell.source
        return self._live_request(body, [], self._limits.call_seconds, provider)

    def close(self) -> None:
        """Kill the process and remove its files; can be called twice."""
        if self._exchange is not None:
            self._time.end()
            exchange, self._exchange = self._exchange, None
            exchange.process.end()
        if self._home:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = ""

    def _run_from_start(self) -> None:
        index = 0
        self._start()
        while index < len(self._cells):
            cell = self._cells[index]
            seconds = self._limits.setup_seconds if cell.locked else self._limits.cell_seconds
            # The numbers of results count the cells before.
            source = cell.source if cell.outputs is None else "pass"
            try:
                reply = self._request({"op": "run", "source": source}, [], seconds)
            except Died as death:
                if death.by_itself:
                    self.ended_at.add(cell.id)
                self.outputs[cell.id] = stopped_output(str(death))
                del self._cells[index]
                index = 0
                self._start()
                continue
            outputs = clean_outputs(reply.get("outputs"), self._limits.output_bytes)
            if cell.outputs is not None:
                outputs = list(cell.outputs)
            outputs = self._budget.fit(cell.id, outputs)
            if reply.get("out_of_time") is True:
                outputs = outputs_in_time(outputs, seconds)
            self.outputs[cell.id] = outputs
            index += 1

    def _live_request(
        self,
        body: dict[str, Any],
        blobs: list[bytes],
        seconds: float,
        provider: SubstituteProvider | None,
    ) -> dict[str, Any]:
        if self._exchange is None:
            self._run_from_start()
        names = sorted(provider.substitution.names) if provider else []
        self._calls += 1
        try:
            return self._request({**body, "substitutes": names}, blobs, seconds, provider)
        except Died as death:
            if death.by_itself:
                self.ended_at.add(f"{body['name']}, call {self._calls}")
            raise

    def _start(self) -> None:
        self.close()
        self._starts += 1
        if self._starts > _MAX_STARTS:
            ended = _("the submission ended its process {count} times; it was not started again")
            raise Died(ended.format(count=_MAX_STARTS))
        death = self._start_with(self._files)
        if death is None:
            return
        # Start without the student's files, then with them again, to find out whose fault it is: the
        # process may also have been killed by chance.
        without = self._start_with({})
        if without or not self._files:
            raise SandboxUnavailable(f"the sandbox did not start: {without or death}")
        death = self._start_with(self._files)
        if death is not None:
            not_started = _(
                "the process does not start with the files that were handed in beside the "
                "notebook ({names}), and does without them: {why}"
            )
            message = not_started.format(names=_names(self._files), why=death)
            raise Died(message, by_itself=death.by_itself)

    def _start_with(self, files: Mapping[str, bytes]) -> Died | None:
        """Start a new process with these files. Returns how it ended if it did not start."""
        self.close()
        if not self._sandboxed:
            self._home = tempfile.mkdtemp(prefix="unsafe-local-")
        process = launcher.start(
            "autograder.sandbox.guest.executor", self._limits, sandboxed=self._sandboxed
        )
        self._exchange = Exchange(process, self._limits, self._time)
        body = {
            "op": "start",
            "limits": msgspec.to_builtins(self._limits),
            "files": list(files),
            "home": self._home,
        }
        try:
            self._request(body, list(files.values()), _START_SECONDS)
        except Died as death:
            return death
        # Only now: imports at the start, which a fork does not need, must not count.
        self._time.begin(process.meter)
        return None

    def _request(
        self,
        body: dict[str, Any],
        blobs: list[bytes],
        seconds: float,
        provider: SubstituteProvider | None = None,
    ) -> dict[str, Any]:
        """The reply to a request. Raises Died."""
        assert self._exchange is not None
        try:
            return self._exchange.request(body, blobs, seconds, provider)
        except BaseException:  # also if a substitute failed: the student's process waits for it
            self.close()
            raise


def _names(files: Mapping[str, bytes]) -> str:
    """The names of files, Python modules first."""
    names = sorted(files, key=lambda name: (not name.endswith(".py"), name))
    return ", ".join(names[:_MAX_NAMES]) + (", ..." if len(names) > _MAX_NAMES else "")
