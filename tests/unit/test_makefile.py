"""`make setup` says what it does: install everything, or look again after a setting has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_a_changed_setting_does_not_look_like_an_installation(tmp_path: Path) -> None:
    if shutil.which("make") is None:
        pytest.skip("no make here")
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    uv = tmp_path / ".tools" / "bin" / "uv"
    for directory in (uv.parent, tmp_path / ".venv"):
        directory.mkdir(parents=True)
    uv.write_text("#!/bin/sh\n")
    uv.chmod(0o755)
    assert "3 GB" in setup(tmp_path)
    later = time.time() + 60
    os.utime(tmp_path / "pyproject.toml", (later, later))
    output = setup(tmp_path)
    assert "pyproject.toml or uv.lock has changed" in output
    assert "3 GB" not in output


def setup(directory: Path) -> str:
    """What `make setup` prints."""
    # Of an outer make, neither its options nor its variables.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "setup"]
    completed = subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, check=True
    )
    return completed.stdout
