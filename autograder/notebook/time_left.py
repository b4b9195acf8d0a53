"""A Keras callback that shows how far a training is, and how long it still takes."""

from __future__ import annotations

import time
from typing import Any

import keras

from autograder._util.i18n import gettext as _

_INTERVAL = 1.0  # seconds from one line to the next


class TimeLeft(keras.callbacks.Callback):
    """Shows one line below the cell while `fit` runs: the epoch, and about how many seconds are left.

    Example:
        model.fit(images, labels, epochs=30, verbose=0, callbacks=[TimeLeft()])

    """

    def on_train_begin(self, logs: Any = None) -> None:
        """Begin to measure."""
        from IPython.display import display

        self._batches, self._started, self._shown_at = 0, time.monotonic(), 0.0
        self._handle = display({"text/plain": ""}, raw=True, display_id=True)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Note the epoch."""
        self._epoch = epoch + 1

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Count the batch, and show the line if it is older than a second."""
        self._batches += 1
        if time.monotonic() - self._shown_at > _INTERVAL:
            self._show()

    def on_train_end(self, logs: Any = None) -> None:
        """Show how long it took."""
        seconds = time.monotonic() - self._started
        self._update(_("trained in {seconds:.0f} s").format(seconds=seconds))

    def _show(self) -> None:
        epochs, steps = self.params["epochs"], self.params["steps"] or 0
        progress = _("epoch {epoch} of {epochs}").format(epoch=self._epoch, epochs=epochs)
        if steps:
            share = self._batches / (epochs * steps)
            left = (time.monotonic() - self._started) * (1 - share) / share
            progress += _(", about {seconds:.0f} s left").format(seconds=max(left, 0))
        self._update(progress)

    def _update(self, text: str) -> None:
        self._shown_at = time.monotonic()
        if self._handle is not None:  # None without a notebook
            self._handle.update({"text/plain": text}, raw=True)
