"""Limits hold in total, however many parts an attacker makes of it."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from autograder.sandbox.host.outputs import OutputBudget, clean_outputs
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.values import decode, encode


def test_a_blob_that_is_named_many_times_counts_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs: list[bytes] = []
    array = encode(np.zeros(1_000), blobs)
    monkeypatch.setattr(values, "MAX_BYTES", 10 * len(blobs[0]))
    assert len(decode([array] * 10, blobs)) == 10
    with pytest.raises(ValueRefused, match="bytes together"):
        decode([array] * 11, blobs)


def text(length: int) -> dict[str, object]:
    """An output that counts as `length` characters."""
    return {"output_type": "stream", "name": "stdout", "text": "x" * (length - 10)}


def test_outputs_over_the_limit_of_all_cells_are_left_out_with_a_line() -> None:
    budget = OutputBudget(600)
    assert budget.fit("a", [text(100)]) == [text(100)]
    assert budget.fit("b", [text(200), text(300)]) == [text(200), text(300)]
    (line,) = budget.fit("c", [text(10), text(20)])
    assert "left out here" in line["text"]
    assert budget.fit("d", []) == []


def test_many_small_outputs_are_left_out_too() -> None:
    budget = OutputBudget(10**9)
    kept = [budget.fit(str(number), [text(11)] * 100) for number in range(60)]
    assert sum(map(len, kept)) < 1_000 + 60 + 1
    assert "left out here" in kept[-1][0]["text"]


def test_what_a_cell_showed_in_a_process_that_ended_counts_no_more() -> None:
    budget = OutputBudget(600)
    assert [budget.fit("a", [text(500)]) for _ in range(3)] == [[text(500)]] * 3
    assert "left out here" in budget.fit("b", [text(500)])[0]["text"]
    assert budget.fit("a", [text(50)]) == [text(50)]
    assert budget.fit("b", [text(500)]) == [text(500)]


@pytest.mark.parametrize("keys", [range, lambda n: [number * (2**61 - 1) for number in range(n)]])
def test_keys_that_may_all_collide_are_few(keys: Callable[[int], Iterable[int]]) -> None:
    """Every multiple of 2**61 - 1 has the hash 0: a hundred thousand of them took minutes."""
    few = encode(dict.fromkeys(keys(values.MAX_NUMBER_KEYS)), [])
    assert len(decode(few, [])) == values.MAX_NUMBER_KEYS
    half = encode(dict.fromkeys(keys(values.MAX_NUMBER_KEYS // 2 + 1)), [])
    with pytest.raises(ValueRefused, match="keys that are no texts"):
        decode([half, half], [])
    texts = {str(number): number for number in range(values.MAX_NUMBER_KEYS + 1)}
    assert decode(encode(texts, []), []) == texts


@pytest.mark.parametrize("count", [-1, True, 2**80, 1.0, "1"])
def test_a_number_that_no_notebook_takes_is_left_out_of_an_output(count: object) -> None:
    result = {"output_type": "execute_result", "data": {"text/plain": "3"}}
    (output,) = clean_outputs([{**result, "execution_count": count}], 1_000)
    assert output["execution_count"] is None
    (output,) = clean_outputs([{**result, "execution_count": 7}], 1_000)
    assert output["execution_count"] == 7


@pytest.mark.parametrize("shape", [(2**40, 0), (0, 2**40), (2_000, 2_000, 0), (2**40, 2**40, 0)])
def test_an_empty_array_has_no_millions_of_rows(shape: tuple[int, ...]) -> None:
    """One of shape (2**40, 0) has no data; tolist() makes as many lists of it."""
    blobs: list[bytes] = []
    data = encode(np.empty((0, 28, 28)), blobs)
    assert decode(data, blobs).shape == (0, 28, 28)
    blobs[0] = blobs[0].replace(b"(0, 28, 28), }" + b" " * 40, f"{shape}, }}".encode().ljust(54))
    assert str(shape).encode() in blobs[0]
    with pytest.raises(ValueRefused, match="a shape that is none"):
        decode(data, blobs)
