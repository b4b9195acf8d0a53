"""Training runs on disk: SQLite holds them, and one process at a time makes one."""

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

UNFINISHED = ".unfinished"  # behind the key of a run: its state where it was broken off
_MAX_BYTES = 500 * 2**20
_DIGEST_SIZE = hashlib.sha256().digest_size  # each run is kept behind its SHA-256
# What SQLite says of a file that is no database of this cache any more, or has a damaged schema.
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR"}
T = TypeVar("T")


class Entry(NamedTuple):
    """One kept run: its key, its size in bytes, what it took to train, when it was last used."""

    key: str
    size: int
    seconds: float
    used: float


class TrainingCache:
    """Runs by key, the least recently used ones dropped when all together are over `most` bytes.

    Safe for processes that run side by side, and for one that is killed at any moment: a
    run is there whole or not at all, and the lock of a dead process is free.
    """

    def __init__(self, directory: Path, most: int = _MAX_BYTES) -> None:
        self._directory = directory
        self._path = directory / "runs.db"
        self._most = most
        (directory / "locks").mkdir(parents=True, exist_ok=True)

    @contextmanager
    def claim(self, key: str) -> Iterator[bytes | None]:
        """The run of `key`, or None: then it is the caller's to make and put, meanwhile.

        Others who claim the same key wait until the caller is done or dead.
        """
        lock = FileLock(self._directory / "locks" / key)
        with lock:
            yield self.get(key)

    def get(self, key: str) -> bytes | None:
        """What is kept as `key`, if it is there and is what was put there."""

        def action(database: sqlite3.Connection) -> object:
            found = database.execute("SELECT data FROM run WHERE key = ?", (key,)).fetchone()
            database.execute("UPDATE run SET used = ? WHERE key = ?", (time.time(), key))
            return found[0] if found else b""

        stored = self._on_database(action)
        if not isinstance(stored, bytes):
            return None
        data = stored[_DIGEST_SIZE:]
        return data if hashlib.sha256(data).digest() == stored[:_DIGEST_SIZE] else None

    def put(self, key: str, data: bytes, seconds: float) -> None:
        """Keep a run, and drop old ones to make room for it."""
        stored = hashlib.sha256(data).digest() + data

        def action(database: sqlite3.Connection) -> None:
            row = (key, stored, seconds, time.time())
            database.execute("INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?)", row)
            sizes = database.execute("SELECT key, length(data) FROM run ORDER BY used DESC")
            kept = 0
            for old, size in sizes.fetchall():
                kept += size
                if kept > self._most and old != key:
                    database.execute("DELETE FROM run WHERE key = ?", (old,))

        self._on_database(action)

    def drop(self, key: str) -> None:
        """Keep nothing as `key` any longer."""
        self._on_database(
            lambda database: database.execute("DELETE FROM run WHERE key = ?", (key,))
        )

    def entries(self) -> list[Entry]:
        """What is kept, the last used first."""
        query = "SELECT key, length(data), seconds, used FROM run ORDER BY used DESC"
        return self._on_database(lambda database: [Entry(*row) for row in database.execute(query)])

    def clear(self) -> int:
        """Drop all runs and say how many there were."""
        return self._on_database(lambda database: database.execute("DELETE FROM run").rowcount)

    def _on_database(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """What `action` makes of the database; one that is none any more is begun anew."""
        try:
            return self._once(action)
        except sqlite3.DatabaseError as error:
            # The module's own errors have no name: text that is none, where a row is damaged.
            name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
            if name not in _DAMAGED and not self._path.is_dir():  # but busy, or without space
                raise
        except UnicodeDecodeError:  # a damaged schema, of which sqlite3 cannot even say so
            pass
        # The journal of one database would spoil the next.
        self._path.with_name("runs.db-journal").unlink(missing_ok=True)
        if self._path.is_dir():
            shutil.rmtree(self._path)
        self._path.unlink(missing_ok=True)
        return self._once(action)

    def _once(self, action: Callable[[sqlite3.Connection], T]) -> T:
        # A minute: as long as a slow disk may keep another process writing.
        with closing(sqlite3.connect(self._path, timeout=60)) as database, database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, data BLOB NOT NULL, "
                "seconds REAL NOT NULL, used REAL NOT NULL)"
            )
            return action(database)
