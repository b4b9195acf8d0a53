"""Put the rates that an own learning-rate schedule gave in a sandbox into the data of its model."""

from __future__ import annotations

import msgspec
import numpy as np

from autograder._util.i18n import gettext as _
from autograder.keras_objects.schedules import MAX_BATCHES, OtherSchedule, OwnSchedule
from autograder.models.model import ModelData
from autograder.models.recipe_rules import RecipeRefused

KEY = "batch_rates"  # of a recipe as a sandbox sends it
_HIGHEST = 100
_LONGEST_REASON = 300


def with_rates(model: ModelData, rates: object) -> ModelData:
    """The same model with a schedule that has the rate of each batch.

    Args:
        model: a model that was compiled with a schedule which the kit does not know.
        rates: what the sandbox sent: a row of float32, or the reason why there is none.

    Raises:
        RecipeRefused: there are no rates, or they are none to train with.

    """
    compiled = model.compiled
    assert compiled is not None
    schedule = compiled.schedule
    assert isinstance(schedule, OtherSchedule)
    name = schedule.class_name
    if not isinstance(rates, np.ndarray):
        raise RecipeRefused(
            _(
                "the rates of the schedule {name} could not be computed from the numbers of the batches: "
                "{reason}; give learning_rates, one for each epoch, or one of keras.optimizers.schedules"
            ).format(name=name, reason=str(rates)[:_LONGEST_REASON])
        )
    if rates.ndim != 1 or rates.dtype != np.float32 or not 1 <= rates.size <= MAX_BATCHES:
        raise RecipeRefused(_("the schedule {name} gives no row of rates").format(name=name))
    wrong = np.flatnonzero(~((rates >= 0) & (rates <= _HIGHEST)))  # also nan
    if wrong.size:
        raise RecipeRefused(
            _(
                "the schedule {name} gives batch {batch:,} the learning rate {rate:g}; it must be from "
                "0 to {highest}"
            ).format(name=name, batch=wrong[0], rate=rates[wrong[0]], highest=_HIGHEST)
        )
    if not rates.any():
        raise RecipeRefused(
            _("the schedule {name} gives each batch the learning rate 0").format(name=name)
        )
    changes = np.flatnonzero(rates != rates[-1])  # the last rate holds for all that follow
    needed = int(changes[-1]) + 2 if changes.size else 1
    by_batch = OwnSchedule(tuple(rates[:needed].tolist()))
    return msgspec.structs.replace(
        model, compiled=msgspec.structs.replace(compiled, schedule=by_batch)
    )


def has_own_schedule(model: ModelData) -> bool:
    """Whether a model was compiled with a schedule that the kit does not know."""
    return model.compiled is not None and isinstance(model.compiled.schedule, OtherSchedule)
