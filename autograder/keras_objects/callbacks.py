"""The supported callbacks as validated data, with Keras's names, arguments and defaults."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from autograder.keras_objects.base import KerasObject, Name, Rate

_Epochs = Annotated[int, Meta(ge=0, le=1_000)]
MONITORED = ("loss", "accuracy", "val_loss", "val_accuracy")
# Other names of the same number, as a model that was compiled with another name reports it.
_ACCURACY = ("acc", "sparse_categorical_accuracy", "categorical_accuracy")
SAME = {f"{begin}{name}": f"{begin}accuracy" for name in _ACCURACY for begin in ("", "val_")}
# Keras's callbacks that only watch.
WATCHING = (
    "BackupAndRestore", "CSVLogger", "History", "ModelCheckpoint", "ProgbarLogger", "RemoteMonitor",
    "TensorBoard", "TerminateOnNaN",
)  # fmt: skip


class EarlyStopping(KerasObject, frozen=True, tag="EarlyStopping"):
    """keras.callbacks.EarlyStopping: stops after `patience` epochs without improvement of `monitor`.

    An improvement is larger than `min_delta`, in units of `monitor`.
    """

    monitor: Name = "val_loss"
    min_delta: Annotated[float, Meta(ge=0)] = 0.0
    patience: _Epochs = 0
    mode: Literal["auto", "min", "max"] = "auto"
    baseline: float | None = None
    restore_best_weights: bool = False
    start_from_epoch: _Epochs = 0


class ReduceLROnPlateau(KerasObject, frozen=True, tag="ReduceLROnPlateau"):
    """keras.callbacks.ReduceLROnPlateau: lowers the rate after `patience` epochs without improvement.

    It multiplies the learning rate by `factor`, down to `min_lr`, then waits `cooldown` epochs.
    """

    monitor: Name = "val_loss"
    factor: Annotated[float, Meta(ge=0, lt=1)] = 0.1
    patience: _Epochs = 10
    mode: Literal["auto", "min", "max"] = "auto"
    min_delta: Annotated[float, Meta(ge=0)] = 1e-4
    cooldown: _Epochs = 0
    min_lr: Rate = 0.0


class WatchingCallback(KerasObject, frozen=True, tag="WatchingCallback"):
    """A callback that prints or saves, and changes nothing in training; the kit leaves it out."""

    class_name: Name


class OtherCallback(KerasObject, frozen=True, tag="OtherCallback"):
    """A callback that the kit does not support, of which only the class's name is known."""

    class_name: Name


Callback = EarlyStopping | ReduceLROnPlateau | WatchingCallback | OtherCallback
