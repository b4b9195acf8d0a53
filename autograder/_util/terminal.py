"""What a command could not do: lines on stderr, apart from what it prints on stdout."""

from __future__ import annotations

from rich.console import Console


def tell_error(line: str) -> None:
    """Print an error as one line, in which nothing is markup."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(line, markup=False)
