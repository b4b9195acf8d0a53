"""`make data`: download missing data sets into Keras's cache, and resume a broken download.

Keras's own get_file and pooch begin a broken download again, and bound no size.
"""

from __future__ import annotations

import contextlib
import os
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from autograder.datasets import REMOTE, DatasetUnavailable, find, keras_cache

# Where Keras itself fetches them from.
SOURCE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets"
_CHUNK = 1 << 18
_TIMEOUT = 30.0
_MAX_BYTES = 100_000_000  # bytes; the largest file of either data set has 26 million


def get_missing(console: Console, source: str = SOURCE) -> bool:
    """Fetch and verify every data set that is not on this machine; True if all are there.

    A download that breaks off leaves a `.part` file, with which the next call goes on. A
    file that is not the data set is removed.
    """
    complete = [_complete(name, console, source) for name in REMOTE]
    return all(complete)


def _complete(name: str, console: Console, source: str) -> bool:
    folder = keras_cache() / ("" if name == "mnist" else name)
    try:
        if find(name) is not None:
            console.print(f"{name}: is here", markup=False)
            return True
    except DatasetUnavailable as error:
        console.print(f"{name}: {error}", markup=False)
        if os.environ.get("AUTOGRADER_DATA"):
            return False  # the user's own directory, and not ours to mend
        _remove(folder, name)
    try:
        for file in REMOTE[name]:
            _fetch(f"{source}/{file}", folder / file, console)
        if find(name) is None:
            raise DatasetUnavailable(f"{folder}: has not got the files. Run `make data` again")
    except _Interrupted as error:
        console.print(f"{name}: {error}", markup=False)
        return False
    except DatasetUnavailable as error:
        _remove(folder, name)
        console.print(f"{name}: what came is not the data set: {error}", markup=False)
        return False
    console.print(f"{name}: fetched into {folder}", markup=False)
    return True


def _remove(folder: Path, name: str) -> None:
    for file in REMOTE[name]:
        (folder / file).unlink(missing_ok=True)


class _Interrupted(Exception):
    """A download broke off; what has come so far is kept, or there was no room for it."""


def _fetch(url: str, path: Path, console: Console) -> None:
    """Bring `url` to `path`, whole or not at all; raises _Interrupted."""
    if path.exists():
        return
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(_AlreadyWhole):
            _receive(url, part, console)
        part.replace(path)
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise _Interrupted(
            f"{url}: {reason}. Connect to the network and run `make data` again, or set "
            "AUTOGRADER_DATA to a directory that holds the data"
        ) from None
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _Interrupted(
            f"{part}: {error.strerror or error}. Make room or correct permissions, and run it again"
        ) from None


class _AlreadyWhole(Exception):
    """The server has nothing to add to what is there."""


def _receive(url: str, part: Path, console: Console) -> None:
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own https address
    try:
        answer = urllib.request.urlopen(request, timeout=_TIMEOUT)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code == 416:  # range not satisfiable: the part is the whole
            raise _AlreadyWhole from None
        raise
    with answer, _progress(console) as progress:
        if answer.status != 206:  # the server sends all of it, wanted or not
            have = 0
        length = int(answer.headers.get("Content-Length") or 0)
        if have + length > _MAX_BYTES:
            raise HTTPException(f"{length:,} bytes announced, which is no file of this data set")
        task = progress.add_task(part.stem, total=have + length or None, completed=have)
        with open(part, "ab" if have else "wb") as file:
            while chunk := answer.read(_CHUNK):
                have += len(chunk)
                if have > _MAX_BYTES:
                    raise HTTPException("more bytes than any file of this data set has")
                file.write(chunk)
                progress.update(task, completed=have)
        if answer.length:  # http.client's count of bytes that were announced and did not come
            raise HTTPException("the connection was cut")


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        console=console,
    )
