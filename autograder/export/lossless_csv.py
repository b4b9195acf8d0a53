"""Fills cells of an instructor's CSV file and leaves every other byte unchanged.

Python's csv module returns the text of a cell but not whether it was quoted, so it could not write
the other cells unchanged. This module therefore splits the file itself, keeps every cell as written,
and decodes a cell only when it is read.
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

    Rows without any text do not count. Raises ExportError for a file that is not such a table.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        text = _read(path)
        self._bom = _BOM if text.startswith(_BOM) else ""
        text = text[len(self._bom) :]
        self.delimiter = max(",;\t", key=lambda mark: len(_first_row(text, mark)))
        self._pieces: list[str] = []  # a cell, the separator after it, a cell, ...
        self._rows: list[int] = []  # for each row, the index of its first cell in _pieces
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
        """The name of a row in messages: the file, and the line where the row begins."""
        return f"{self.name}:{self._lines[row]}"

    def read(self, row: int, column: int) -> str:
        """The text of a cell."""
        raw = self._pieces[self._rows[row] + 2 * column]
        return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw

    def fill(self, row: int, column: int, text: str) -> None:
        """Put text into a cell, quoted if the cell was quoted or the text needs it."""
        index = self._rows[row] + 2 * column
        if self._pieces[index].startswith('"') or any(
            mark in text for mark in f'"\r\n{self.delimiter}'
        ):
            text = '"' + text.replace('"', '""') + '"'
        self._pieces[index] = text

    def encode(self) -> bytes:
        """The whole file."""
        return (self._bom + "".join(self._pieces)).encode()

    def _split(self, text: str) -> None:
        cell = _cell_pattern(self.delimiter)
        position, line, first_piece, first_line = 0, 1, 0, 1
        while True:
            match = cell.match(text, position)
            if match is None:
                raise ExportError(
                    f"{self.name}:{line}: a quotation mark that does not end its cell. "
                    "Download the file again"
                )
            self._pieces += match.groups()
            line += len(_LINE_END.findall(match[0]))
            position = match.end()
            if match[2] != self.delimiter:
                self._end_row(first_piece, first_line)
                if position == len(text):
                    return
                first_piece, first_line = len(self._pieces), line

    def _end_row(self, first_piece: int, first_line: int) -> None:
        """Add a row, unless all its cells are empty."""
        cells = self._pieces[first_piece::2]
        if not any(text.strip() for text in cells):
            return
        self._width = self._width or len(cells)
        if len(cells) != self._width:
            raise ExportError(
                f"{self.name}:{first_line}: {len(cells)} cells, but the heading has {self._width}. "
                "Download the file again"
            )
        self._rows.append(first_piece)
        self._lines.append(first_line)


def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    """A pattern for a cell as written, and for its end: the delimiter, a line end, or the file's end."""
    mark = re.escape(delimiter)
    return re.compile(rf'({_QUOTED}|[^"{mark}\r\n][^{mark}\r\n]*+|)({mark}|\r\n|\r|\n|\Z)')


def _first_row(text: str, delimiter: str) -> list[str]:
    """The cells of the first row, if this is the delimiter."""
    cells, cell, position = [], _cell_pattern(delimiter), 0
    while match := cell.match(text, position):
        cells.append(match[1])
        if match[2] != delimiter:
            break
        position = match.end()
    return cells


def _read(path: Path) -> str:
    """The text of a regular file of limited size. Raises ExportError."""
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
