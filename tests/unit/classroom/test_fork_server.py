"""What the fork server of the workers holds: no TensorFlow, whose threads do not survive a fork."""

import os
import subprocess
import sys
from pathlib import Path

IMPORTED = """
import sys, threading
import autograder.classroom.scheduler
print(sorted({"tensorflow", "keras"} & set(sys.modules)), threading.active_count())
"""


def test_the_fork_server_holds_no_tensorflow_and_no_thread() -> None:
    completed = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True
    )
    assert completed.stdout.strip() == "[] 1"


WORKER = """
import tempfile
from concurrent.futures import ProcessPoolExecutor
from autograder.classroom import fork_server
if __name__ == "__main__":
    fork_server.start()
    with ProcessPoolExecutor(1, fork_server.context()) as pool:
        print(pool.submit(abs, -5).result(), tempfile.gettempdir())
"""


def test_workers_start_whatever_the_length_of_tmpdir(tmp_path: Path) -> None:
    """A socket's path has at most 107 bytes; the batch systems of clusters have long TMPDIRs."""
    script, directory = tmp_path / "script.py", tmp_path / ("long" * 30)
    script.write_text(WORKER)
    directory.mkdir()
    environment = os.environ | {"TMPDIR": str(directory)}
    completed = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=environment, timeout=120
    )
    assert completed.stdout.split() == ["5", str(directory)], completed.stderr
    assert not list(directory.iterdir())
