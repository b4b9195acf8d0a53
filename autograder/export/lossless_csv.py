"""A CSV file of the instructor's, in which some cells are filled and all others stay as they are.

Python's csv module gives the text of a cell, not how it was written: whether it was quoted is
lost, and with it the promise that nothing else in the file changes. So this splits the file
itself, keeps every cell as it stands, and reads one only when asked.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from autograder.gradebook.scores import ExportError

_LARGEST = 16 * 2**20  # bytes; 5,000 students and 300 columns are less
_BOM = "\ufeff"
_QUOTED = r'"(?:[^"]++|"")*+"'
_LINE_END = re.compile(r"\r\n|\r|\n")


class Worksheet:
    """The cells of one file; rows and columns count from 0, and row 0 is the heading.

    Rows without any text are no rows. Raises ExportError for a file that is no such table.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        text = _read(path)
        self._bom = _BOM if text.startswith(_BOM) else ""
        text = text[len(self._bom) :]
        self.delimiter = max(",;\t", key=lambda mark: len(_first_row(text, mark)))
        self._pieces: list[str] = []  # a cell, what stands after it, a cell, ...
        self._rows: list[int] = []  # of each row, where in _pieces its first cell is
        self._lines: list[int] = []
        self._width = 0
        self._split(text)
        if len(self._rows) < 2:
            raise ExportError(f"{self.name}: holds no table. Download it again")
        self.heading = [self.read(0, column).strip() for column in range(self._width)]

    @property
    def rows(self) -> range:
        """The rows below the heading."""
        return range(1, len(self._rows))

    def where(self, row: int) -> str:
        """How messages name a row: by the line of the file that it begins in."""
        return f"{self.name}:{self._lines[row]}"

    def read(self, row: int, column: int) -> str:
        """The text of a cell."""
        raw = self._pieces[self._rows[row] + 2 * column]
        return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw

    def fill(self, row: int, column: int, text: str) -> None:
        """Put text into a cell, quoted if it was or if it must be."""
        at = self._rows[row] + 2 * column
        if self._pieces[at].startswith('"') or any(
            mark in text for mark in f'"\r\n{self.delimiter}'
        ):
            text = '"' + text.replace('"', '""') + '"'
        self._pieces[at] = text

    def encode(self) -> bytes:
        """The whole file."""
        return (self._bom + "".join(self._pieces)).encode()

    def _split(self, text: str) -> None:
        cell = _cell(self.delimiter)
        at, line, first, begin = 0, 1, 0, 1
        while True:
            found = cell.match(text, at)
            if found is None:
                raise ExportError(
                    f"{self.name}:{line}: a quotation mark that does not end its cell. "
                    "Download the file again"
                )
            self._pieces += found.groups()
            line += len(_LINE_END.findall(found[0]))
            at = found.end()
            if found[2] != self.delimiter:
                self._end_row(first, begin)
                if at == len(text):
                    return
                first, begin = len(self._pieces), line

    def _end_row(self, first: int, begin: int) -> None:
        """Keep a row, unless nothing is in it."""
        texts = self._pieces[first::2]
        if not any(text.strip() for text in texts):
            return
        self._width = self._width or len(texts)
        if len(texts) != self._width:
            raise ExportError(
                f"{self.name}:{begin}: {len(texts)} cells, but the heading has {self._width}. "
                "Download the file again"
            )
        self._rows.append(first)
        self._lines.append(begin)


def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell as it is written, and what ends it: the delimiter, a line end, or the file's."""
    mark = re.escape(delimiter)
    return re.compile(rf'({_QUOTED}|[^"{mark}\r\n][^{mark}\r\n]*+|)({mark}|\r\n|\r|\n|\Z)')


def _first_row(text: str, delimiter: str) -> list[str]:
    """The cells of the first row, were this the delimiter."""
    cells, cell, at = [], _cell(delimiter), 0
    while found := cell.match(text, at):
        cells.append(found[1])
        if found[2] != delimiter:
            break
        at = found.end()
    return cells


def _read(path: Path) -> str:
    """The text of a regular file that is small enough; raises ExportError."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ExportError(f"{path}: is not a file. Name the file that you downloaded")
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be read ({error.strerror}). Name the file that you downloaded"
        ) from None
    if len(data) > _LARGEST:
        raise ExportError(
            f"{path.name}: {status.st_size:,} bytes, the limit is {_LARGEST:,}. Download a smaller "
            "part of it, such as one section"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExportError(
            f"{path.name}: byte {error.start:,} is not UTF-8. Download the file again, or save it "
            "as CSV UTF-8"
        ) from None
