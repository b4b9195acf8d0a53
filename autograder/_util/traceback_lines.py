"""Where in a file an error arose."""

from __future__ import annotations

import traceback


def last_line(error: BaseException, file: str) -> int | None:
    """The line of the innermost frame in `file`, a path or the end of one; None if no frame is in it."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f.lineno for f in frames if f.filename == file or f.filename.endswith(f"/{file}")]
    return lines[-1] if lines else None
