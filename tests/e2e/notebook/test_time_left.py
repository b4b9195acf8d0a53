"""What a notebook shows while it trains."""

from pathlib import Path

from tests.e2e.notebook.test_checking import run_cells

TRAIN = """
import numpy as np
from autograder import silence_stderr
with silence_stderr():
    import keras
from autograder.notebook import time_left

time_left._INTERVAL = 0
lines = []
class Watched(time_left.TimeLeft):
    def _update(self, text):
        lines.append(text)
        super()._update(text)

model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(2)])
model.compile("sgd", "mse")
for split in (0.0, 0.5):
    model.fit(np.ones((40, 4)), np.ones((40, 2)), epochs=2, batch_size=10, verbose=0,
              validation_split=split, callbacks=[Watched()])
"""


def test_it_counts_epochs_and_ends_with_the_time_it_took(tmp_path: Path) -> None:
    trained, lines = run_cells(TRAIN, "print(*lines, sep='\\n')", tmp_path=tmp_path)
    displayed = [output["data"]["text/plain"] for output in trained if "data" in output]
    assert len(displayed) == 2  # one line a training, which changes in its place
    assert all(text.startswith("trained in ") for text in displayed)
    printed = str(lines[0]["text"]).splitlines()
    assert printed[0].startswith("epoch 1 of 2, about ")
    assert printed[7] == "epoch 2 of 2, about 0 s left"
    epochs = [text.split(",")[0] for text in printed[:8]]
    assert epochs == ["epoch 1 of 2"] * 4 + ["epoch 2 of 2"] * 4
    assert printed[8].startswith("trained in ")
