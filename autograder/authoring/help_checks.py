"""Refuse to release help texts that stand the wrong way round, and so would never be given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.course.course import Course
from autograder.course.grader_source import assigned, parse_grader
from autograder.course.solution_file import AuthoringError


def check_help(course: Course, path: Path) -> None:
    """Check HELP of a grader module, and the mistakes that its tests give to `returns`.

    What is computed is not looked at. Raises AuthoringError.
    """
    file = course.relative(path)
    for node in ast.walk(parse_grader(path, file)):
        if isinstance(node, ast.stmt) and assigned(node) == "HELP":
            _check_names(getattr(node, "value", None), file)
        for mistakes in _mistakes(node):
            _check_mistakes(mistakes, file)


def _check_names(table: ast.expr | None, file: str) -> None:
    """Refuse a HELP with an entry whose key is no name of one word: a text, or an answer."""
    for key in table.keys if isinstance(table, ast.Dict) else ():
        name = _literal(key)
        if name is not None and (not isinstance(name, str) or len(name.split()) != 1):
            raise AuthoringError(
                f"{file}:{getattr(key, 'lineno', 1)}: {name!r:.60} is no name of a help text. "
                'Write HELP = {"name-of-the-mistake": "what the student is told"}'
            )


def _mistakes(node: ast.AST) -> Iterator[ast.Dict]:
    """The known mistakes of a call of `returns`, written as a dict or as a lambda that makes one."""
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "returns":
        named = [keyword.value for keyword in node.keywords if keyword.arg == "mistakes"]
        for value in (*node.args[1:2], *named):
            mistakes = value.body if isinstance(value, ast.Lambda) else value
            if isinstance(mistakes, ast.Dict):
                yield mistakes


def _check_mistakes(mistakes: ast.Dict, file: str) -> None:
    """Refuse an entry whose key is an answer, or whose value is a help text."""
    for key, answer in zip(mistakes.keys, mistakes.values, strict=True):
        is_help = isinstance(answer, ast.Subscript) and getattr(answer.value, "id", "") == "HELP"
        is_answer = not isinstance(_literal(key) or "", str)
        if key is not None and (is_help or is_answer):
            raise AuthoringError(
                f"{file}:{key.lineno}: {ast.unparse(key):.60} is no help text: the help stands before "
                'the wrong answer. Write {HELP["name-of-the-mistake"]: answer}'
            )


def _literal(node: ast.expr | None) -> object:
    """The value of a literal; None for anything else."""
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None
