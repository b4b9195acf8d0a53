"""Lists and reads the files of a submission.

Follows no link, unpacks and executes no file, and reads none beyond its limit. Adds a line to
`problems` for everything that is left out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder._util.terminal import counted
from autograder.submissions.notebook_json import Unreadable

_IGNORED_DIRECTORIES = {".ipynb_checkpoints", "__pycache__", ".git", "__MACOSX"}
# Files of nbgrader, which change with each hand-in of the same work, and of a file browser.
_IGNORED_FILES = {
    "timestamp.txt",
    "student-timestamp.txt",
    "submission_secret.txt",
    ".DS_Store",
}
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".xz", ".bz2")
_MAX_ENTRIES = 5_000  # directory entries of one submission; students hand in a handful
_MAX_LINES = 20  # about single files
_MAX_FILES = 1_000  # beside the notebook; the sandbox protocol takes 4,096 in one message
# A link could lead to files of others, and opening a FIFO would block.
_OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class TooLarge(Unreadable):
    """A file exceeds its limit of bytes."""


def listing(directory: Path, problems: list[str]) -> tuple[list[str], list[str]]:
    """Relative paths of the notebooks and of the other regular files, sorted."""
    notebooks: list[str] = []
    others: list[str] = []
    lines: list[str] = []
    for count, entry in enumerate(walk_files(directory)):
        if count >= _MAX_ENTRIES:
            problems.append(
                f"more than {_MAX_ENTRIES:,} files: the rest is left out. Hand in fewer"
            )
            break
        name = os.path.relpath(entry.path, directory)
        if entry.name in _IGNORED_FILES:
            continue
        if not entry.is_file(follow_symlinks=False):
            lines.append(f"{one_line(name)}: not a regular file, left out. Hand in the file itself")
        elif entry.name.casefold().endswith(".ipynb"):
            notebooks.append(name)
        elif one_line(name) != name or len(name) > 200:
            lines.append(f"{one_line(name)}: odd or very long file name, left out. Rename it")
        else:
            others.append(name)
    problems += _first_lines(lines)
    return sorted(notebooks), sorted(others)


def is_ignored(name: str) -> bool:
    """Whether a relative path is that of an operating system's or editor's own file."""
    *directories, last = name.split("/")
    return last == ".DS_Store" or not _IGNORED_DIRECTORIES.isdisjoint(directories)


def walk_files(directory: Path) -> Iterator[os.DirEntry[str]]:
    """Everything below `directory` except directories. Follows no link: it could lead anywhere."""
    pending = [str(directory)]
    while pending:
        path = pending.pop()
        try:
            with os.scandir(path) as entries:
                sorted_entries = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in sorted_entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _IGNORED_DIRECTORIES:
                    pending.append(entry.path)
            else:
                yield entry


def read_capped(path: Path, most: int, label: str) -> bytes:
    """The bytes of a regular file of at most `most` bytes. Raises Unreadable for anything else."""
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)  # of the open file: the path may change meanwhile
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(f"{label}: not a regular file. Hand in the file itself")
            if status.st_size > most or len(data := file.read(most + 1)) > most:
                raise TooLarge(
                    f"{label}: {status.st_size:,} bytes, the limit is {most:,}. "
                    "Clear the outputs and hand it in again"
                )
    except OSError as error:
        raise Unreadable(
            f"{label}: cannot be read ({error.strerror}). Check its permissions"
        ) from None
    return data


def first_bytes(path: Path, count: int) -> bytes:
    """The first bytes of a regular file; empty if it is none or cannot be read."""
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
        with open(descriptor, "rb") as file:
            return file.read(count) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""


def read_files(
    directory: Path, names: list[str], most: int, problems: list[str]
) -> dict[str, bytes]:
    """Name -> bytes of these files, at most `most` bytes in total."""
    files: dict[str, bytes] = {}
    lines: list[str] = []
    bytes_left = most
    if len(names) > _MAX_FILES:
        problems.append(f"more than {_MAX_FILES:,} files: the rest is left out. Hand in fewer")
    for name in names[:_MAX_FILES]:
        try:
            data = read_capped(directory / name, bytes_left, name)
        except TooLarge:
            reason = f"over the {most:,} bytes for all files together"
        except Unreadable:
            reason = "cannot be read"
        else:
            files[name] = data
            bytes_left -= len(data)
            continue
        lines.append(f"{name}: {reason}, left out. Hand in what the notebook needs")
    problems += _first_lines(lines)
    return files


def _first_lines(lines: list[str]) -> list[str]:
    """The first of these lines, and one for all others: thousands would hide what else a run says."""
    more = len(lines) - _MAX_LINES
    last = [f"{counted(more, 'more file')} left out, for reasons like these. Hand in fewer"]
    return lines if more <= 1 else [*lines[:_MAX_LINES], *last]


def is_archive(name: str) -> bool:
    """Whether a file name is that of an archive; no archive is unpacked."""
    return name.casefold().endswith(_ARCHIVES)


def one_line(name: str) -> str:
    """A name as one line of printable text: a student may have chosen it."""
    printable = name if name.isprintable() and _is_encodable(name) else ascii(name)[1:-1]
    return printable if len(printable) <= 200 else printable[:200] + "..."


def _is_encodable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def first_names(names: Sequence[str]) -> str:
    """The first five of these names, and how many more there are."""
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
