"""Compare a recipe with its rung's step and threshold, and draw pictures of its training."""

from __future__ import annotations

from pathlib import Path

from autograder.graders.hidden.ladder_pictures import batch_curve, ladder, pictures_of
from autograder.graders.ladder_checks import HELP, accepted
from autograder.graders.ladder_steps import STEPS, Lack, lacking, lacking_in_run
from autograder.results import Mismatch, Picture, judge, recorded, thresholds_of, whole_tenths
from autograder.testing import Student
from autograder.training import NotBuildable, Trainer, software

THRESHOLDS = Path(__file__).parent.parent / "fashion_ladder.json"
# A larger share of the first loss after 100 steps on one batch means that a network cannot learn.
# The references reach at most 0.54; an untrained network stays at 1.
CANNOT_LEARN = 0.8


def expect_step(question: str, lack: Lack | None) -> None:
    """Raise Mismatch if a recipe lacks something of its rung's step."""
    if lack:
        raise Mismatch(
            f"called {question.replace('-', '_')}()\nfound {lack.actual}\nexpected {lack.wanted}\n"
            f"The points for accuracy need what this rung is about: {STEPS[question].demand}."
        )


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
        raise Mismatch(
            f"called {name}()\nexpected a recipe that can be trained: Keras refuses it: {refusal}"
        ) from None
    run = stored_run if accuracies else trainer.run(recipe, 0)
    pictures: list[Picture] = []
    if run:
        if rates := run.history.get("learning_rate"):  # missing in runs of older versions
            expect_step(question, lacking_in_run(question, rates))
        pictures += pictures_of(run, trainer.tier, threshold.minimum)
    pictures.append(ladder(thresholds, trainer.requested_runs))
    if verdict.passed:
        return pictures
    images, test_images = trainer.images
    runs = "" if verdict.seeds == 1 else f", the mean of {verdict.seeds} runs with different seeds"
    lines = [
        f"trained the recipe of {name}() on {images:,} images ({trainer.tier} tier)",
        f"reached {whole_tenths(100 * verdict.reached):.1f}% of {test_images:,} test images{runs}",
        f"expected at least {threshold.minimum:.1%}",
    ]
    if accuracies:
        raise Mismatch("\n".join(lines), pictures=tuple(pictures))
    losses = trainer.overfit(recipe)
    learns = losses[-1] < CANNOT_LEARN * losses[0]
    lines.append(
        f"On one batch of 32 images, {len(losses)} times over, the loss went from "
        f"{losses[0]:.2f} to {losses[-1]:.2f}: {'it can learn' if learns else 'it does not learn'}."
    )
    if learns:
        raise Mismatch("\n".join(lines), pictures=tuple(pictures))
    # The confusion matrix of a network that has learned nothing would say nothing.
    curves = (*pictures[:1], batch_curve(losses))
    raise Mismatch("\n".join(lines), HELP["rung-does-not-learn"], curves)
