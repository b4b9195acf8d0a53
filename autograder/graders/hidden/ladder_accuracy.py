"""Compare a recipe with its rung's step and threshold, and draw pictures of its training."""

from __future__ import annotations

from pathlib import Path

from autograder.graders.fashion_ladder_help import HELP
from autograder.graders.hidden.ladder_pictures import batch_curve, ladder, pictures_of
from autograder.graders.ladder_checks import accepted
from autograder.graders.ladder_steps import STEPS, Lack, lacking, lacking_in_run
from autograder.results import (
    Mismatch,
    Picture,
    article_accuracies,
    judge,
    recorded,
    thresholds_of,
    whole_tenths,
)
from autograder.testing import Student
from autograder.testing import gettext as _
from autograder.training import NotBuildable, Trainer, software

THRESHOLDS = Path(__file__).parent.parent / "fashion_ladder.json"
# A larger share of the first loss after 100 steps on one batch means that a network cannot learn.
# The references reach at most 0.54; an untrained network stays at 1.
CANNOT_LEARN = 0.8


def expect_step(question: str, lack: Lack | None) -> None:
    """Raise Mismatch if a recipe lacks something of its rung's step."""
    if lack:
        about = _("The points for accuracy need what this rung is about: {demand}.")
        lines = [
            _("called {call}").format(call=f"{question.replace('-', '_')}()"),
            _("found {value}").format(value=lack.actual),
            _("expected {value}").format(value=lack.wanted),
            about.format(demand=_(STEPS[question].demand)),
        ]
        raise Mismatch("\n".join(lines))


def expect_accuracy(student: Student, trainer: Trainer, question: str) -> list[Picture]:
    """Raise Mismatch unless the student's recipe takes the rung's step and reaches its threshold.

    The training worker trains the recipe if it takes the step. Returns pictures of the training. A
    recipe with which a threshold was measured is not trained again: its accuracies are recorded, and
    one of its runs is stored.
    """
    name = question.replace("-", "_")
    recipe = accepted(student, name)
    thresholds = thresholds_of(THRESHOLDS, trainer.tier, question)
    threshold = thresholds[question]
    if threshold.step or not threshold.extra:
        expect_step(question, lacking(question, recipe))
    accuracies = recorded(thresholds, trainer.run_key(recipe), software())
    stored_seed, stored_run = (accuracies and trainer.reference(recipe)) or (None, None)

    def accuracy(seed: int) -> float:
        if seed in accuracies:
            run = stored_run if seed == stored_seed else None
            return trainer.note(recipe, seed, accuracies[seed], question, run)
        return trainer.accuracy(recipe, seed, question)

    try:
        verdict = judge(threshold, accuracy)
    except NotBuildable as refusal:
        called = _("called {call}").format(call=f"{name}()")
        refused = _("expected a recipe that can be trained: Keras refuses it: {refusal}")
        raise Mismatch(f"{called}\n{refused.format(refusal=refusal)}") from None
    run = stored_run if accuracies else trainer.run(recipe, 0)
    pictures: list[Picture] = []
    if run:
        if rates := run.history.get("learning_rate"):  # missing in runs of older versions
            expect_step(question, lacking_in_run(question, rates))
        pictures += pictures_of(run, trainer.tier, threshold.minimum)
    pictures.append(ladder(thresholds, trainer.requested_runs, article_accuracies(THRESHOLDS)))
    if verdict.passed:
        return pictures
    images, test_images = trainer.images
    mean = _(", the mean of {count} runs with different seeds").format(count=verdict.seeds)
    reached = _("reached {percent:.1f}% of {count:,} test images").format(
        percent=whole_tenths(100 * verdict.reached), count=test_images
    )
    trained = _("trained the recipe of {name}() on {count:,} images ({tier} tier)")
    lines = [
        trained.format(name=name, count=images, tier=trainer.tier),
        reached + ("" if verdict.seeds == 1 else mean),
        _("expected at least {share:.1%}").format(share=threshold.minimum),
    ]
    if accuracies:
        raise Mismatch("\n".join(lines), pictures=tuple(pictures))
    losses = trainer.overfit(recipe)
    learns = losses[-1] < CANNOT_LEARN * losses[0]
    one_batch = _(
        "On one batch of 32 images, {count} times over, the loss went from {first:.2f} to {last:.2f}: "
        "{finding}."
    )
    finding = _("it can learn") if learns else _("it does not learn")
    lines.append(
        one_batch.format(count=len(losses), first=losses[0], last=losses[-1], finding=finding)
    )
    if learns:
        raise Mismatch("\n".join(lines), pictures=tuple(pictures))
    # The confusion matrix of a network that has learned nothing would say nothing.
    curves = (*pictures[:1], batch_curve(losses))
    raise Mismatch("\n".join(lines), HELP["rung-does-not-learn"], curves)
