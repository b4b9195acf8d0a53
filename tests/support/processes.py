"""What tests ask of processes that may end at any moment."""

from __future__ import annotations

import psutil


def command(process: psutil.Process) -> list[str]:
    """What it was started with; nothing for one that has ended since it was listed."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []
