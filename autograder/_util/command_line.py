"""The commands that messages name, as whoever reads them has to type them."""

from __future__ import annotations

from pathlib import Path

_KIT = Path(__file__).resolve().parents[2]


def command(name: str) -> str:
    """The path in .venv/ in the kit's checkout; else the name, since a course's environment is activated."""
    return f".venv/bin/{name}" if (_KIT / "pyproject.toml").is_file() else name
