"""What commands print beside their results: errors and progress, on stderr, and counts of things."""

from __future__ import annotations

from rich.console import Console


def tell_error(line: str) -> None:
    """Print an error as one line, without interpreting rich markup in it."""
    _error_console().print(line, markup=False)


def tell_progress(line: str) -> None:
    """Print what a command does now, on stderr, so that its output holds results alone."""
    _error_console().print(line, markup=False, style="dim")


def _error_console() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def counted(number: float, noun: str) -> str:
    """A number with its noun, such as "1 submission", "2 submissions" or "0.5 points"."""
    digits = f"{int(number):,}" if number == int(number) else f"{number:g}"
    return f"{digits} {noun}{'' if number == 1 else 's'}"
