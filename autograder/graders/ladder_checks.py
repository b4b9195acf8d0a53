"""Checks shared by the graders of assignment 5, and the help for known mistakes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
from autograder.testing import N_, Expectation, Student, compare_layers
from autograder.testing import gettext as _

HELP = {
    "rung-optimizer-sgd": 'This rung is trained with plain gradient descent, `"sgd"`.',
    "rung-optimizer-adam": 'This is the rung on which the optimizer changes: `"adam"`.',
    "rung-rate": "The learning rate is not Keras's default. Give the optimizer by its name alone.",
    "rung-settings": "Only the optimizer's name is asked for: leave its other settings as Keras has them.",
    "rung-rates-missing": (
        'The learning rate stays the same. Give `"learning_rates"`, a list with one for each epoch.'
    ),
    "rung-rates-first": "The first epoch has the full rate: count the epochs from 0.",
    "rung-rates-count": "There must be one learning rate for each epoch.",
    "rung-schedule": (
        "Compile with the name of the optimizer alone, and write the rate of each epoch into "
        '`"learning_rates"`.'
    ),
    "rung-callbacks": "This rung is trained through all of its epochs. Leave the callbacks out.",
    "rung-rates-callback": (
        'Write what the `LearningRateScheduler` computes into `"learning_rates"`, a rate for each epoch.'
    ),
    "rung-epochs": "This rung is trained for 5 epochs.",
    "rung-epochs-long": "This rung is trained for 30 epochs.",
    "rung-batch": 'The batch size is the default of Keras, 32. Leave `"batch_size"` out.',
    "rung-one-hot-loss": (
        "The labels are plain numbers here, not one-hot: the loss is `sparse_categorical_crossentropy`."
    ),
    "rung-other-loss": (
        "The loss that compares probabilities with labels from 0 to 9 is "
        "`sparse_categorical_crossentropy`."
    ),
    "rung-softmax-and-logits": (
        "Softmax has made probabilities already, and these are no logits: leave `from_logits` out."
    ),
    "rung-no-softmax": 'The last layer needs the activation `"softmax"` to put out probabilities.',
    "rung-scaled-twice": (
        "The kit trains on pixels from 0 to 1 already; dividing by 255 again makes them almost black."
    ),
    "rung-too-large": (
        "Most of the size usually stands in one dense layer, or in convolutions before any pooling. "
        "Make the feature maps smaller first."
    ),
    "rung-does-not-learn": (
        "The network does not even learn a single batch. Look at the learning rate, "
        "the activations, and the scale of what goes in."
    ),
    "rung-frozen": "A layer is not trained: its `trainable` is `False`. Leave it out, and it is `True`.",
    "rung-not-compiled": "Compile the model before you return it.",
    "rung-nothing": (
        "The function returns nothing. End it with `return` and the dict; `compile()` itself returns nothing."
    ),
    "rung-compile-returned": (
        "`compile()` returns nothing. Compile the model on a line of its own, and put the model into the dict."
    ),
    "rung-model-only": 'Return a dict, `{"model": model, "epochs": 5}`, not the model alone.',
    "split-from-first": (
        "You began with the first image. The first one held back is the last of the first group."
    ),
    "split-last-part": "You held back the end. Hold back the last image of each group instead.",
    "split-still-trained": "The images that are held back are still among those trained on.",
    "split-exchanged": "Training and validation are exchanged: training comes first.",
    "split-not-pairs": "Return two pairs, `(images, labels)` twice, not four arrays in a row.",
    "split-pairs-mixed": (
        "Each pair holds images and their labels: the first pair those trained on, the second those held back."
    ),
    "loss-of-others": (
        "You took probabilities of other classes, too. Take one number for each image, that of its own class: "
        "`probabilities[np.arange(len(labels)), labels]`."
    ),
    "loss-mean-of-all": (
        "You took the mean over the classes, too. Each image has one loss; take the mean over the images."
    ),
    "loss-sum": "You added the losses up. The loss is their mean.",
    "loss-sign": "The logarithm of a probability is negative. The loss is its negative, a positive number.",
    "loss-log10": "That is the logarithm to base 10. Cross-entropy takes the natural one, `np.log`.",
    "loss-log2": "That is the logarithm to base 2. Cross-entropy takes the natural one, `np.log`.",
    "loss-of-guess": (
        "You took the highest probability. The loss asks for the one of the image's own class."
    ),
    "accuracy-percent": "The accuracy is a share from 0 to 1 here, not per cent.",
    "accuracy-count": "You counted the right ones. Divide by the number of images.",
    "loss-exchanged": "Return the loss first, then the accuracy.",
    "epoch-from-zero": "You counted the epochs from 0. The first one is 1.",
    "epoch-of-largest": "That is where the loss was highest. Look for the lowest.",
    "epoch-last": "That is the last epoch. The loss may have been lower before.",
    "epoch-of-equals": "Several epochs share the lowest loss. Take the first.",
    "epoch-loss-itself": "That is the loss. The question asks for the epoch.",
    "own-nothing": "The function returns nothing. End it with `return` and the model.",
    "own-history": "That is what `fit()` returns, the `History`. Return the model itself.",
    "own-guessing": "That is hardly better than guessing. Was the model trained at all, and long enough?",
    "own-usual-numbers": (
        "The model classifies the clothes of Fashion-MNIST, by their usual labels. Train on the "
        "images and labels that are given."
    ),
    "mistakes-least-sure": "These are the ones it is least sure of. Begin at the other end.",
    "mistakes-right-ones": "Rightly classified images are among these. Keep only the wrong ones.",
    "mistakes-surest-last": (
        "The surest one stands last. `np.argsort` sorts upwards: negate the numbers to sort downwards."
    ),
    "mistakes-in-order": "These are the first mistakes, not the surest. Sort by probability.",
    "mistakes-own-class": (
        "You sorted by the probability of the image's own class. The highest probability says how "
        "sure the network is."
    ),
    "mistakes-among-wrong": (
        "You counted among the wrong images only. The positions are those in the whole array."
    ),
    "mistakes-all": "These are all mistakes. Only `count` of them are asked for.",
    "matrix-transposed": "Rows and columns are exchanged: the true class is the row.",
    "matrix-shares": "These are shares. The matrix counts images.",
    "matrix-diagonal": "You counted the right answers only. Count every image.",
    "matrix-once": (
        "Each pair is counted once, however often it occurs: `m[labels, predicted] += 1` writes "
        "every place only once. `np.add.at(m, (labels, predicted), 1)` counts them all, and so "
        "does a loop."
    ),
    "matrix-too-small": "The matrix has a row for each class, also for one that does not occur.",
}


def trained_on(student: Student, images: np.ndarray, labels: np.ndarray) -> Trained:
    """The model that the student's `train` returns; raises Mismatch if it cannot be used."""
    called = called_train(len(images))
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
            found = _(line).format(value=value or _("none"))
            expected = _("expected {value}").format(value=right or _("none"))
            raise Mismatch(f"{called}\n{found}\n{expected}", HELP[key])
    rates = list(recipe.learning_rates) or [compiled.learning_rate] * epochs
    if not np.allclose(rates, rung.rates, rtol=1e-4, atol=0):
        found = _("found the learning rates {value}").format(value=_rates_text(rates))
        expected = _("expected {value}").format(value=_rates_text(rung.rates))
        raise Mismatch(f"{called}\n{found}\n{expected}", HELP.get(_rate_mistake(rates, rung.rates)))


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
