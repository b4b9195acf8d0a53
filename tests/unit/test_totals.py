"""Limits hold in total, however many parts an attacker makes of it."""

import numpy as np
import pytest

from autograder.jail import values
from autograder.jail.outputs import fit, total_size
from autograder.jail.values import ValueRefused, decode, encode


def test_a_blob_that_is_named_many_times_counts_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs: list[bytes] = []
    array = encode(np.zeros(1_000), blobs)
    monkeypatch.setattr(values, "MAX_BYTES", 10 * len(blobs[0]))
    assert len(decode([array] * 10, blobs)) == 10
    with pytest.raises(ValueRefused, match="bytes together"):
        decode([array] * 11, blobs)


def text(length: int) -> dict[str, object]:
    return {"output_type": "stream", "name": "stdout", "text": "x" * length}


def test_outputs_over_the_limit_of_all_cells_are_left_out_with_a_line() -> None:
    outputs = [text(100), text(200), text(300)]
    assert fit(outputs, total_size(outputs)) == outputs
    kept = fit(outputs, total_size(outputs) - 1)
    assert kept[:2] == outputs[:2]
    assert "left out here" in kept[2]["text"]
    assert len(kept) == 3
    assert [len(fit(outputs, limit)) for limit in (0, 50)] == [1, 1]
    assert fit([], 0) == []
