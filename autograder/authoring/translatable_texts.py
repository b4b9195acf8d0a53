"""Collects the texts of a course and of the kit that are translated, by the catalog that holds them.

The kit's messages are in languages/ of the package, those of an assignment's notebook and visible
grader in graders/languages/, and those of its hidden grader in graders/hidden/languages/, which
students never get. A course outside the kit never writes into the kit: where the kit lacks its language,
the kit's messages are in the course's graders/languages/, too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from autograder.authoring.translated_cells import texts
from autograder.course.course import Course
from autograder.course.grader_source import read_grader
from autograder.course.grader_syntax import assigned, literal_entries, parse_grader
from autograder.course.kit_wheel import is_kits_own
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.solution_file import read_cells

KIT = Path(__file__).resolve().parents[1]
_GETTEXT_ARGUMENTS = {"_": 1, "N_": 1, "ngettext": 2}  # how many texts each function takes
# How the names of the tables of texts end that a grader has, or a module that graders share.
_TEXT_TABLES = ("HINTS", "HELP")
_GRADERS = "autograder.graders."  # how graders import what lies beside them

Message = str | tuple[str, ...]  # a tuple holds singular and plural


class Source(NamedTuple):
    """A catalog's path and its messages, each with its occurrences as file and line."""

    path: Path
    messages: dict[Message, list[tuple[str, int]]]


def sources(course: Course, code: str, assignments: Sequence[str]) -> list[Source]:
    """The catalogs of the kit if the course keeps it, of `assignments`, and of all that already have one.

    Raises CourseError for an unknown assignment, and AuthoringError for a grader that cannot be read.
    """
    refuse_unknown_assignments(assignments, course.assignments)
    catalogs: list[Source] = []
    if path := _kit_catalog(course, code):
        catalogs.append(Source(path, _kit_messages()))
    for name in course.assignments:
        path = course.graders / "languages" / code / f"{name}.po"
        if name not in assignments and not path.exists():
            continue
        catalogs.append(Source(path, assignment_messages(course, name)))
        hidden = course.hidden_grader(name)
        if hidden.exists():
            hidden_path = hidden.parent / "languages" / code / f"{name}.po"
            catalogs.append(Source(hidden_path, _hidden_messages(course, hidden)))
    return catalogs


def _kit_catalog(course: Course, code: str) -> Path | None:
    """The catalog of the kit's messages that a course has to keep complete; None if the kit keeps it."""
    catalog = Path("languages") / code / "kit.po"
    if is_kits_own(course):
        return KIT / catalog
    return None if (KIT / catalog).exists() else course.graders / catalog


def _collect(
    occurrences: Iterator[tuple[Message, str, int]],
) -> dict[Message, list[tuple[str, int]]]:
    messages: dict[Message, list[tuple[str, int]]] = {}
    for message, file, line in occurrences:
        messages.setdefault(message, []).append((file, line))
    return messages


def _kit_messages() -> dict[Message, list[tuple[str, int]]]:
    """The messages of the kit's code and its tables of help, without those of graders."""

    def messages() -> Iterator[tuple[Message, str, int]]:
        for path in sorted(KIT.rglob("*.py")):
            if "hidden" not in path.parts:
                file = path.relative_to(KIT.parent).as_posix()
                tree = parse_grader(path, file)
                yield from _gettext_calls(tree, file)
                if "graders" not in path.parts:
                    yield from _table_texts(tree.body, file)

    return _collect(messages())


def _gettext_calls(tree: ast.Module, file: str) -> Iterator[tuple[Message, str, int]]:
    """The literals that a module passes to gettext; Babel's extractor misses calls in f-strings."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: call.lineno):
        if isinstance(node.func, ast.Name):
            literals = [arg.value for arg in node.args[: _GETTEXT_ARGUMENTS.get(node.func.id, 0)]
                     if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]  # fmt: skip
            if literals:
                yield tuple(literals) if len(literals) > 1 else literals[0], file, node.lineno


def assignment_messages(course: Course, name: str) -> dict[Message, list[tuple[str, int]]]:
    """The messages of an assignment's notebook and visible grader, and of the helpers that it imports."""
    solution = course.assignments[name].path

    def messages() -> Iterator[tuple[Message, str, int]]:
        file = course.relative(solution)
        for cell in read_cells(solution, file):
            yield from ((text, file, cell.first_line) for text in texts(cell))
        grader = course.visible_grader(name)
        yield from _grader_messages(course, grader)
        for path in _helpers(course, grader):
            label = course.relative(path)
            yield from _table_texts(parse_grader(path, label).body, label)

    return _collect(messages())


def _hidden_messages(course: Course, grader: Path) -> dict[Message, list[tuple[str, int]]]:
    """The messages of a hidden grader, and those of the hidden modules that it imports."""

    def messages() -> Iterator[tuple[Message, str, int]]:
        yield from _grader_messages(course, grader)
        helpers = [path for path in _helpers(course, grader) if path.parent == grader.parent]
        for path in (grader, *helpers):
            label = course.relative(path)
            yield from _gettext_calls(parse_grader(path, label), label)

    return _collect(messages())


def _helpers(course: Course, grader: Path) -> list[Path]:
    """The modules beside a grader that it imports, and those that these import."""
    helpers, waiting = list[Path](), [grader]
    # Another assignment's grader has catalogs of its own.
    graders = {course.visible_grader(name) for name in course.assignments}
    while waiting:
        module = waiting.pop()
        for node in ast.walk(parse_grader(module, course.relative(module))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_GRADERS):
                name = (node.module or "").removeprefix(_GRADERS)
                path = course.graders / f"{name.replace('.', '/')}.py"
                if path.exists() and path not in graders and path not in helpers:
                    helpers.append(path)
                    waiting.append(path)
    return sorted(helpers)


def _grader_messages(course: Course, path: Path) -> Iterator[tuple[Message, str, int]]:
    """The hints, help texts and rubrics of a grader, and the titles of its tests. Raises AuthoringError."""
    file = course.relative(path)
    read_grader(path, file)  # refuses tables that are no literals
    for node in parse_grader(path, file).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            if title := (ast.get_docstring(node) or "").partition("\n")[0].strip():
                yield title, file, node.lineno
        elif assigned(node) == "RUBRICS":
            for lines in ast.literal_eval(getattr(node, "value", None) or "{}").values():
                yield from ((text.strip(), file, node.lineno) for _points, text in lines)
        else:
            yield from _table_texts([node], file)


def _table_texts(nodes: Iterable[ast.stmt], file: str) -> Iterator[tuple[Message, str, int]]:
    """The texts in the tables of hints and of help among a module's statements. Raises AuthoringError."""
    for node in nodes:
        if assigned(node).endswith(_TEXT_TABLES) and isinstance(
            getattr(node, "value", None), ast.Dict
        ):
            for _key, entry, line in literal_entries(node, file, "Write plain texts"):
                for text in (entry,) if isinstance(entry, str) else entry:
                    yield text, file, line
