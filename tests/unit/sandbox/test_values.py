"""What crosses the sandbox's wall comes out equal; everything else is refused before use."""

import io
import json
import os
import tempfile
import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.sandbox.protocol import frames
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.npy import read_array
from autograder.sandbox.protocol.values import MAX_DEPTH, Handle, Opaque, decode, encode

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
)
arrays = npst.arrays(
    st.sampled_from(["?", "i1", "u1", "i4", "i8", "f2", "f4", "f8", ">f4"]),
    npst.array_shapes(min_dims=0, max_dims=4, max_side=4),
)
keys = st.text(max_size=5) | st.integers() | st.integers(-9, 9).map(np.int64)
plain = st.recursive(
    scalars | arrays,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=10,
)


def same(a: object, b: object) -> bool:
    if isinstance(a, np.ndarray | np.generic):
        assert type(a) is type(b)
        return np.array_equal(a, b, equal_nan=a.dtype.kind == "f") and a.dtype == b.dtype
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return type(b) is dict and list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and (a == b or (a != a and b != b))


@given(plain)
def test_plain_data_survives_the_crossing(value: object) -> None:
    blobs: list[bytes] = []
    data = json.loads(json.dumps(encode(value, blobs), allow_nan=False))
    assert same(value, decode(data, blobs))


def test_a_handle_keeps_its_nested_handle() -> None:
    handle = Handle("compile_model", (Handle("build", ()), 3))
    assert decode(encode(handle, []), []) == handle


class LyingInt(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class LyingArray(np.ndarray):
    pass


@pytest.mark.parametrize(
    "value",
    [LyingInt(3), np.zeros(2).view(LyingArray), {1, 2}, object(), np.array(["a"]), 10**2000],
)
def test_what_is_no_plain_data_crosses_as_its_name_only(value: object) -> None:
    crossed = decode(encode(value, []), [])
    assert isinstance(crossed, Opaque)
    assert crossed != 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            {9, 5, 30},
            "{30, 5, 9}",
        ),  # in the order of the texts: one value may differ from process to process
        (frozenset({1}), "frozenset({1})"),
        (set(), "set()"),
    ],
)
def test_a_set_reads_the_same_in_any_process(value: object, text: str) -> None:
    crossed = decode(encode(value, []), [])
    assert isinstance(crossed, Opaque)
    assert str(crossed) == text


def npy(array: np.ndarray, **kwargs: bool) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, **kwargs)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\x93NUMPY",
        npy(np.zeros(3))[:-1],
        npy(np.zeros(3)) + b"\0",
        npy(np.array([{}], dtype=object), allow_pickle=True),
        npy(np.zeros(2, dtype=[("a", "f4")])),
        b"\x93NUMPY\x01\x00\x76\x00"
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }".ljust(117)
        + b"\n",
    ],
)
def test_an_array_is_refused_before_it_is_made(blob: bytes) -> None:
    with pytest.raises(ValueRefused):
        read_array(blob)


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "data",
    [
        {"$unknown": 1},
        {"$tuple": 3},
        {"$array": 0},
        {"$array": True},
        {"$int": "zz"},
        {"$float": "1"},
        {"$dict": [[[1], 2]]},
        {"$dict": [[1]]},
        {"a": 1, "b": 2},
        2**60,
        nested(MAX_DEPTH + 2),
    ],
)
def test_data_in_no_known_form_is_refused(data: object) -> None:
    with pytest.raises(ValueRefused):
        decode(data, [])


def send(raw: bytes) -> object:
    with tempfile.TemporaryFile() as file:  # a pipe would block on what nobody reads
        file.write(raw)
        file.seek(0)
        return frames.read_frame(file.fileno(), time.monotonic() + 5)


def frame(header: bytes, body: bytes = b"") -> bytes:
    return len(header).to_bytes(4, "big") + header + body


def test_frames_come_back_with_their_blobs() -> None:
    source, sink = os.pipe()
    blobs = [b"", b"x" * 300_000]
    writer = threading.Thread(target=frames.write_frame, args=(sink, {"a": [1, None]}, blobs))
    writer.start()
    assert frames.read_frame(source, time.monotonic() + 5) == ({"a": [1, None]}, blobs)
    writer.join()
    os.close(source)
    os.close(sink)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xff\xff\xff",
        frame(b"not json"),
        frame(b'{"body": NaN, "blobs": []}'),
        frame(b"[]"),
        frame(b'{"body": 1, "blobs": [-1]}'),
        frame(b'{"body": 1, "blobs": [true]}'),
        frame(b'{"body": 1, "blobs": [99999999999999]}'),
        frame(b'{"body": 1, "blobs": [5]}', b"abc"),
        frame(b"[" * 100_000),
        b"",
    ],
)
def test_bytes_that_are_no_frame_are_refused(raw: bytes) -> None:
    with pytest.raises(frames.WireError):
        send(raw)


def test_a_silent_pipe_ends_at_the_deadline() -> None:
    source, sink = os.pipe()
    with pytest.raises(frames.WireTimeout):
        frames.read_frame(source, time.monotonic() + 0.05)
    os.close(source)
    os.close(sink)
