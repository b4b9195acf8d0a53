"""Removes terminal escape sequences and control characters from text that others wrote."""

from __future__ import annotations

import re

# CSI sequences (colours, cursor moves); OSC sequences (titles, links); other control characters.
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-9;:?]*[ -/]*[@-~]"
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f]"
)


def without_control_codes(text: str) -> str:
    """Text without terminal escape sequences and control characters; tabs and line ends stay."""
    return _ANSI.sub("", text.replace("\r\n", "\n"))
