"""Print errors of commands on stderr, separate from their output on stdout."""

from __future__ import annotations

from rich.console import Console


def tell_error(line: str) -> None:
    """Print an error as one line, without interpreting rich markup in it."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(line, markup=False)
