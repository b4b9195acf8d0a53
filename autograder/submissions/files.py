"""The files of a submission: which there are, and what is in them.

No file is followed, unpacked or executed, and none is read beyond its limit. What is left out is
said in a line of `problems`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.submissions.notebook_json import Unreadable

_IGNORED_DIRECTORIES = {".ipynb_checkpoints", "__pycache__", ".git", "__MACOSX"}
# nbgrader's own, which change with each hand-in of the same work, and a file browser's.
_IGNORED_FILES = {
    "timestamp.txt",
    "student-timestamp.txt",
    "submission_secret.txt",
    ".DS_Store",
}
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".xz", ".bz2")
_MAX_ENTRIES = 5_000  # directory entries looked at; a class hands in a handful
_MAX_FILES = 1_000  # beside the notebook; the sandbox's wire takes 4,096 in one message


class TooLarge(Unreadable):
    """A file has more bytes than it may have."""


def listing(directory: Path, problems: list[str]) -> tuple[list[str], list[str]]:
    """Relative paths of the notebooks and of the other regular files, sorted."""
    notebooks: list[str] = []
    others: list[str] = []
    for seen, entry in enumerate(walk_files(directory)):
        if seen >= _MAX_ENTRIES:
            problems.append(
                f"more than {_MAX_ENTRIES:,} files: the rest is left out. Hand in fewer"
            )
            break
        name = os.path.relpath(entry.path, directory)
        if entry.name in _IGNORED_FILES:
            continue
        if not entry.is_file(follow_symlinks=False):
            problems.append(
                f"{one_line(name)}: not a regular file, left out. Hand in the file itself"
            )
        elif entry.name.casefold().endswith(".ipynb"):
            notebooks.append(name)
        elif one_line(name) != name or len(name) > 200:
            problems.append(f"{one_line(name)}: odd or very long file name, left out. Rename it")
        else:
            others.append(name)
    return sorted(notebooks), sorted(others)


def walk_files(directory: Path) -> Iterator[os.DirEntry[str]]:
    """Everything below `directory` that is no directory, without following a link."""
    waiting = [str(directory)]
    while waiting:
        at = waiting.pop()
        try:
            with os.scandir(at) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _IGNORED_DIRECTORIES:
                    waiting.append(entry.path)
            else:
                yield entry


def read_capped(path: Path, most: int, shown: str) -> bytes:
    """The bytes of a regular file of at most `most` bytes, or Unreadable."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(f"{shown}: not a regular file. Hand in the file itself")
            if status.st_size > most or len(data := file.read(most + 1)) > most:
                raise TooLarge(
                    f"{shown}: {status.st_size:,} bytes, the limit is {most:,}. "
                    "Clear the outputs and hand it in again"
                )
    except OSError as error:
        raise Unreadable(
            f"{shown}: cannot be read ({error.strerror}). Check its permissions"
        ) from None
    return data


def first_bytes(path: Path, count: int) -> bytes:
    """The first bytes of a regular file; none where it is no such file or cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            return file.read(count) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""


def read_files(
    directory: Path, names: list[str], most: int, problems: list[str]
) -> dict[str, bytes]:
    """The bytes of these files by name, of at most `most` bytes together."""
    files: dict[str, bytes] = {}
    left = most
    if len(names) > _MAX_FILES:
        problems.append(f"more than {_MAX_FILES:,} files: the rest is left out. Hand in fewer")
    for name in names[:_MAX_FILES]:
        try:
            data = read_capped(directory / name, left, name)
        except TooLarge:
            what = f"over the {most:,} bytes for all files together"
        except Unreadable:
            what = "cannot be read"
        else:
            files[name] = data
            left -= len(data)
            continue
        problems.append(f"{name}: {what}, left out. Hand in what the notebook needs")
    return files


def is_archive(name: str) -> bool:
    """Whether a file is an archive by its name; none is unpacked."""
    return name.casefold().endswith(_ARCHIVES)


def one_line(name: str) -> str:
    """A name that a student may have chosen as one harmless line."""
    plain = name if name.isprintable() and _encodes(name) else ascii(name)[1:-1]
    return plain if len(plain) <= 200 else plain[:200] + "..."


def _encodes(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def first_names(names: Sequence[str]) -> str:
    """Some of these names, and how many more there are."""
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
