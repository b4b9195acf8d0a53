"""`make data`: whole files or none, going on where it stopped, and one line for what went wrong."""

import errno
import gzip
import hashlib
import http.client
import os
import resource
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from autograder import datasets
from autograder.datasets import download, sources


class Server(ThreadingHTTPServer):
    """Serves `files`; `cut` ends an answer after so many bytes; `requests` were made."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.cut: int | None = None
        self.requests: list[tuple[str, str | None]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        self.server.requests.append((self.path[1:], wanted))
        if self.path[1:] not in self.server.files:
            self.send_error(404)
            return
        data = self.server.files[self.path[1:]]
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if start >= len(data):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self.wfile.write(data[start:][: self.server.cut])

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with a tiny MNIST, which is all that the kit wants for now."""
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (30, 28, 28), np.uint8)
    data_set = [
        images[:20],
        np.arange(20, dtype=np.uint8),
        images[20:],
        np.arange(10, dtype=np.uint8),
    ]
    names = ("x_train", "y_train", "x_test", "y_test")
    np.savez(tmp_path / "made.npz", **dict(zip(names, data_set, strict=True)))
    monkeypatch.delenv("AUTOGRADER_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    digests = tuple(hashlib.sha256(array).hexdigest() for array in data_set)
    monkeypatch.setitem(sources._DIGESTS, "mnist", digests)
    for module in (sources, download):
        monkeypatch.setattr(module, "REMOTE", {"mnist": ("mnist.npz",)})
    with Server() as server:
        server.files["mnist.npz"] = (tmp_path / "made.npz").read_bytes()
        # It looks every 10 ms whether it is to end; half a second, as usual, is half a second a test.
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def get(server: Server, capsys: pytest.CaptureFixture[str]) -> tuple[bool, str]:
    source = f"http://127.0.0.1:{server.server_address[1]}"
    complete = download.get_missing(Console(soft_wrap=True), source)
    return complete, capsys.readouterr().out


def files(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "keras").rglob("*") if path.is_file()}


def test_what_is_missing_is_fetched_once(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert get(server, capsys)[0]
    complete, output = get(server, capsys)
    assert (complete, output) == (True, "mnist: is here\n")
    assert server.requests == [("mnist.npz", None)]
    assert files(tmp_path) == {"mnist.npz"}
    assert datasets.load_mnist()[1][1].tolist() == list(range(10))


def test_a_cut_download_goes_on_where_it_stopped(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.cut = 10_000
    complete, output = get(server, capsys)
    assert not complete
    assert "run `make data` again" in output
    assert files(tmp_path) == {"mnist.npz.part"}
    server.cut = None
    assert get(server, capsys)[0]
    assert server.requests == [("mnist.npz", None), ("mnist.npz", "bytes=10000-")]
    assert files(tmp_path) == {"mnist.npz"}


def test_a_part_that_is_the_whole(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = tmp_path / "keras" / "datasets" / "mnist.npz.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(server.files["mnist.npz"])
    assert get(server, capsys)[0]


@pytest.mark.parametrize(
    "content", [b"a login page", gzip.compress(b"x" * 99)], ids=["a page", "a gzip file"]
)
def test_what_is_not_the_data_set_is_not_kept(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    server.files["mnist.npz"] = content
    complete, output = get(server, capsys)
    assert not complete
    assert "what came is not the data set" in output
    assert files(tmp_path) == set()


def test_a_damaged_file_in_the_cache_is_fetched_anew(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "keras" / "datasets" / "mnist.npz"
    path.parent.mkdir(parents=True)
    path.write_bytes(server.files["mnist.npz"][:9_000])
    assert get(server, capsys)[0]


def test_the_users_own_directory_is_not_touched(
    server: Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AUTOGRADER_DATA", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mnist.npz").write_bytes(b"half of it")
    complete, output = get(server, capsys)
    assert not complete
    assert "mnist.npz: cannot be read" in output
    assert (tmp_path / "own" / "mnist.npz").read_bytes() == b"half of it"
    assert server.requests == []


def test_offline(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    complete = download.get_missing(Console(soft_wrap=True), "http://127.0.0.1:1")
    assert not complete
    assert "Connect to the network and run `make data` again" in capsys.readouterr().out


def test_no_room(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, before[1]))
    try:
        complete, output = get(server, capsys)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not complete
    assert "Make room" in output
    assert files(tmp_path) == set()


@pytest.mark.parametrize("number", [errno.EHOSTUNREACH, errno.ENETDOWN])
def test_a_network_that_goes_away_is_no_full_disk(
    server: Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    read = http.client.HTTPResponse.read
    reads = []

    def once(answer: http.client.HTTPResponse, count: int) -> bytes:
        reads.append(count)
        if len(reads) > 1:
            raise OSError(number, os.strerror(number))
        return read(answer, 10_000)

    monkeypatch.setattr(http.client.HTTPResponse, "read", once)
    complete, output = get(server, capsys)
    assert not complete
    assert os.strerror(number) in output
    assert "Connect to the network and run `make data` again" in output
    assert (tmp_path / "keras" / "datasets" / "mnist.npz.part").stat().st_size == 10_000
