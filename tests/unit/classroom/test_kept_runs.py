"""`autograder cache` names rung and accuracy of a run, and whose grades rest on it."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from autograder.classroom.kept_runs import list_runs
from autograder.course.course import Course, find_course
from autograder.results.record import GradeRecord, TrainedRun, write_record
from autograder.submissions.class_directory import find_classroom, record_path
from autograder.training.cache import UNFINISHED, TrainingCache
from autograder.training.course_trainer import course_trainer

COURSE = find_course(Path(__file__).parent)
STUDENTS = ("ann", "bob", "cyd", "dee")


def hand_in(root: Path) -> Course:
    """A course in which four have handed in."""
    course = Course(root, COURSE.assignments, COURSE.config)
    for student in STUDENTS:
        place = root / "submitted" / student / "fashion_ladder"
        place.mkdir(parents=True)
        (place / "fashion_ladder.ipynb").write_text("{}")
    return course


def listed(course: Course) -> list[str]:
    printed = io.StringIO()
    list_runs(course, Console(file=printed, width=200))
    return printed.getvalue().splitlines()


def test_each_run_is_named_by_what_rests_on_it(tmp_path: Path) -> None:
    course = hand_in(tmp_path)
    trainer = course_trainer(course)
    keys = [trainer.key_of("of all", 0), trainer.key_of("of ann", 2), trainer.key_of("of none", 0)]
    kept = TrainingCache(course.cache / "trainings")
    for key in keys:
        kept.put(key, b"a run", 2.0)
    state = f"begun{UNFINISHED}"
    TrainingCache(tmp_path / course.config.unfinished_runs.directory).put(state, b"half", 9.0)
    for job in find_classroom(course).jobs:
        trained = [TrainedRun("of all", 0, 0.8125, "rung-a")]
        if job.student == "ann":
            trained.append(TrainedRun("of ann", 2, 0.91, "rung-open"))
        record = GradeRecord(
            assignment="fashion_ladder", digest="d", key="k", sandbox="bwrap", outcomes=[],
            trained=trained, tier="full" if job.student == "dee" else "sample",
        )  # fmt: skip
        write_record(record_path(tmp_path, job), record)
    *lines, total = listed(course)
    by_key = {line.split()[0]: line for line in lines}
    assert by_key[keys[0][:16]].endswith(
        "rung-a: 81.25%, for ann/fashion_ladder, bob/fashion_ladder, cyd/fashion_ladder"
    )
    assert by_key[keys[1][:16]].endswith("rung-open: 91.00%, for ann/fashion_ladder")
    assert by_key[keys[2][:16]].endswith("no grade rests on it")
    assert by_key[state[:16]].endswith("not finished")
    assert total == "4 training runs, 147 bytes, 15 s of training"


def test_runs_are_listed_before_anybody_hands_in(tmp_path: Path) -> None:
    course = Course(tmp_path, COURSE.assignments, COURSE.config)
    TrainingCache(course.cache / "trainings").put("calibrated", b"a run", 2.0)
    line, total = listed(course)
    assert line.endswith("no grade rests on it")
    assert total == "1 training run, 37 bytes, 2 s of training"
    assert not (tmp_path / "example-class").exists()
