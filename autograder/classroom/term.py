"""The command `autograder roster`: roster, due dates and extensions into the gradebook, and what changed."""

from __future__ import annotations

from filelock import FileLock, Timeout
from rich.console import Console

from autograder._util.terminal import tell_error
from autograder.authoring.release import sources
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.gradebook.class_gradebook import database
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.gradebook import register
from autograder.gradebook.students import students_in
from autograder.gradebook.term import apply_term
from autograder.submissions.class_directory import LOCK, Classroom, read_classroom
from autograder.submissions.term import Term, read_term


def roster(course: Course, console: Console) -> bool:
    """Apply the course's settings to its gradebook, which is made if there is none; True if it could be.

    Raises CourseError for settings that cannot be used, or if there are none.
    """
    config = course.config
    if not (config.roster or config.due or config.extensions):
        raise CourseError(
            "pyproject.toml: [tool.autograder] has no roster, due or extensions. Write roster = "
            '"roster.csv", or a table [tool.autograder.due]'
        )
    term = read_term(course)
    try:
        with FileLock(course.root / LOCK, timeout=0):
            register(course, course.root, sources(course))
            lines = apply_to(course, term, read_classroom(course, course.root))
            in_gradebook = students_in(course)
    except Timeout:
        tell_error("Another run is at work in this class; wait for it to end.")
        return False
    except GradebookError as error:
        tell_error(f"Nothing was changed: {error}")
        return False
    for line in lines or ["The gradebook has all of it already."]:
        console.print(line, markup=False)
    people = term.roster.people if term.roster else {}
    for person in in_gradebook:
        if people and person.id not in people:
            console.print(
                f"note {person.id}: in the gradebook, not in {config.roster}. Add the student there, with "
                "dropped = yes for one who left",
                markup=False,
            )
        elif person.id in people and people[person.id].dropped:
            console.print(f"note {person.id}: dropped; no page and no export has the scores")
    return True


def apply_to(course: Course, term: Term, classroom: Classroom) -> list[str]:
    """Write the term into the gradebook of the course's own class; a line for each change.

    The example class has students of its own. Raises CourseError and GradebookError.
    """
    if classroom.root != course.root:
        return []
    handed_in = {(job.student, job.assignment) for job in classroom.jobs}
    url = database(course, course.root)
    return apply_term(term, url, course.config.course_id, handed_in)
