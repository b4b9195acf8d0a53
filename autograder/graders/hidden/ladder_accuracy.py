"""Hold a recipe against the step and the threshold of its rung, and show what it did when trained."""

from __future__ import annotations

from pathlib import Path

from autograder.graders.hidden.ladder_pictures import batch_curve, ladder, pictures_of
from autograder.graders.ladder_checks import HELP, accepted
from autograder.graders.ladder_steps import STEPS, Lack, lacking, lacking_in_run
from autograder.results import Mismatch, Picture, judge, recorded, thresholds_of
from autograder.testing import Student
from autograder.training import NotBuildable, Trainer, software

THRESHOLDS = Path(__file__).parent.parent / "fashion_ladder.json"
# After 100 steps on one batch the references are at 0.54 of their first loss or below; what is
# not trained at all stays at 1.
CANNOT_LEARN = 0.8


def expect_step(question: str, lack: Lack | None) -> None:
    """Raise Mismatch where a recipe lacks something of its rung's step."""
    if lack:
        raise Mismatch(
            f"called {question.replace('-', '_')}()\nfound {lack.seen}\nexpected {lack.wanted}\n"
            f"The points for accuracy need what this rung is about: {STEPS[question].demand}."
        )


def expect_accuracy(student: Student, trainer: Trainer, question: str) -> list[Picture]:
    """Raise Mismatch unless the student's recipe takes the rung's step and reaches its threshold.

    It is trained in the training worker, unless the step is missing. Returns what it did, in pictures. A
    recipe that any threshold was measured with is not trained again: its accuracies are known, and one of
    its runs is kept.
    """
    name = question.replace("-", "_")
    recipe = accepted(student, name)
    expect_step(question, lacking(question, recipe))
    thresholds = thresholds_of(THRESHOLDS, trainer.tier, question)
    threshold, known = (
        thresholds[question],
        recorded(thresholds, trainer.run_key(recipe), software()),
    )
    kept_seed, kept = (known and trainer.reference(recipe)) or (None, None)

    def accuracy(seed: int) -> float:
        if seed in known:
            run = kept if seed == kept_seed else None
            return trainer.note(recipe, seed, known[seed], question, run)
        return trainer.accuracy(recipe, seed, question)

    try:
        verdict = judge(threshold, accuracy)
    except NotBuildable as refusal:
        raise Mismatch(
            f"called {name}()\nexpected a recipe that can be trained: Keras refuses it: {refusal}"
        ) from None
    run = kept if known else trainer.run(recipe, 0)
    pictures: list[Picture] = []
    if run:
        if rates := run.history.get("learning_rate"):  # which an older version did not keep
            expect_step(question, lacking_in_run(question, rates))
        pictures += pictures_of(run, trainer.tier, threshold.minimum)
    pictures.append(ladder(thresholds, trainer.asked))
    if verdict.passed:
        return pictures
    images, judged = trainer.images
    runs = "" if verdict.seeds == 1 else f", the mean of {verdict.seeds} runs with different seeds"
    lines = [
        f"trained the recipe of {name}() on {images:,} images ({trainer.tier} tier)",
        f"reached {verdict.reached:.1%} of {judged:,} test images{runs}",
        f"expected at least {threshold.minimum:.1%}",
    ]
    if known:
        raise Mismatch("\n".join(lines), pictures=tuple(pictures))
    losses = trainer.overfit(recipe)
    learns = losses[-1] < CANNOT_LEARN * losses[0]
    lines.append(
        f"On one batch of 32 images, {len(losses)} times over, the loss went from "
        f"{losses[0]:.2f} to {losses[-1]:.2f}: {'it can learn' if learns else 'it does not learn'}."
    )
    if learns:
        raise Mismatch("\n".join(lines), pictures=tuple(pictures))
    # What it takes for what says nothing where it has learned nothing.
    told = (*pictures[:1], batch_curve(losses))
    raise Mismatch("\n".join(lines), HELP["rung-does-not-learn"], told)
