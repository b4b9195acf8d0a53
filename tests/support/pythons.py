"""Run the unit tests on each Python that the kit supports: `python -m tests.support.pythons`.

A version that `uv python find` does not see is listed as skipped; nothing is downloaded for it but the
packages of uv.lock. Other tests than tests/unit are named as arguments of pytest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".tools" / "bin" / "uv"
ENVIRONMENTS = ROOT / ".tools" / "pythons"  # one a version; kept, so that a second run is quick


def supported() -> list[str]:
    """The versions of Python that the workflow on GitHub runs on."""
    workflow = (ROOT / ".github" / "workflows" / "course.yml").read_text()
    match = re.search(r"^ +python: \[(.*)\]", workflow, re.MULTILINE)
    assert match, "the workflow has no list of Pythons"
    return re.findall(r'"([\d.]+)"', match[1])


def find(version: str) -> str | None:
    """The path of an interpreter of a version, or None."""
    command = [
        str(UV),
        "python",
        "find",
        "--system",
        "--no-python-downloads",
        "--no-project",
        version,
    ]
    completed = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return completed.stdout.strip() or None if completed.returncode == 0 else None


def run(version: str, python: str, arguments: list[str]) -> int:
    """Install the packages of uv.lock for a Python, run pytest on it, and return its exit status."""
    place = ENVIRONMENTS / version
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(place)}
    sync = [str(UV), "sync", "--frozen", "--extra", "course", "--quiet", "--python", python]
    if status := subprocess.run(sync, env=environment, cwd=ROOT, check=False).returncode:
        return status
    pytest = [str(place / "bin" / "python"), "-m", "pytest", "-q", *arguments]
    return subprocess.run(pytest, cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run all versions, print a line for each, and return 1 if one failed."""
    lines, failed = [], False
    for version in supported():
        python = find(version)
        if python is None:
            lines.append(f"{version}: skipped, uv finds no Python {version} here")
            continue
        status = run(version, python, arguments or ["tests/unit"])
        failed = failed or status != 0
        lines.append(f"{version}: {'passed' if status == 0 else f'failed ({status})'} ({python})")
    print("\n".join(lines))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
