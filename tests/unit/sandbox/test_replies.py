"""Whatever a reply holds, a test ends in one of the five states, and the grader is not to blame.

`python -m tests.unit.test_replies 100000` tries as many replies as that.
"""

import contextlib
import io
import json
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.models.model import HistoryData
from autograder.models.wire import from_wire
from autograder.results.outcome import Status
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.limits import Limits
from autograder.sandbox.protocol.npy import read_array
from autograder.sandbox.protocol.values import Opaque, decode, encode
from autograder.testing.compare import difference
from autograder.testing.expectation import Expectation
from autograder.testing.verdict import classify

TEXTS = st.text(st.characters(), max_size=8) | st.sampled_from(
    ["$array", "$opaque", "$int", "\ud800", "nan", "\x00", "x" * 300]
)
NUMBERS = st.integers() | st.floats() | st.sampled_from([10**400, -(2**60), 1e308, True])
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
TAGS = st.sampled_from(
    [
        "$tuple",
        "$dict",
        "$float",
        "$int",
        "$array",
        "$scalar",
        "$opaque",
        "$handle",
        "$model",
        "$history",
        "$callback",
    ]
)


def tagged(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Data of every tag, with the right kind of body more often than chance would have it."""
    lists, texts = st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=2)
    other = st.fixed_dictionaries({"kind": st.just("Other"), "class_name": TEXTS})
    metrics = st.dictionaries(TEXTS, st.lists(NUMBERS | TEXTS, max_size=3), max_size=2)
    history = st.fixed_dictionaries({"epochs": inner, "steps": inner, "history": metrics})
    layers = st.lists(texts | other, max_size=2)
    model = st.fixed_dictionaries({"input_shape": inner, "layers": layers})
    return st.one_of(
        st.builds(lambda tag, body: {tag: body}, TAGS, inner | st.integers(-1, 2)),
        st.builds(lambda body: {"$tuple": body}, lists),
        st.builds(lambda body: {"$dict": body}, st.lists(lists, max_size=2)),
        st.builds(lambda body: {"$history": body}, history),
        st.builds(lambda body: {"$model": body}, model),
    )


JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3) | tagged(inner)
    ),
    max_leaves=8,
)
HEADERS = st.sampled_from(
    [
        "{'descr': (",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (True,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 10**30), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1000000000000000000000000000000), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 0), }",
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f8', 'fortran_order': 2, 'shape': (1,), }",
        "{'descr': ('<f8', (0, -1)), 'fortran_order': False, 'shape': (), }",
        "((((((((",
        "'\\ud800'",
        "\x00",
    ]
) | st.text(max_size=60)


def npy(header: str, data: bytes = b"\x00" * 8) -> bytes:
    """An npy file with this text as its header."""
    text = header.encode("utf-8", "replace") + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


def npy_of(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, allow_pickle=False)
    return stream.getvalue()


BLOBS = st.lists(
    st.builds(npy, HEADERS)
    | st.binary(max_size=40)
    | st.sampled_from([npy_of(np.array([np.nan, 1.0])), npy_of(np.array(3, np.uint8))]),
    max_size=3,
)
REPLIES = st.fixed_dictionaries({}, optional={
    "value": JSON,
    "not_attempted": LEAVES,
    "out_of_time": LEAVES,
    "raised": JSON | st.fixed_dictionaries({"type": TEXTS, "message": TEXTS, "traceback": TEXTS}),
})  # fmt: skip
EXPECTED = st.sampled_from(
    [3, 0.5, True, None, "same", (28, 28), [1, 2], {"a": 1}, np.zeros((2, 2)), np.array([1.0, 2.0])]
)


def state(reply: dict[str, Any], blobs: list[bytes], expected: object) -> Status:
    """The state in which a test ends that gets this reply and compares it, as the grading does."""
    # As it comes through the pipe: what is no JSON does not come.
    try:
        sent = json.loads(json.dumps(reply, allow_nan=False))
    except (ValueError, RecursionError):
        sent = {}
    limits = Limits()
    student = SandboxedStudent(Session(limits), limits)
    error: BaseException | None = None
    try:
        returned = student._result("answer", {**sent, "blobs": blobs}, 1.0)
        Expectation(student, "answer", lambda: "called answer()", returned).returns(expected)
    except BaseException as raised:
        error = raised
    status, message, _help, trace = classify(error)
    assert status is not Status.GRADER_ERROR, (message, trace)
    return status


def replies_end_in_a_state(examples: int) -> None:
    """Try as many replies; raises AssertionError for one that ends as a grader error."""
    wanted = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

    @wanted
    @given(REPLIES, BLOBS, EXPECTED)
    def replies(reply: dict[str, Any], blobs: list[bytes], expected: object) -> None:
        state(reply, blobs, expected)

    replies()


def test_any_reply_ends_in_a_state() -> None:
    replies_end_in_a_state(300)


@settings(deadline=None)
@given(HEADERS)
def test_any_npy_header_is_an_array_or_refused(header: str) -> None:
    with contextlib.suppress(ValueRefused):
        assert isinstance(read_array(npy(header)), np.ndarray)


def test_a_number_that_no_float_holds_is_a_wrong_one() -> None:
    assert difference(10**400, 0.5) == ""
    assert difference([10**400], [0.5]) == ""
    assert state({"value": {"$int": hex(10**400)}}, [], 0.5) is Status.FAILED


@pytest.mark.parametrize("expected", [(1, 2), [np.zeros(2), np.zeros(2)]])
def test_an_object_is_not_compared_as_a_pair(expected: object) -> None:
    zipped = Opaque("zip", "<zip object>")
    line = difference(zipped, expected)
    assert line == f"the type is zip; expected {type(expected).__name__}"


def test_where_an_object_stood_in_memory_is_not_told() -> None:
    blobs: list[bytes] = []
    assert repr(decode(encode(zip([1]), blobs), blobs)) == "<zip object>"


def test_losses_without_end_are_a_history() -> None:
    body = {"epochs": 2, "steps": 3, "history": {"loss": ["nan", "inf"], "accuracy": [0.5, 0.25]}}
    history = from_wire("$history", body)
    assert isinstance(history, HistoryData)
    assert np.isnan(history.history["loss"][0])
    assert history.history["loss"][1] == float("inf")


if __name__ == "__main__":
    replies_end_in_a_state(int(sys.argv[1]))
    print(f"{int(sys.argv[1]):,} replies, each ended in a state")
