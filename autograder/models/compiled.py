"""How a student's model was compiled, as validated data."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from autograder.keras_objects.base import Name
from autograder.keras_objects.schedules import Schedule


class Compiled(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings with which a model was compiled; names are Keras's in snake_case.

    `settings` are the optimizer's arguments except the learning rate. If a `schedule` sets the
    learning rate, `learning_rate` is its current value. `loss_settings` are the loss's arguments
    other than `from_logits`. `left_out` names what would train the model otherwise than these fields
    say, such as "loss_weights".
    """

    optimizer: Name
    learning_rate: float
    loss: Name
    from_logits: bool = False
    metrics: Annotated[tuple[Name, ...], Meta(max_length=20)] = ()
    schedule: Schedule | None = None
    settings: Annotated[dict[Name, float | bool | None], Meta(max_length=30)] = {}
    loss_settings: Annotated[dict[Name, float], Meta(max_length=30)] = {}
    left_out: Annotated[tuple[Name, ...], Meta(max_length=30)] = ()
