"""`make data`: download missing data sets into Keras's cache, and resume interrupted downloads.

Keras's own get_file and pooch restart an interrupted download, and limit no size.
"""

from __future__ import annotations

import contextlib
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from autograder.datasets.sources import REMOTE, find, keras_cache
from autograder.datasets.unavailable import DatasetUnavailable

# The server that Keras itself downloads from.
SOURCE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets"
_CHUNK = 1 << 18
_TIMEOUT = 30.0
_MAX_BYTES = 100_000_000  # bytes; the largest file of either data set has 26 million


def get_missing(console: Console, source: str = SOURCE) -> bool:
    """Download and verify every data set that is not on this machine; True if all are there.

    An interrupted download leaves a `.part` file, which the next call continues. A file with other
    data is removed.
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
            return False  # the user's own directory, which the kit must not change
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
    """A download was interrupted; the part so far was kept, or could not be stored."""


def _fetch(url: str, path: Path, console: Console) -> None:
    """Download `url` to `path`, completely or not at all. Raises _Interrupted."""
    if path.exists():
        return
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(_AlreadyComplete):
            _receive(url, part, console)
        part.replace(path)
    except (urllib.error.URLError, HTTPException) as error:
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


class _AlreadyComplete(Exception):
    """The server has no more bytes than the part."""


def _receive(url: str, part: Path, console: Console) -> None:
    size = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={size}-"} if size else {}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own https address
    try:
        with _of_the_network():
            answer = urllib.request.urlopen(request, timeout=_TIMEOUT)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code == 416:  # range not satisfiable: the part is complete
            raise _AlreadyComplete from None
        raise
    with answer, _progress(console) as progress:
        if answer.status != 206:  # the server ignores the range and sends everything
            size = 0
        length = int(answer.headers.get("Content-Length") or 0)
        if size + length > _MAX_BYTES:
            raise HTTPException(f"{length:,} bytes announced, which is no file of this data set")
        task = progress.add_task(part.stem, total=size + length or None, completed=size)
        with open(part, "ab" if size else "wb") as file:
            while chunk := _chunk(answer):
                size += len(chunk)
                if size > _MAX_BYTES:
                    raise HTTPException("more bytes than any file of this data set has")
                file.write(chunk)
                progress.update(task, completed=size)
        if answer.length:  # http.client's count of announced bytes that did not arrive
            raise HTTPException("the connection was cut")


def _chunk(answer: HTTPResponse) -> bytes:
    with _of_the_network():
        return answer.read(_CHUNK)


@contextlib.contextmanager
def _of_the_network() -> Iterator[None]:
    """Raise each error as one of the network: an unreachable host, say, is a plain OSError, as a full disk is."""
    try:
        yield
    except urllib.error.URLError:
        raise
    except OSError as error:
        raise urllib.error.URLError(error) from None


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        console=console,
    )
