"""Reads a grader module's statements as syntax: the names they assign, and the entries of their dicts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.course.solution_file import AuthoringError


def parse_grader(path: Path, label: str) -> ast.Module:
    """The syntax tree of a grader module. Raises AuthoringError for one that does not parse."""
    try:
        return ast.parse(path.read_text(encoding="utf-8-sig"), str(path))
    except SyntaxError as error:
        raise AuthoringError(f"{label}:{error.lineno or 1}: {error.msg}. Correct it") from None
    except (RecursionError, MemoryError):
        raise AuthoringError(
            f"{label}:1: nested too deeply to be parsed. Write it flatter"
        ) from None
    except (OSError, ValueError) as error:
        raise AuthoringError(f"{label}:1: cannot be read ({error}). Write it as UTF-8") from None


def assigned(node: ast.stmt) -> str:
    """The name that a statement assigns to; empty for anything else."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target = node.target
    else:
        return ""
    return target.id if isinstance(target, ast.Name) else ""


def literal_entries(node: ast.stmt, label: str, usage: str) -> Iterator[tuple[Any, Any, int]]:
    """Key, value and line of each entry of the dict that a statement assigns; of `**other` none.

    Raises AuthoringError, with `usage`, for an entry that is no literal, since nothing of a grader is run.
    """
    table = getattr(node, "value", None)
    if not isinstance(table, ast.Dict):
        name = assigned(node)
        raise AuthoringError(f"{label}:{node.lineno}: {name} is no dict. Write it as a dict")
    for key, value in zip(table.keys, table.values, strict=True):
        if key is None:
            continue
        try:
            yield ast.literal_eval(key), ast.literal_eval(value), key.lineno
        except (ValueError, TypeError):  # a list as a key, say
            raise AuthoringError(not_understood(node, label, key.lineno, usage)) from None


def help_entries(node: ast.stmt, label: str) -> Iterator[tuple[str, str, int]]:
    """Key, text and line of each entry of a grader's HELP.

    Raises AuthoringError for what is no text, and for a key that is no name of one word: a text or an answer.
    """
    usage = 'Write "mistake": "text", plain texts only'
    for key, text, line in literal_entries(node, label, usage):
        if not isinstance(key, str) or len(key.split()) != 1:
            raise AuthoringError(
                f"{label}:{line}: {key!r:.60} is no name of a help text. "
                'Write HELP = {"name-of-the-mistake": "what the student is told"}'
            )
        if not isinstance(text, str) or not text.strip():
            raise AuthoringError(not_understood(node, label, line, usage))
        yield key, text, line


def not_understood(node: ast.stmt, label: str, line: int, usage: str) -> str:
    """The message for an entry, at `line`, of the dict that a statement assigns."""
    return f"{label}:{line}: this entry of {assigned(node)} is not understood. {usage}"
