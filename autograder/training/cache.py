"""A cache of training runs in SQLite. File locks keep two processes from training the same run."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from filelock import FileLock

from autograder.course.settings import CourseError

_ALSO = "also"  # a link to the directory of another cache, whose runs are read and left alone
UNFINISHED = ".unfinished"  # key suffix of the state of an interrupted run
_MAX_BYTES = 500 * 2**20
_PATIENCE = 60.0  # seconds to wait for another process: on a slow disk it may write that long
_DIGEST_SIZE = hashlib.sha256().digest_size  # the SHA-256 of a run is stored before its data
# Errors of SQLite for a file that is not a database of this cache, or has a damaged schema.
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR"}
T = TypeVar("T")


class CacheUnusable(CourseError):
    """SQLite cannot read or write the cache now: what, where, what to do, in one line."""


class Entry(NamedTuple):
    """A cached run: key, size in bytes, training time in seconds, time of last use."""

    key: str
    size: int
    seconds: float
    used: float


def read_also(directory: Path, other: Path) -> None:
    """Make a cache in `directory` that has the runs of the cache in `other`, too, and never writes there."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / _ALSO).symlink_to(other.absolute())


def _whole(stored: bytes) -> bytes | None:
    """The data of a stored run; None if it is damaged or there is none."""
    data = stored[_DIGEST_SIZE:]
    return data if hashlib.sha256(data).digest() == stored[:_DIGEST_SIZE] else None


class TrainingCache:
    """Runs by key. The least recently used ones are dropped when all exceed `most` bytes together.

    Safe for concurrent processes, and for one that is killed at any moment: a run is stored whole or
    not at all, and the lock of a dead process is free. Each method raises CacheUnusable if another
    process holds the database for a minute, or it cannot be written.
    """

    def __init__(self, directory: Path, most: int = _MAX_BYTES) -> None:
        self._directory = directory
        self._path = directory / "runs.db"
        self._most = most
        (directory / "locks").mkdir(parents=True, exist_ok=True)

    @contextmanager
    def claim(self, key: str) -> Iterator[bytes | None]:
        """Yield the run of `key`, or None: then the caller must make it and `put` it inside the block.

        Other processes that claim the same key wait until the caller is done or dead.
        """
        lock = FileLock(self._directory / "locks" / key)
        with lock:
            yield self.get(key)

    def get(self, key: str) -> bytes | None:
        """The data stored as `key`, or None if there is none or it is damaged."""

        def action(database: sqlite3.Connection) -> object:
            row = database.execute("SELECT data FROM run WHERE key = ?", (key,)).fetchone()
            database.execute("UPDATE run SET used = ? WHERE key = ?", (time.time(), key))
            return row[0] if row else b""

        stored = self._on_database(action)
        if not isinstance(stored, bytes):
            return None
        return _whole(stored) or _whole(self._stored_in_other(key))

    def _stored_in_other(self, key: str) -> bytes:
        """What another cache has as `key`, see read_also(); empty if there is none or it cannot be read."""
        path = self._directory / _ALSO / self._path.name
        if not path.is_file():
            return b""
        try:
            with closing(
                sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            ) as database:
                row = database.execute("SELECT data FROM run WHERE key = ?", (key,)).fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            return b""
        return row[0] if row and isinstance(row[0], bytes) else b""

    def put(self, key: str, data: bytes, seconds: float) -> None:
        """Store a run, and drop old ones to make room for it."""
        stored = hashlib.sha256(data).digest() + data

        def action(database: sqlite3.Connection) -> None:
            row = (key, stored, seconds, time.time())
            database.execute("INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?)", row)
            sizes = database.execute("SELECT key, length(data) FROM run ORDER BY used DESC")
            total = 0
            for other, size in sizes.fetchall():
                total += size
                if total > self._most and other != key:
                    database.execute("DELETE FROM run WHERE key = ?", (other,))

        self._on_database(action)

    def drop(self, key: str) -> None:
        """Remove what is stored as `key`."""
        self._on_database(
            lambda database: database.execute("DELETE FROM run WHERE key = ?", (key,))
        )

    def entries(self) -> list[Entry]:
        """All entries, the most recently used first."""
        query = "SELECT key, length(data), seconds, used FROM run ORDER BY used DESC"
        return self._on_database(lambda database: [Entry(*row) for row in database.execute(query)])

    def clear(self) -> int:
        """Drop all runs and return their number."""
        return self._on_database(lambda database: database.execute("DELETE FROM run").rowcount)

    def _on_database(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """The result of `action` on the database. A damaged database is replaced by an empty one."""
        try:
            return self._on_whole_database(action)
        except sqlite3.Error as error:
            raise CacheUnusable(
                f"{self._path}: trainings cannot be stored or looked up here: {error}. End the "
                "process that uses the file, or see to disk space and permissions, and run the same "
                "command again"
            ) from None

    def _on_whole_database(self, action: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return self._once(action)
        except sqlite3.DatabaseError as error:
            # Errors of the sqlite3 module itself have no name: undecodable text in a damaged row.
            name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
            # Any other error says that the database is busy, for example, or no space is left.
            if name not in _DAMAGED and not self._path.is_dir():
                raise
        except UnicodeDecodeError:  # sqlite3 cannot decode its own message about a damaged schema
            pass
        # SQLite would apply the journal of the old database to the new one.
        self._path.with_name("runs.db-journal").unlink(missing_ok=True)
        if self._path.is_dir():
            shutil.rmtree(self._path)
        self._path.unlink(missing_ok=True)
        return self._once(action)

    def _once(self, action: Callable[[sqlite3.Connection], T]) -> T:
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as database, database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, data BLOB NOT NULL, "
                "seconds REAL NOT NULL, used REAL NOT NULL)"
            )
            return action(database)
