"""Sandboxes by forks of one process: as closed as those started afresh, and as well without one."""

import contextlib
import threading
from typing import Any

import psutil
import pytest

from autograder.sandbox.host import bubblewrap, launcher
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.launcher import Zygote, ZygoteFailed
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.limits import Limits
from autograder.sandbox.zygote import server

STATE = """
import os, subprocess
def rights():
    lines = dict(line.split(":\\t") for line in open("/proc/self/status").read().splitlines())
    names = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Uid", "Groups")
    return {name: lines[name].split() for name in names}
def descriptors():
    own = os.listdir("/proc/self/fd")
    places = [os.readlink(f"/proc/self/fd/{fd}") for fd in own if os.path.exists(f"/proc/self/fd/{fd}")]
    return sorted(place.partition(":")[0] for place in places)
def mounts():
    return [line.split()[4:6] for line in open("/proc/self/mountinfo")]
def processes():
    return len([name for name in os.listdir("/proc") if name.isdigit()])
def new_namespace():
    return subprocess.run(["unshare", "-r", "true"], capture_output=True).returncode != 0
def where():
    return [os.getcwd(), os.getpid() < 10, sorted(os.listdir("/")), os.listdir("/tmp")]
"""
TRAINED = """
import keras, numpy as np
def losses():
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(2)])
    model.compile("sgd", "mse")
    history = model.fit(np.ones((64, 4)), np.ones((64, 2)), epochs=3, verbose=0)
    return history.history["loss"]
"""


@pytest.fixture
def starter(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What starts the sandboxes of this process."""
    starter = launcher._starter
    monkeypatch.setattr(starter, "_failures", 0)
    monkeypatch.setattr(starter, "forking", True)
    return starter


def afresh(source: str, *names: str) -> dict[str, object]:
    """The same in a sandbox that is not a fork."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launcher._starter, "forking", False)
        return returned_values(source, *names)


def returned_values(source: str, *names: str) -> dict[str, object]:
    """What functions of a notebook return in a new sandbox."""
    with Session(Limits(call_seconds=60)) as session:
        session.run([Cell("cell", source)])
        return {name: session.call(name, (), {}).get("value") for name in names}


def test_a_fork_and_a_fresh_sandbox_are_the_same_inside(starter: Any) -> None:
    names = ("rights", "descriptors", "mounts", "new_namespace", "where")
    forked = returned_values(STATE, *names)
    assert starter._zygote is not None
    assert forked == afresh(STATE, *names)
    rights: Any = forked["rights"]
    values = dict(pair for pair in rights["$dict"])
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert values[name] == ["0" * 16], name
    assert (values["Seccomp"], values["NoNewPrivs"]) == (["2"], ["1"])


PATCHING = """
def patched():
    import autograder.sandbox.guest.executor as executor
    executor.Executor._answer = lambda *ignored: {"passed": True}

def asked():
    return 1
"""


def test_what_student_code_does_to_the_executor_has_the_same_effect(starter: Any) -> None:
    """A fresh process runs the module under its own name, too, not as a second one."""
    forked = returned_values(PATCHING, "patched", "asked")
    assert starter._zygote is not None
    assert forked == afresh(PATCHING, "patched", "asked") == {"patched": None, "asked": None}


def test_a_model_trains_to_the_same_losses(starter: Any) -> None:
    assert returned_values(TRAINED, "losses") == afresh(TRAINED, "losses")


def test_forks_do_not_see_each_other(starter: Any) -> None:
    with Session(Limits()) as session, Session(Limits()) as other:
        session.run([Cell("cell", "open('/tmp/note', 'w').write('x')\nsecret = 'xyzzy'")])
        other.run([Cell("cell", STATE)])
        assert session.value("secret")["value"] == "xyzzy"
        assert other.value("secret").get("not_attempted")
        assert other.call("where", (), {})["value"][3] == []
        assert other.call("processes", (), {})["value"] == 3


def test_nothing_of_a_fork_is_left(starter: Any) -> None:
    returned_values(STATE, "where")
    before = psutil.Process().children(recursive=True)
    returned_values(
        "import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True)"
    )
    assert psutil.Process().children(recursive=True) == before


COUNTED = "def next_one():\n    global count\n    count += 1\n    return count\ncount = 0"


def test_a_killed_zygote_is_replaced(starter: Any) -> None:
    with Session(Limits()) as session:
        session.run([Cell("cell", COUNTED)])
        assert session.call("next_one", (), {})["value"] == 1
        sandboxed = psutil.Process(starter._zygote._popen.pid).children(recursive=True)
        for process in sandboxed:
            with contextlib.suppress(psutil.NoSuchProcess):  # it died with the one before
                process.kill()
        psutil.wait_procs(sandboxed, timeout=20)
        with pytest.raises(Died, match="ended by itself"):
            session.call("next_one", (), {})
        assert session.call("next_one", (), {})["value"] == 1
    assert starter.forking


def test_the_first_sandboxes_of_a_process_are_started_afresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starter = launcher._Starter()
    monkeypatch.setattr(launcher, "_starter", starter)
    ways = []
    for _ in range(launcher._FIRST_FRESH + 1):
        ways.append(launcher.choose_way())
        if ways[-1] == "fresh":
            launcher.start("autograder.sandbox.guest.executor", Limits()).end()
    assert ways == ["fresh"] * launcher._FIRST_FRESH + ["fork"]


@pytest.mark.parametrize(("submissions", "way"), [(1, "fresh"), (1_000, "fork")])
def test_who_has_many_to_grade_forks_from_the_start(
    monkeypatch: pytest.MonkeyPatch, submissions: int, way: str
) -> None:
    monkeypatch.setattr(launcher, "_starter", launcher._Starter())
    launcher.expect(submissions)
    assert launcher.choose_way() == way
    assert launcher.choose_way(tensorflow=True) == "fork"


@pytest.mark.parametrize("reason", ["the zygote has 2 threads", "no word from the fork"])
def test_without_forks_sandboxes_are_started_afresh(
    starter: Any, monkeypatch: pytest.MonkeyPatch, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    class Refusing(Zygote):
        def __init__(self) -> None:
            raise ZygoteFailed(reason)

    monkeypatch.setattr(launcher, "Zygote", Refusing)
    monkeypatch.setattr(starter, "_zygote", None)
    assert returned_values(COUNTED, "next_one") == {"next_one": 1}
    assert [reason in line for line in caplog.messages] == [True] * launcher._MAX_FAILURES


def test_a_zygote_that_dies_now_and_then_is_started_again(
    starter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "_zygote", None)
    for _ in range(launcher._MAX_FAILURES + 1):
        starter.start("autograder.sandbox.guest.executor", Limits()).end()
        bubblewrap.kill(starter._zygote._popen)
        starter._zygote._popen.wait()
    assert starter.forking
    starter.close()


def test_a_process_with_a_second_thread_does_not_fork() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    with pytest.raises(RuntimeError, match=r"has \d+ threads"):
        server._refuse_unsafe()
    ended.set()
    thread.join()
