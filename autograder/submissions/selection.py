"""The part of a class that a command is asked for: some assignments, some students."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from autograder.course.known_names import refuse_unknown, refuse_unknown_assignments
from autograder.submissions.class_directory import SUBMITTED, Classroom


class Selection(NamedTuple):
    """Names of assignments and ids of students; an empty field stands for all."""

    assignments: tuple[str, ...] = ()
    students: tuple[str, ...] = ()

    def includes(self, student: str, assignment: str) -> bool:
        """Whether a student's submission of an assignment belongs to the selection."""
        return self.includes_assignment(assignment) and self.includes_student(student)

    def includes_assignment(self, assignment: str) -> bool:
        """Whether an assignment belongs to the selection."""
        return not self.assignments or assignment in self.assignments

    def includes_student(self, student: str) -> bool:
        """Whether a student belongs to the selection."""
        return not self.students or student in self.students

    def check(self, assignments: Collection[str], students: Collection[str]) -> None:
        """Raise CourseError for a name that is not among those of the course and the class."""
        refuse_unknown_assignments(self.assignments, assignments)
        refuse_unknown(
            self.students, students, "no student of this class has this id", "Ids are nbgrader's"
        )

    def submissions_of(self, classroom: Classroom, assignments: Collection[str]) -> Classroom:
        """The submissions of a class that belong to the selection, and its students' odd entries.

        `assignments` are the course's. Raises CourseError for an unknown name.
        """
        handed_in = {job.student for job in classroom.jobs}
        self.check(assignments, handed_in | set(map(_student_in, classroom.refused)))
        return Classroom(
            classroom.root,
            [job for job in classroom.jobs if self.includes(job.student, job.assignment)],
            [line for line in classroom.refused if self.includes_student(_student_in(line))],
        )


ALL = Selection()


def _student_in(line: str) -> str:
    """The student whose directory a line of `Classroom.refused` is about."""
    place = line.partition(": ")[0].removeprefix(f"{SUBMITTED}/")
    return place.partition("/")[0]
