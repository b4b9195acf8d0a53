"""A fork that leaves out or swaps a step of its confinement runs no student code, with `python -O` too."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.sandbox.host import bubblewrap, launcher, mounts
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.limits import Limits

JOIN = "enter = namespaces.enter; joined = []; namespaces.enter = lambda first: joined.append(os.dup(first))"
DROP = "drop = namespaces.give_up_privileges"
SKIP = "call = namespaces._prctl; namespaces._prctl = lambda option, *rest: option == {} or call(option, *rest)"
# By name: statements that patch the zygote's code, and a pattern of what the fork then reports.
# "Operation not permitted" is what the kernel itself tells an ordinary user.
FAULTS = {
    "the namespaces are not joined": (
        "namespaces.enter = print",
        "namespaces of the zygote: mnt|Operation not permitted",
    ),
    "one namespace is not joined": (
        "namespaces._libc = types.SimpleNamespace("
        "setns=lambda pidfd, flags, call=namespaces._libc.setns: call(pidfd, flags & ~0x40000000), "
        "prctl=namespaces._libc.prctl, capset=namespaces._libc.capset)",
        "namespaces of the zygote: net$",
    ),
    "the privileges are not given up": (
        "namespaces.give_up_privileges = lambda filter: namespaces._prctl(4, 1)",
        "CapPrm, CapEff, CapBnd, NoNewPrivs, Seccomp",
    ),
    "the namespaces are joined after the filter": (
        f"{JOIN}; {DROP}\n"
        "namespaces.give_up_privileges = lambda filter: (drop(filter), enter(joined[0]))",
        "setns: Function not implemented|Operation not permitted",
    ),
    "the namespaces are joined after the capabilities are dropped": (
        f"{JOIN}; {DROP}; {SKIP.format(22)}\n"
        "def swapped(filter):\n    drop(filter); enter(joined[0]); call(4, 1)\n"
        "namespaces.give_up_privileges = swapped",
        "CapPrm, CapEff|Operation not permitted",
    ),
    "all is done after the second fork": (
        f"{JOIN}; {DROP}; namespaces.give_up_privileges = joined.append\n"
        "guard.rlimits.enter = lambda groups: (enter(joined[0]), os.close(joined[0]), drop(joined[1]))",
        "proc/self|namespaces of the zygote: pid",
    ),
    "the bounding set is kept": (SKIP.format(24), "CapBnd"),
    "privileges may be gained": (SKIP.format(38), "prctl 22|NoNewPrivs"),
    "there is no filter": (SKIP.format(22), "Seccomp"),
    "the capabilities are kept": (
        "namespaces._libc = types.SimpleNamespace(prctl=namespaces._libc.prctl, "
        "setns=namespaces._libc.setns, capset=lambda *rest: 0)",
        "CapPrm, CapEff",
    ),
    "descriptors are not closed": (
        "guard._only_these = lambda kept, *others: kept",
        "descriptors",
    ),
    "a second thread runs": (
        "guard.rlimits.enter = lambda groups: threading.Thread(target=time.sleep, args=(9,)).start()",
        "Threads",
    ),
}
SCRIPT = """
import json, numpy.random, os, sys, threading, time, types
from autograder.sandbox.zygote import guard, namespaces, server
request = json.loads(sys.argv[1])
server._refuse_unsafe = lambda: None
server._ROLES = {"role": lambda source, sink: os.write(sink, b"student code")}
def fork():
    source, _ = os.pipe()
    reader, sink = os.pipe()
    _, errors = os.pipe()
    try:
        server._finish(server._fork(request, [source, sink, errors]), 20.0)
        message = "joined"
    except (OSError, RuntimeError) as error:
        message = str(error)
    os.close(sink)
    return message, os.read(reader, 100).decode()
answers = {}
for name, fault in json.loads(sys.argv[2]).items():
    reader, writer = os.pipe()
    if not os.fork():
        exec(fault)
        os.write(writer, json.dumps(fork()).encode())
        os._exit(0)
    os.close(writer)
    answers[name] = json.loads(os.read(reader, 2000) or "null")
    os.close(reader)
    os.wait()
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def answers() -> dict[str, list[str]]:
    """By fault, what the fork reports and what its role wrote."""
    options = bubblewrap.inner_options(Limits(), already_mounted=False)
    request = {"module": "role", "bwrap": str(bubblewrap.find_bwrap()), "options": options}
    faults = {"none": "", **{name: fault for name, (fault, _) in FAULTS.items()}}
    command = [sys.executable, "-O", "-c", SCRIPT, json.dumps(request), json.dumps(faults)]
    environment = {**mounts.unsafe_environment(), "HOME": mounts.HOME}
    completed = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300
    )
    assert completed.returncode == 0, completed.stderr
    answers: dict[str, list[str]] = json.loads(completed.stdout)
    return answers


def test_a_confined_fork_runs(answers: dict[str, list[str]]) -> None:
    assert answers["none"] == ["joined", "student code"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_runs_nothing(answers: dict[str, list[str]], fault: str) -> None:
    message, written = answers[fault]
    assert re.search(FAULTS[fault][1], message), message
    assert written == ""


def test_a_fork_shares_no_namespace_with_the_zygote_and_the_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(launcher._starter, "_failures", 0)
    monkeypatch.setattr(launcher._starter, "forking", True)
    kinds = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")
    source = f"import os\nresult = [os.readlink(f'/proc/self/ns/{{kind}}') for kind in {kinds}]"
    with Session(Limits()) as session:
        session.run([Cell("cell", source)])
        forked: Any = session.value("result")["value"]
    zygote = launcher._starter._zygote
    assert zygote is not None
    # Those of this process and of all that the zygote and its sandbox consist of.
    outside = [psutil.Process(), *psutil.Process(zygote.pid).children(recursive=True)]
    links = [Path(f"/proc/{process.pid}/ns/{kind}") for process in outside for kind in kinds]
    assert len(set(forked)) == len(kinds)
    assert not {str(link.readlink()) for link in links} & set(forked)
