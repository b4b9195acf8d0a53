"""What a student's code prints while a grader calls it."""

from __future__ import annotations

import io

MAX_PRINTED = 2_000  # characters


class Printed(io.TextIOBase):
    """A stream in place of stdout that keeps the last MAX_PRINTED characters."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        """Add text."""
        self.text = (self.text + str(text))[-MAX_PRINTED:]
        return len(text)

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True
