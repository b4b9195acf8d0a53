"""Test the sandbox with attacks before anything is graded in it."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.mounts import KIT_FILES
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.errors import SandboxBroken, SandboxUnavailable
from autograder.sandbox.protocol.limits import Limits

# Each function returns True if the sandbox stopped the attack.
_ATTACKS = """
import glob, os, socket
def attempt(action):
    try:
        action()
    except Exception:
        return True
    return False
def disk(canary):
    return attempt(lambda: open(canary).read())
def write_system():
    return not any(os.access(path, os.W_OK) for path in ("/usr", "/etc", "/dev", "/kit", "/site", "/"))
def network(port):
    return attempt(lambda: socket.create_connection(("127.0.0.1", port), timeout=2))
def environment(name):
    return name not in os.environ and all(
        name.encode() not in open(f"/proc/{pid}/environ", "rb").read()
        for pid in os.listdir("/proc") if pid.isdigit() and os.access(f"/proc/{pid}/environ", os.R_OK))
def processes(pid):
    return len([p for p in os.listdir("/proc") if p.isdigit()]) < 10
def root():
    return os.getuid() != 0 and attempt(lambda: os.setuid(0))
def kit_secrets(names):
    seen = [os.path.relpath(os.path.join(place, name), "/kit/autograder")
        for place, _, files in os.walk("/kit/autograder") for name in files]
    installed = [path for path in glob.glob("/site*/autograder") if os.listdir(path)]
    return bool(seen) and not installed and all(
        any(path == name or path.startswith(name + "/") for name in names) for path in seen)
"""


def prove(*, sandboxed: bool = True) -> None:
    """Raise SandboxUnavailable, with a remedy, unless a sandbox starts; SandboxBroken if an attack succeeds."""
    canary_name = "AUTOGRADER_PROBE_CANARY"
    os.environ[canary_name] = "1"
    try:
        with (
            tempfile.TemporaryDirectory(prefix="probe-") as directory,
            socket.create_server(("127.0.0.1", 0)) as server,
            Session(Limits(cell_seconds=20, call_seconds=20), sandboxed=sandboxed) as session,
        ):
            canary = Path(directory) / "canary"
            canary.write_text("secret")
            session.run([Cell("attacks", _ATTACKS, locked=True)])
            attacks: list[tuple[str, tuple[object, ...]]] = [
                ("disk", (str(canary),)),
                ("write_system", ()),
                ("network", (server.getsockname()[1],)),
                ("environment", (canary_name,)),
                ("processes", (os.getpid(),)),
                ("root", ()),
                ("kit_secrets", (list(KIT_FILES),)),
            ]
            broken = [
                name
                for name, args in attacks
                if session.call(name, args, {}).get("value") is not True
            ]
    except Died as death:
        raise SandboxUnavailable(f"the sandbox's own test died in it: {death}") from None
    except SandboxUnavailable as error:
        raise SandboxUnavailable(f"{error}{remedy(str(error))}") from None
    finally:
        del os.environ[canary_name]
    if broken:
        raise SandboxBroken(
            f"the sandbox does not hold against: {', '.join(broken)}. Grade on another machine"
        )


def remedy(message: str, exists: Callable[[str], bool] = os.path.exists) -> str:
    """What to do about an error message of bubblewrap on this machine; empty if it is unknown."""
    if "ermission" not in message and "not permitted" not in message:
        return ""
    if exists("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"):
        return (
            ". This system restricts user namespaces by AppArmor: install the distribution's "
            "own bubblewrap (`sudo apt install bubblewrap`), whose profile allows them"
        )
    if exists("/.dockerenv") or exists("/run/.containerenv"):
        return (
            ". In a container, start it with `--security-opt seccomp=unconfined "
            "--security-opt systempaths=unconfined`, or grade outside the container"
        )
    return ". Allow user namespaces: `sudo sysctl kernel.unprivileged_userns_clone=1`"
