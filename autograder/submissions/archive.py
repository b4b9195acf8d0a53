"""Reads the files of a downloaded archive, a zip or a folder, that nobody has looked into yet.

Everything in it may be hostile: sizes are bounded before and while reading, no link is followed,
nothing is extracted, and a name is only text that the caller compares.
"""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from autograder.course.settings import CourseError
from autograder.submissions.files import is_ignored, one_line, read_capped, walk_files
from autograder.submissions.notebook_json import Unreadable

MAX_MEMBERS = 20_000  # a class of 1,000 hands in a few files each
MAX_TOTAL = 4 * 2**30  # bytes of all members
# Bytes of one; nbgrader's copies have the same limit. How much smaller it is in the zip does not matter:
# what a loop prints over and over is compressed to a thousandth, as a bomb is.
MAX_MEMBER = 100 * 2**20
_MAX_DIRECTORY = 32 * 2**20  # bytes of the zip's own table of contents, which zipfile reads whole
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_END = struct.Struct("<4s4H2LH")  # the record at the end of a zip
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_IS_NEITHER = "neither a zip nor a folder. Name what you downloaded"
_ENCRYPTED, _UTF8 = 0x1, 0x800


@dataclass(frozen=True)
class Member:
    """A file of an archive.

    `spellings` are its path as it may be meant: a zip does not always say in which encoding names
    are. `time` is the file's own time, in a zip one without a time zone, or None. `obstacle` says why
    it cannot be taken, or is empty.
    """

    spellings: tuple[str, ...]
    size: int
    time: datetime | None
    obstacle: str
    read: Callable[[], bytes]  # raises Unreadable

    @property
    def label(self) -> str:
        """Its path in messages."""
        return one_line(self.spellings[0])


@contextmanager
def opened(path: Path) -> Iterator[list[Member]]:
    """The files of the zip or folder at `path`, for the block; those of an operating system are left out.

    Raises CourseError if it is neither, or too large.
    """
    with ExitStack() as stack:
        try:
            if path.is_dir():
                members = _bounded(path, _members_of_folder(path))
            elif path.exists() and not path.is_file():  # opening a pipe would wait for a writer
                raise CourseError(f"{path}: {_IS_NEITHER}")
            else:
                members = _members_of_zip(path, stack)
        except OSError as error:
            raise CourseError(
                f"{path}: cannot be read ({error.strerror or error}). Name what you downloaded"
            ) from None
        except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError) as error:
            raise CourseError(f"{path}: a damaged zip ({error}). Download it again") from None
        _refuse_total(path, members)
        yield members


def spellings(name: str, is_utf8: bool) -> tuple[str, ...]:
    """How a name in a zip may be meant, the likeliest first, each in composed letters.

    `name` is as zipfile decodes it: by the standard, in UTF-8 if its flag says so, else in code page
    437. Programs also write UTF-8 without the flag, or Windows' own code page. Info-ZIP writes UTF-8
    into an extra field, which zipfile reads from Python 3.12 on: such a name is taken as it is.
    """
    spellings = [name]
    if not is_utf8 and not name.isascii():
        with suppress(UnicodeEncodeError):  # no name in code page 437: it is of the extra field
            raw = name.encode("cp437")
            spellings = []
            for encoding in ("utf-8", "cp437", "cp1252"):
                with suppress(UnicodeDecodeError):
                    spellings.append(raw.decode(encoding))
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", spelling) for spelling in spellings))


def _bounded(path: Path, members: Iterator[Member]) -> list[Member]:
    """The members, without those of an operating system. Raises CourseError for too many."""
    allowed: list[Member] = []
    for count, member in enumerate(members):
        if count >= MAX_MEMBERS:
            raise CourseError(
                f"{path}: more than {MAX_MEMBERS:,} files. Collect a part of it at a time"
            )
        if not is_ignored(member.spellings[0]):
            allowed.append(member)
    return allowed


def _refuse_total(path: Path, members: list[Member]) -> None:
    total = sum(member.size for member in members)
    if total > MAX_TOTAL:
        raise CourseError(
            f"{path}: {total:,} bytes in it, the limit is {MAX_TOTAL:,}. Collect a part of it at a time"
        )


def _members_of_folder(root: Path) -> Iterator[Member]:
    for entry in walk_files(root):
        path = Path(entry.path)
        status = entry.stat(follow_symlinks=False)
        obstacle = ""
        if not stat.S_ISREG(status.st_mode):
            obstacle = "not a regular file"
        elif status.st_size > MAX_MEMBER:
            obstacle = _too_large(status.st_size)
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        time = datetime.fromtimestamp(status.st_mtime, UTC)
        yield Member((name,), status.st_size, time, obstacle, _reader(path, one_line(name)))


def _members_of_zip(path: Path, stack: ExitStack) -> list[Member]:
    """The members of a zip, which is closed with the stack."""
    file = stack.enter_context(path.open("rb"))
    if not zipfile.is_zipfile(file):
        raise CourseError(f"{path}: {_IS_NEITHER}")
    _refuse_table(path, file)
    archive = stack.enter_context(zipfile.ZipFile(file))
    infos = (info for info in archive.infolist() if not info.is_dir())
    return _bounded(path, (_member_of_zip(archive, info) for info in infos))


def _reader(path: Path, label: str) -> Callable[[], bytes]:
    return lambda: read_capped(path, MAX_MEMBER, label)


def _member_of_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    names = spellings(info.filename.replace("\\", "/"), bool(info.flag_bits & _UTF8))
    obstacle = ""
    if stat.S_ISLNK(info.external_attr >> 16):
        obstacle = "a link"
    elif info.flag_bits & _ENCRYPTED:
        obstacle = "encrypted"
    elif info.compress_type not in _METHODS:
        obstacle = "compressed in an unusual way"
    elif info.file_size > MAX_MEMBER:
        obstacle = _too_large(info.file_size)
    elif _leaves(names[0]):
        obstacle = "a path that leads out of the archive"
    try:
        time: datetime | None = datetime(*info.date_time)
    except ValueError:
        time = None

    def read() -> bytes:
        try:
            with archive.open(info) as file:
                data = file.read(info.file_size + 1)  # the size is what the zip claims
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
        ) as error:
            raise Unreadable(
                f"{one_line(names[0])}: damaged ({error}). Download it again"
            ) from None
        if len(data) > info.file_size:
            raise Unreadable(f"{one_line(names[0])}: larger than it says. Download it again")
        return data

    return Member(names, info.file_size, time, obstacle, read)


def _leaves(name: str) -> bool:
    """Whether a path is absolute or leads upwards, on any system."""
    parts = name.split("/")
    return ".." in parts or not parts[0] or ":" in parts[0]


def _too_large(size: int) -> str:
    return f"{size:,} bytes, the limit is {MAX_MEMBER:,}"


def _refuse_table(path: Path, file: BinaryIO) -> None:
    """Raise CourseError for a zip whose table of contents is too large to be read into memory."""
    size = file.seek(0, 2)
    start = max(0, size - 0xFFFF - _END.size - _LOCATOR.size - _END_64.size)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        raise CourseError(f"{path}: a damaged zip (it has no end). Download it again")
    table = _END.unpack_from(tail, at)[5]
    locator = at - _LOCATOR.size
    if locator >= _END_64.size and tail[locator : locator + 4] == b"PK\6\7":
        table = max(table, _END_64.unpack_from(tail, locator - _END_64.size)[8])
    if table > _MAX_DIRECTORY:
        raise CourseError(
            f"{path}: {table:,} bytes of names alone, the limit is {_MAX_DIRECTORY:,}. "
            "Collect a part of it at a time"
        )
