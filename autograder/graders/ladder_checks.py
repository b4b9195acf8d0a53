"""Checks shared by the graders of assignment 5."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.graders.fashion_ladder_help import HELP, TRAINING_CRASHES
from autograder.graders.ladder_layers import RUNGS
from autograder.keras_objects import OPTIMIZERS
from autograder.models import (
    HistoryData,
    Recipe,
    RecipeRefused,
    Trained,
    check_model,
    read_recipe,
)
from autograder.results import Mismatch
from autograder.testing import N_, Expectation, Student, compare_layers, crash_help
from autograder.testing import gettext as _


def trained_on(student: Student, images: np.ndarray, labels: np.ndarray) -> Trained:
    """The model that the student's `train` returns; raises Mismatch if it cannot be used."""
    called = called_train(len(images))
    with crash_help(TRAINING_CRASHES):
        trained = student.train("train", images, labels)
    if not isinstance(trained, Trained):
        text = _("nothing (None)") if trained is None else f"{trained!r:.200}"
        keys = {type(None): "own-nothing", HistoryData: "own-history"}
        help_text = HELP.get(keys.get(type(trained), ""))
        lines = [called, _("returned {value}").format(value=text), _("expected the trained model")]
        raise Mismatch("\n".join(lines), help_text)
    model = trained.model
    try:
        check_model(model)
    except RecipeRefused as refusal:
        returned = _("returned {value}").format(value=f"{model!r:.300}")
        expected = _("expected one that can be used: {refusal}").format(refusal=refusal)
        raise Mismatch(
            f"{called}\n{returned}\n{expected}", HELP.get(f"rung-{refusal.mistake}")
        ) from None
    Expectation(student, "train", lambda: called, trained, student.effects).changes_nothing()
    return trained


def called_train(count: int) -> str:
    """The message's line with a call of `train` on so many images."""
    call = _("called train(images, labels) with {count:,} images")
    return call.format(count=count)


def marked_images(count: int) -> np.ndarray:
    """Images, float32 (count, 2, 3), each filled with its own index and a half."""
    return (
        np.full((count, 2, 3), 0.5, np.float32) + np.arange(count, dtype=np.float32)[:, None, None]
    )


def accepted(student: Student, name: str) -> Recipe:
    """The recipe that the student's `name` returns; raises Mismatch if it cannot be trained."""
    answer = student.call(name)
    try:
        return read_recipe(answer, of_table=name in RUNGS)
    except RecipeRefused as refusal:
        lines = [
            _("called {call}").format(call=f"{name}()"),
            _("returned {value}").format(value=f"{answer!r:.300}"),
            _("expected a recipe that can be trained: {refusal}").format(refusal=refusal),
        ]
        key = "nothing" if answer is None else refusal.mistake
        if isinstance(answer, dict) and "model" in answer and answer["model"] is None:
            key = "compile-returned"
        raise Mismatch("\n".join(lines), HELP.get(f"rung-{key}")) from None


def expect_recipe(student: Student, name: str) -> None:
    """Raise Mismatch unless the student's `name` returns the recipe of this rung."""
    recipe, rung = accepted(student, name), RUNGS[name]
    called = _("called {call}").format(call=f"{name}()")
    looked = _('{called} and looked at its "model"').format(called=called)
    compare_layers(looked, recipe.model, rung.layers)
    compiled = recipe.model.compiled
    assert compiled is not None
    epochs, schedule = len(rung.rates), compiled.schedule
    settings = sorted(OPTIMIZERS[compiled.optimizer].changed(compiled.settings))
    callbacks = ", ".join(callback.kind for callback in recipe.callbacks)
    checks = (
        (
            N_("found the optimizer {value}"),
            compiled.optimizer,
            rung.optimizer,
            f"rung-optimizer-{rung.optimizer}",
        ),
        (N_("found settings of the optimizer {value}"), ", ".join(settings), "", "rung-settings"),
        (
            N_("found epochs {value}"),
            recipe.epochs,
            epochs,
            "rung-epochs" if epochs == 5 else "rung-epochs-long",
        ),
        (N_("found batch_size {value}"), recipe.batch_size, 32, "rung-batch"),
        (
            N_("found the schedule {value}"),
            schedule.kind if schedule else "",
            "",
            "rung-rate" if len(set(rung.rates)) == 1 else "rung-schedule",
        ),
        (N_("found the callbacks {value}"), callbacks, "", "rung-callbacks"),
    )
    for line, value, right, key in checks:
        if value != right:
            actual = _(line).format(value=value or _("none"))
            expected = _("expected {value}").format(value=right or _("none"))
            raise Mismatch(f"{called}\n{actual}\n{expected}", HELP[key])
    rates = list(recipe.learning_rates) or [compiled.learning_rate] * epochs
    if not np.allclose(rates, rung.rates, rtol=1e-4, atol=0):
        actual = _("found the learning rates {value}").format(value=_rates_text(rates))
        expected = _("expected {value}").format(value=_rates_text(rung.rates))
        raise Mismatch(
            f"{called}\n{actual}\n{expected}", HELP.get(_rate_mistake(rates, rung.rates))
        )


def _rate_mistake(rates: Sequence[float], right: Sequence[float]) -> str:
    """The key of the help for wrong learning rates; "" for an unknown mistake."""
    if len(set(right)) == 1:
        return "rung-rate"
    if len(set(rates)) == 1:
        return "rung-rates-missing"
    one_epoch_late = [*right[1:], right[-1] * right[1] / right[0]]
    return "rung-rates-first" if np.allclose(rates, one_epoch_late, rtol=1e-4, atol=0) else ""


def _rates_text(rates: Sequence[float]) -> str:
    """One rate if all are equal, all of up to four, else the first three and the last."""
    texts = [f"{rate:.5g}" for rate in rates]
    if len(set(texts)) == 1:
        return texts[0]
    return ", ".join([*texts[:3], "...", texts[-1]] if len(texts) > 4 else texts)
