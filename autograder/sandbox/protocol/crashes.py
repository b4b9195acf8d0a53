"""A student's exception as text: the lines of the notebook that led to it, and no frame of the kit."""

from __future__ import annotations

import os
import re
import traceback

LONGEST = 20_000
_YOUR_CELL = "your cell"
# Where IPython says that a cell's code stands: ipykernel names a file, IPython itself an input.
_CELL = re.compile(r".*[/\\]ipykernel_\d+[/\\]\d+\.py|<ipython-input-[^>]*>|<string>")


def student_traceback(error: BaseException) -> str:
    """The frames of the student's own code, the innermost last, and what the exception says.

    Frames of the kit, of Python and of libraries are left out: a student can change none of them.
    A cell is called "your cell", and a file beside the notebook goes by its name. At most LONGEST
    characters; where there are more, the end is kept.
    """
    # A student's exception may not even have a text; traceback catches that.
    report = traceback.TracebackException.from_exception(error, limit=-1_000)
    frames = [
        traceback.FrameSummary(place, frame.lineno or 0, frame.name, line=frame.line)
        for frame in report.stack
        if (place := _place(frame.filename))
    ]
    if is_cell(getattr(report, "filename", None) or ""):  # of a SyntaxError
        report.filename = _YOUR_CELL
    lines = traceback.StackSummary.from_list(frames).format()
    head = ["Traceback (most recent call last):\n"] if lines else []
    return "".join([*head, *lines, *report.format_exception_only()])[-LONGEST:]


def exception_text(error: BaseException) -> str:
    """What the exception says; a student's own one may not even say that."""
    try:
        return str(error)
    except BaseException:
        return "(its text could not be made)"


def is_cell(filename: str) -> bool:
    """Whether code of this file name is a notebook's cell."""
    return _CELL.fullmatch(filename) is not None


def _place(filename: str) -> str:
    """What a student calls the file of a frame; empty for code that is not a student's."""
    if is_cell(filename):
        return _YOUR_CELL
    beside = os.path.relpath(filename) if os.path.isabs(filename) else filename
    inside = beside.startswith((os.pardir, "<")) or "site-packages" in beside
    return "" if inside or filename.startswith(_LIBRARIES) else beside


# The kit itself and Python's own library, which a notebook's directory may happen to hold.
_LIBRARIES = (
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + os.sep,
    os.path.dirname(os.path.abspath(os.__file__)) + os.sep,
)
