"""A PostgreSQL server for a test: Debian's, in a directory of its own, reached by a socket in it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = (*Path("/usr/lib/postgresql").glob("*/bin"), Path(shutil.which("pg_ctl") or "").parent)
BIN = next((path for path in _PLACES if (path / "initdb").exists()), None)
MISSING = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
_SETTINGS = "-c listen_addresses='' -c fsync=off -c unix_socket_directories="


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database; it is gone afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 bytes at most
    try:
        if os.geteuid() == 0:  # as whom PostgreSQL refuses to run
            user = pwd.getpwnam("postgres")
            os.chown(directory, user.pw_uid, user.pw_gid)
        directory.chmod(0o755)
        data = str(directory / "data")
        _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C")
        log = str(directory / "log")
        _run("pg_ctl", "-D", data, "-l", log, "-w", "-o", f"{_SETTINGS}{directory}", "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={directory}"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    assert BIN is not None
    command = [str(BIN / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    # Its server keeps what it inherits open: no pipe.
    subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, check=True)
