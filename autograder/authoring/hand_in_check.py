"""`autograder validate --student`: what of a student's hand-ins cannot be graded as it is.

Nothing of a student's is run. What can be mended is named too; grading mends it.
"""

from __future__ import annotations

from rich.console import Console

from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.submissions.class_directory import existing_classroom
from autograder.submissions.selection import Selection
from autograder.submissions.submission import read_submission


def check_hand_ins(course: Course, selection: Selection, console: Console) -> bool:
    """Print what is odd about each hand-in of a selection; True if all can be graded.

    Raises CourseError for an unknown name, or if nothing was handed in.
    """
    classroom = selection.submissions_of(existing_classroom(course), course.assignments)
    if not classroom.jobs and not classroom.refused:
        raise CourseError(
            f"{', '.join(selection.students)}: nothing of the selection was handed in"
        )
    sound = not classroom.refused
    for line in classroom.refused:
        console.print(line, markup=False)
    for job in classroom.jobs:
        submission = read_submission(job.directory, job.assignment, course)
        verdict = "can be graded" if submission.readable else "cannot be read, and would score 0"
        sound = sound and submission.readable
        console.print(f"{job.label}: {verdict}", markup=False)
        for problem in submission.problems:
            console.print(f"  {problem}", markup=False)
    return sound
