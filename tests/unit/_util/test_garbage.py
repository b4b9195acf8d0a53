"""A process of the kit does not look for garbage while it imports modules."""

import subprocess
import sys

import pytest

COUNT = """
import gc
{before}
import matplotlib.pyplot, sqlalchemy.orm, hypothesis, pytest
print(gc.get_stats()[2]["collections"])
"""
RARELY = "from autograder._util.garbage import collect_rarely; collect_rarely()"


def whole_collections(before: str) -> int:
    code = COUNT.format(before=before)
    completed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return int(completed.stdout)


def test_imports_are_not_searched_for_garbage() -> None:
    assert whole_collections(RARELY) == 0


def test_python_itself_would_search_them() -> None:
    assert whole_collections("pass") > 0


@pytest.mark.parametrize("disabled", ["", "gc.disable()"])
def test_garbage_is_collected_all_the_same(disabled: str) -> None:
    """A class of thousands must not fill the memory."""
    code = (
        f"import gc, weakref; {RARELY}; {disabled}\n"
        "class Ring: pass\n"
        "def ring():\n    one = Ring(); one.self = one; return weakref.ref(one)\n"
        "first = ring()\n"
        "for _ in range(600_000): ring()\n"
        "print(first() is None)"
    )
    completed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert completed.stdout.strip() == str(not disabled)


def test_what_was_imported_before_is_not_searched_either() -> None:
    """Hypothesis collects garbage once in each worker, which is a fork with all modules imported."""
    code = f"import gc, pytest, hypothesis; {RARELY}; print(len(gc.get_objects()), gc.get_freeze_count())"
    completed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    searched, left_out = map(int, completed.stdout.split())
    assert searched < 1_000 < 20_000 < left_out
