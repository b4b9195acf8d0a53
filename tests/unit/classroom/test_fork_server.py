"""What the fork server of the workers holds: no TensorFlow, whose threads do not survive a fork."""

import subprocess
import sys

IMPORTED = """
import sys, threading
import autograder.classroom.scheduler
print(sorted({"tensorflow", "keras"} & set(sys.modules)), threading.active_count())
"""


def test_the_fork_server_holds_no_tensorflow_and_no_thread() -> None:
    run = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[] 1"
