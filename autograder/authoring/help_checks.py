"""Refuse to release help texts that would never be given, such as those that stand the wrong way round."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.course.course import Course
from autograder.course.grader_syntax import assigned, help_entries, parse_grader
from autograder.course.solution_file import AuthoringError


def check_help(course: Course, path: Path) -> None:
    """Check HELP of a grader module, and the mistakes that its tests give to `returns`.

    Mistakes that are computed are not looked at. Raises AuthoringError.
    """
    file = course.relative(path)
    for node in ast.walk(parse_grader(path, file)):
        if isinstance(node, ast.stmt) and assigned(node) == "HELP":
            list(help_entries(node, file))  # refuses what is no name and text
        for mistakes in _mistakes(node):
            _check_mistakes(mistakes, file)
        if isinstance(node, ast.FunctionDef):
            _check_told_apart(node, file)


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
        is_answer = not isinstance(_literal(key), str)
        if key is not None and (is_help or is_answer):
            raise AuthoringError(
                f"{file}:{key.lineno}: {ast.unparse(key):.60} is no help text: the help stands before "
                'the wrong answer. Write {HELP["name-of-the-mistake"]: answer}'
            )


def _literal(node: ast.expr | None) -> object:
    """The value of a literal; "" for anything else."""
    try:
        return ast.literal_eval(node) if node is not None else ""
    except (ValueError, TypeError):  # a list as a key, say
        return ""


def _check_told_apart(test: ast.FunctionDef, file: str) -> None:
    """Refuse a help of a test's only expectation that fits the right answer, or that of another mistake.

    Of several expectations, another may tell the mistakes apart. Only written-out answers are compared.
    """
    calls = [
        node
        for node in ast.walk(test)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "returns"
    ]
    if len(calls) != 1:
        return
    right = _written_out(calls[0].args[0]) if calls[0].args else ""
    seen: set[str] = set()
    for mistakes in _mistakes(calls[0]):
        for key, value in zip(mistakes.keys, mistakes.values, strict=True):
            answer = _written_out(value)
            if key is not None and answer and answer in {right, *seen}:
                whose = "right" if answer == right else "that of another mistake, too"
                raise AuthoringError(
                    f"{file}:{key.lineno}: {answer:.60} is {whose}, and this help is never given. "
                    "Choose a case in which the answers differ"
                )
            seen.add(answer)


def _written_out(node: ast.expr) -> str:
    """The value of a literal, as text; empty for anything that is computed."""
    try:
        return repr(ast.literal_eval(node))
    except (ValueError, TypeError):
        return ""
