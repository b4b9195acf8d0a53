"""Tests give the same results on a machine with settings of Jupyter and nbgrader of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from jupyter_core.paths import ENV_CONFIG_PATH


def test_a_started_jupyter_reads_no_settings_of_the_machine_or_the_home() -> None:
    command = [sys.executable, "-m", "jupyter", "--paths", "--json"]
    paths = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["config"]
    others = [path for path in paths if path not in ENV_CONFIG_PATH]
    assert others
    assert all(path.startswith(tempfile.gettempdir()) for path in others)
