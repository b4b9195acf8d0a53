"""Reads the comments on students' answers from the gradebook."""

from __future__ import annotations

from collections import defaultdict

from nbgrader.api import BaseCell, Comment, Gradebook, SubmittedAssignment, SubmittedNotebook

from autograder.course.cells import question_answered_in


def read_comments(gradebook: Gradebook, assignment: str) -> dict[str, dict[str, str]]:
    """Student -> question -> the comment on it, a person's if there is one; with one query."""
    assignment_id = gradebook.find_assignment(assignment).id
    comments: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for student, name, automatic, by_hand in (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            BaseCell.name,
            Comment.auto_comment,
            Comment.manual_comment,
        )
        .select_from(Comment)
        .join(Comment.cell)
        .join(Comment.notebook)
        .join(SubmittedNotebook.assignment)
        .filter(SubmittedAssignment.assignment_id == assignment_id)
    ):
        if text := (by_hand or automatic or "").strip():
            comments[student][question_answered_in(name)] = text
    return comments


def comments_by_hand(gradebook: Gradebook, assignment: str, student: str) -> set[str]:
    """The cells of a submission that a person has written a comment on."""
    query = (
        gradebook.db.query(BaseCell.name)
        .select_from(Comment)
        .join(Comment.cell)
        .join(Comment.notebook)
        .join(SubmittedNotebook.assignment)
        .filter(
            SubmittedAssignment.assignment_id == gradebook.find_assignment(assignment).id,
            SubmittedAssignment.student_id == student,
            Comment.manual_comment.isnot(None),
        )
    )
    return {name for (name,) in query}
