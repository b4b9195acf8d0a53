"""Finished training runs on disk: SQLite holds them, and one process at a time makes one."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

_MOST_BYTES = 500 * 2**20


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

    def __init__(self, directory: Path, most: int = _MOST_BYTES) -> None:
        self._directory = directory
        self._most = most
        (directory / "locks").mkdir(parents=True, exist_ok=True)
        try:
            self._create()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # not a database: it is a cache, so begin anew
            (directory / "runs.db").unlink()
            self._create()

    def _create(self) -> None:
        with self._open() as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, data BLOB NOT NULL, "
                "seconds REAL NOT NULL, used REAL NOT NULL)"
            )

    @contextmanager
    def claim(self, key: str) -> Iterator[bytes | None]:
        """The run of `key`, or None: then it is the caller's to make and put, meanwhile.

        Others who claim the same key wait until the caller is done or dead.
        """
        lock = FileLock(self._directory / "locks" / key)
        with lock:
            yield self._get(key)

    def put(self, key: str, data: bytes, seconds: float) -> None:
        """Keep a run, and drop old ones to make room for it."""
        with self._open() as database:
            database.execute(
                "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?)", (key, data, seconds, time.time())
            )
            sizes = database.execute("SELECT key, length(data) FROM run ORDER BY used DESC")
            kept = 0
            for old, size in sizes.fetchall():
                kept += size
                if kept > self._most and old != key:
                    database.execute("DELETE FROM run WHERE key = ?", (old,))

    def entries(self) -> list[Entry]:
        """What is kept, the last used first."""
        with self._open() as database:
            rows = database.execute(
                "SELECT key, length(data), seconds, used FROM run ORDER BY used DESC"
            )
            return [Entry(*row) for row in rows]

    def clear(self) -> int:
        """Drop all runs and say how many there were."""
        with self._open() as database:
            return database.execute("DELETE FROM run").rowcount

    def _get(self, key: str) -> bytes | None:
        with self._open() as database:
            row = database.execute("SELECT data FROM run WHERE key = ?", (key,)).fetchone()
            if row is not None:
                database.execute("UPDATE run SET used = ? WHERE key = ?", (time.time(), key))
            return None if row is None else bytes(row[0])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        path = self._directory / "runs.db"
        # A minute: as long as a slow disk may keep another process writing.
        with closing(sqlite3.connect(path, timeout=60)) as database, database:
            yield database
