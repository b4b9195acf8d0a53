"""Runs in the sandbox: executes a notebook's cells as Jupyter would, then answers calls.

Started as `python -m autograder.sandbox.guest.executor IN OUT [CGROUP]`; the arguments are descriptors.
It answers each frame {"op": "start" | "run" | "call" | "value", ...} with one frame of the same id.
Student code runs in the same process and may forge any answer, so the host trusts none.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import msgspec

from autograder.results.outcome import NotAttempted
from autograder.sandbox.guest import rlimits
from autograder.sandbox.guest.given_weights import set_seed, train_from
from autograder.sandbox.guest.keras_reader import describe, weights
from autograder.sandbox.guest.keras_recipe import resolved
from autograder.sandbox.guest.shell import Shell
from autograder.sandbox.guest.substitutes import substituted
from autograder.sandbox.guest.time_limit import OutOfTime, TimeLimit
from autograder.sandbox.protocol import frames, limits
from autograder.sandbox.protocol.calls import blank, invoke_watched, look_up
from autograder.sandbox.protocol.crashes import exception_text, student_traceback
from autograder.sandbox.protocol.effects import NO_EFFECTS, Returned
from autograder.sandbox.protocol.printed import Printed
from autograder.sandbox.protocol.values import decode, encode, whole_text


class Executor:
    """Serves one submission in its process."""

    def __init__(self, source: int, sink: int) -> None:
        self._source = source
        self._sink = sink
        self._shell: Shell | None = None
        self._returned: Returned = {}
        self._printed = Printed()  # of the last call
        self._limit = TimeLimit(0.0)  # of the last call
        self._id = 0

    def serve(self) -> None:
        """Answer frames until the pipe closes."""
        while True:
            try:
                request, blobs = frames.read_frame(self._source)
            except frames.WireClosed:
                return
            if request["op"] == "answer":  # too late: the call that waited for it has timed out
                continue
            reply_blobs: list[bytes] = []
            self._id = request["id"]
            reply = self._answer(request, blobs, reply_blobs)
            frames.write_frame(self._sink, {"id": request["id"], **reply}, reply_blobs)

    def _answer(
        self, request: dict[str, Any], blobs: list[bytes], out: list[bytes]
    ) -> dict[str, Any]:
        match request["op"]:
            case "start":
                return self._start(request, blobs)
            case "run":
                assert self._shell is not None
                with TimeLimit(request["seconds"]) as limit:
                    reply = self._shell.run(request["source"], OutOfTime)
                return {**reply, "out_of_time": limit.expired and not reply["ok"]}
            case "call":
                name, (args, kwargs) = request["name"], decode(request["arguments"], blobs)
                constants, effects = request["constants"], NO_EFFECTS
                given = [
                    decode(request[part], blobs) for part in ("start", "fit") if part in request
                ]

                def call(names: dict[str, Any]) -> Any:
                    nonlocal effects
                    watched = (constants, self._returned)
                    if not given:
                        result, effects = invoke_watched(names, name, args, kwargs, *watched)
                        return result
                    (start, fit), (model, *rest) = given, args
                    result, effects = train_from(names, name, model, start, rest, fit, *watched)
                    return result

                reply = self._guarded(request, out, call)
                printed = whole_text(self._printed.text)
                return {**reply, "effects": msgspec.to_builtins(effects), "printed": printed}
            case "value":
                return self._guarded(request, out, lambda names: look_up(names, request["name"]))
        raise AssertionError(f"unknown operation {request['op']!r}")

    def _start(self, request: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
        if request["home"]:  # --unsafe-local: a temporary directory instead of the sandbox's home
            os.chdir(request["home"])
            os.environ["HOME"] = request["home"]
        bounds = limits.Limits(**request["limits"])
        rlimits.apply(bounds)
        # Before any file of the student exists: matplotlib reads settings from files.
        self._shell = Shell(bounds.output_bytes)
        for name, blob in zip(request["files"], blobs, strict=True):
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "wb") as file:
                file.write(blob)
        # Appended, not prepended: a student's unicodedata.py must not replace a module that the kit,
        # IPython or Keras import lazily, in a fresh process more often than in a fork.
        sys.path.append(os.getcwd())
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        return {"started": True}

    def _guarded(self, request: dict[str, Any], out: list[bytes], action: Any) -> dict[str, Any]:
        assert self._shell is not None
        names = self._shell.namespace
        self._limit = TimeLimit(request["seconds"])
        try:
            with (
                self._shell.quiet() as self._printed,
                self._limit,
                substituted(names, request["substitutes"], self._ask),
            ):
                if "seed" in request:  # else each training would end differently
                    set_seed(request["seed"])
                if "cell" in request:  # its result must come from the substitutes
                    self._shell.run(request["cell"], OutOfTime)
                result = resolved(action(names))
                # In time too: to describe an own layer, its code is called.
                if request.get("with_weights"):
                    return {"value": encode([result, weights(result)], out, describe)}
                return {"value": encode(result, out, describe)}
        except NotImplementedError as error:
            return {"not_attempted": blank(self._shell.namespace, request["name"], error)}
        except NotAttempted as error:
            return {"not_attempted": str(error)}
        except OutOfTime:
            return {"out_of_time": True}
        except BaseException as error:  # student code may raise SystemExit and the like
            del out[:]
            if self._limit.expired:
                return {"out_of_time": True}
            return {"raised": _raised(error)}

    def _ask(self, question: dict[str, Any], blobs: list[bytes]) -> tuple[Any, list[bytes]]:
        """Send a call of a substitute out of the sandbox and wait for the answer."""
        with self._limit.paused():  # the answer takes the kit's time, not the student's
            frames.write_frame(self._sink, {"id": self._id, **question}, blobs)
            return frames.read_frame(self._source)


def _raised(error: BaseException) -> dict[str, str]:
    """A student's exception as plain data, with the frames of the notebook only."""
    text, message = student_traceback(error), exception_text(error)
    return {"type": type(error).__name__[:100], "message": message[:2000], "traceback": text}


def main(source: int, sink: int) -> None:
    """Serve one submission. The descriptors are the ends of two pipes."""
    Executor(source, sink).serve()


if __name__ == "__main__":
    source_fd, sink_fd, *cgroup_fds = map(int, sys.argv[1:])
    rlimits.enter(cgroup_fds)
    # By the module's own name, as a fork of the zygote does: to student code that imports the
    # module, a fresh process must look like a fork, or an attack ends in another verdict.
    from autograder.sandbox.guest.executor import main as serve

    serve(source_fd, sink_fd)
