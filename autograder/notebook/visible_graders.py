"""The visible graders whose tests check() runs: their questions, and what they say about a question."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from autograder._util.i18n import gettext as _
from autograder._util.i18n import graders_directory
from autograder.course.grader_source import GraderSource, read_grader
from autograder.results.thresholds import read_thresholds


@cache
def visible_graders() -> list[tuple[Path, GraderSource]]:
    """The visible graders of the course at AUTOGRADER_COURSE, or those of the kit if it is unset."""
    paths = sorted(path for path in graders_directory().glob("*.py") if path.stem != "__init__")
    return [(path, read_grader(path, f"graders/{path.name}")) for path in paths]


def grader_of(question: str) -> tuple[Path, GraderSource] | None:
    """The path of the grader that has a question, and what it says; None for an unknown question."""
    for path, grader in visible_graders():
        if question in all_questions(grader):
            return path, grader
    return None


def questions_of(assignment: str) -> list[str]:
    """The questions of an assignment with visible tests, in order; empty for an unknown assignment."""
    return [
        name
        for path, grader in visible_graders()
        if path.stem == assignment
        for name in tested(grader)
    ]


def tested(grader: GraderSource) -> list[str]:
    """The questions with visible tests, in order."""
    return list(dict.fromkeys(test.question for test in grader.tests))


def all_questions(grader: GraderSource) -> list[str]:
    """The questions with visible tests, and those that a person grades."""
    return [*tested(grader), *grader.rubrics]


def accuracy_requirement(grader: Path, question: str) -> str:
    """The accuracy that a recipe must reach when it is graded, in words; "" without a threshold."""
    tiers = read_thresholds(grader.with_suffix(".json"))
    names = {"sample": _("on the sample"), "full": _("on all images")}
    thresholds = {tier: tiers[tier][question] for tier in names if question in tiers.get(tier, {})}
    accuracies = [
        f"{threshold.minimum:.1%} {names[tier]}"
        for tier, threshold in thresholds.items()
        if threshold.minimum  # 0 is none yet
    ]
    if not accuracies:
        return ""
    texts = [
        _("When it is graded, the kit trains this recipe. It must then reach {thresholds}.").format(
            thresholds=_(" or ").join(accuracies)
        )
    ]
    for step in sorted({threshold.step for threshold in thresholds.values()} - {""}):
        demanding = [names[tier] for tier in thresholds if thresholds[tier].step == step]
        if len(demanding) == len(thresholds):
            text = _("The points for accuracy also need what the rung is about: {step}.")
        else:
            text = _(
                "Graded {tier}, the points for accuracy also need {step}: there, accuracy alone does "
                "not tell this rung from the one before."
            )
        texts.append(text.format(step=_(step), tier=_(" or ").join(demanding)))
    return " ".join(texts)
