"""The faults that made one grade differ from another, planted again: the tests that hold them fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.commands import KIT
from tests.support.small_course import edit

pytestmark = pytest.mark.planted

_PARTS = ("autograder", "tests", "solutions", "assignments", "pyproject.toml", "nbgrader_config.py")
_PASSED, _FAILED = 0, 1  # pytest's exit statuses; others are of runs that tested nothing


class Fault(NamedTuple):
    """An old fault: by file of the package, what stands there and what stood there; and its test."""

    edits: Mapping[str, tuple[str, str]]
    test: str


# Before: the grading process set a signal handler for each substitution, which raises in a thread, and
# every exception was taken for a refusal of the student's arguments.
SUBSTITUTE_BOUNDED_BY_A_SIGNAL = {
    "grading/reference_provider.py": (
        "            reply, out = self._answered(request, blobs)\n        except _HelperEnded:\n",
        "            __import__('signal').signal(14, print)\n"
        "            reply, out = self._answered(request, blobs)\n"
        "        except Exception:\n",
    )
}
# Before: matplotlib was bound to the shell that it found when it was imported.
SHELL_NOT_BOUND_TO_MATPLOTLIB = {
    "sandbox/guest/shell.py": (
        '        self._ip.enable_matplotlib("inline")  # type: ignore[no-untyped-call]  # IPython\'s\n',
        "",
    )
}
EQUAL_PATHS = "e2e/grading/test_equal_paths.py::test_the_record_is_the_same"

FAULTS = {
    "A1 substitutions of a thread": Fault(
        SUBSTITUTE_BOUNDED_BY_A_SIGNAL,
        "sandbox/grading/test_substitutes.py::"
        "test_a_thread_gives_the_same_record_and_changes_nothing_of_the_process",
    ),
    "A1 on a cluster": Fault(SUBSTITUTE_BOUNDED_BY_A_SIGNAL, f"{EQUAL_PATHS}[convolution-cluster]"),
    "A2 figures of a fork": Fault(
        SHELL_NOT_BOUND_TO_MATPLOTLIB,
        "sandbox/grading/test_equal_outputs.py::test_ways_to_show_a_figure[nothing]",
    ),
    "A4 a student's module goes first": Fault(
        {
            "sandbox/guest/executor.py": (
                "sys.path.append(os.getcwd())",
                "sys.path.insert(0, os.getcwd())",
            )
        },
        "security/test_files_beside.py::test_a_file_does_not_take_the_place_of_a_module",
    ),
    "A4 one sandbox ends the run": Fault(
        {
            "classroom/scheduler.py": (
                "    except SandboxEnded as error:\n        return Result(job, None, str(error))\n",
                "    except SandboxEnded:\n        raise\n",
            )
        },
        "security/test_files_beside.py::test_one_submission_whose_sandbox_does_not_start_ends_no_run",
    ),
    "A5 a timestamp is opened as it is": Fault(
        {
            "submissions/timestamps.py": (
                "read_capped(path, _MAX_BYTES, name)",
                "path.read_bytes()",
            )
        },
        "unit/submissions/test_timestamps.py::test_what_is_no_small_file_is_not_read[_link_out]",
    ),
    "A5 what is no time is in time without a note": Fault(
        {
            "submissions/timestamps.py": (
                'return Timestamp(None, f"{name}: {reason}: counted as in time. {_LIKE_THIS}")',
                "return Timestamp(None)",
            )
        },
        "unit/submissions/test_timestamps.py::test_what_is_no_time_is_said",
    ),
    "A5 PST is UTC": Fault(
        {"submissions/timestamps.py": ('"PST": -8', '"PST": 0')},
        "unit/submissions/test_timestamps.py::test_a_time_is_read_right",
    ),
    "A5 the student's time goes before the LMS's": Fault(
        {
            "submissions/timestamps.py": (
                "    if own.time is None or own.time == stamp.time or stamp.problem:\n"
                "        return stamp\n",
                "    if own.time is None:\n        return stamp\n    return own\n",
            )
        },
        "unit/submissions/test_timestamps.py::test_the_time_of_an_lms_goes_before_the_students",
    ),
    "A6 all graders are in a key": Fault(
        {
            "grading/cache_key.py": (
                "*grader_sources(course, assignment)",
                "*course.grader_sources()",
            )
        },
        "unit/course/test_grader_sources.py::test_a_change_concerns_those_who_use_it",
    ),
    "A6 the digest of the kit has all graders": Fault(
        {"_util/digests.py": ('if not path.is_relative_to(root / "graders")', "if path.exists()")},
        "unit/course/test_grader_sources.py::test_the_framework_is_all_but_the_graders",
    ),
    "A7 limits of the wall clock": Fault(
        {
            "sandbox/guest/time_limit.py": (
                "signal.setitimer(signal.ITIMER_REAL, self._seconds * WALL_FACTOR, 1.0)",
                "self._deadline = -1e9\n"
                "        signal.setitimer(signal.ITIMER_REAL, self._seconds, 1.0)",
            )
        },
        "sandbox/sandbox/test_processor_time.py::test_a_right_answer_passes_on_a_busy_machine",
    ),
    "A7 another record on a busy machine": Fault(
        {
            "sandbox/guest/time_limit.py": (
                "signal.setitimer(signal.ITIMER_REAL, self._seconds * WALL_FACTOR, 1.0)",
                "self._deadline = -1e9\n"
                "        signal.setitimer(signal.ITIMER_REAL, self._seconds, 1.0)",
            )
        },
        "sandbox/sandbox/test_processor_time.py::test_the_record_of_a_busy_machine_is_that_of_an_idle_one",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(fault: Fault, tmp_path: Path) -> None:
    kit = _copy(tmp_path / "kit")
    status, output = _run(kit, fault.test)
    assert status == _PASSED, output
    for name, (now, before) in fault.edits.items():
        edit(kit / "autograder" / name, now, before)
    status, output = _run(kit, fault.test)
    assert status == _FAILED, output


def _copy(root: Path) -> Path:
    """The kit in another directory, without anything that was graded or made there."""
    root.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", ".autograder")
    for name in _PARTS:
        if (KIT / name).is_dir():
            shutil.copytree(KIT / name, root / name, ignore=ignored)
        else:
            shutil.copy(KIT / name, root / name)
    return root


def _run(kit: Path, test: str) -> tuple[int, str]:
    """The exit status of pytest with one test of that kit, and what it said."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AUTOGRADER", "PYTEST"))
    }
    environment["PYTHONPATH"] = str(kit)
    completed = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{test}"],
        cwd=kit, env=environment, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    return completed.returncode, (completed.stdout + completed.stderr)[-5000:]
