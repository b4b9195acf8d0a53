"""Formats the traceback of a student's exception without frames of the kit, Python or libraries."""

from __future__ import annotations

import os
import re
import traceback

LONGEST = 20_000
_YOUR_CELL = "your cell"
# The file name of a cell's code: ipykernel names a file, IPython itself an input.
_CELL = re.compile(r".*[/\\]ipykernel_\d+[/\\]\d+\.py|<ipython-input-[^>]*>|<string>")

# How the message of a SyntaxError in a cell ends.
_CELL_AND_LINE = re.compile(r"\((?:\d+\.py|<ipython-input-[^>]*>|<string>), line (\d+)\)$")

# Where TensorFlow's graph was built: 2,000 characters of Keras's files, which stand before the reason
# and would leave no room for it.
_GRAPH_PLACE = re.compile(
    r"^Detected at node .* defined at \(most recent call last\):\n(?:(?:  .*)?\n)*|\n\t \[\[\{\{node .*",
    re.MULTILINE,
)


def student_traceback(error: BaseException) -> str:
    """The frames of the student's own code, innermost last, then the exception's message.

    Frames of the kit, of Python and of libraries are omitted: a student cannot change them.
    A cell is called "your cell", and a file beside the notebook has its name. The text has at most
    LONGEST characters; of a longer one the end is kept.
    """
    # A student's exception may fail in __str__; traceback catches that.
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
    message = _GRAPH_PLACE.sub("", "".join(report.format_exception_only()))
    return "".join([*head, *lines, message])[-LONGEST:]


def exception_text(error: BaseException) -> str:
    """The message of an exception, without the place in TensorFlow's graph.

    A student's exception may fail in __str__.
    """
    try:
        return _GRAPH_PLACE.sub("", str(error))
    except BaseException:
        return "(its text could not be made)"


def without_cell_file(message: str) -> str:
    """The message of an exception that names a cell as "your cell", not by IPython's file.

    The file's name differs with the cell's number and source, so that equal errors would look different.

    Example:
        >>> without_cell_file("expected ':' (<ipython-input-8-863c4f3935a7>, line 1)")
        "expected ':' (your cell, line 1)"

    """
    return _CELL_AND_LINE.sub(rf"({_YOUR_CELL}, line \1)", message)


def is_cell(filename: str) -> bool:
    """Whether code with this file name is a notebook cell."""
    return _CELL.fullmatch(filename) is not None


def _place(filename: str) -> str:
    """The student's name for the file of a frame; empty for code that is not the student's."""
    if is_cell(filename):
        return _YOUR_CELL
    relative = os.path.relpath(filename) if os.path.isabs(filename) else filename
    is_foreign = relative.startswith((os.pardir, "<")) or "site-packages" in relative
    return "" if is_foreign or filename.startswith(_LIBRARIES) else relative


# The kit itself and Python's standard library, which may lie below the notebook's directory.
_LIBRARIES = (
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + os.sep,
    os.path.dirname(os.path.abspath(os.__file__)) + os.sep,
)
