"""`autograder translate`: a language's catalogs, brought up to date with all there is to translate.

The kit's own messages are in languages/ of the package, an assignment's notebook and visible
grader in graders/languages/, and its hidden grader in graders/hidden/languages/, which no student
gets.
"""

from __future__ import annotations

import ast
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as PoMessage
from babel.messages.pofile import read_po, write_po

from autograder._util.i18n import catalog_places, languages
from autograder.authoring.translated_cells import texts
from autograder.course.course import Course
from autograder.course.grader_source import assigned
from autograder.course.settings import CourseError
from autograder.course.solution_file import read_cells

KIT = Path(__file__).resolve().parents[1]
_MARKS = {"_": 1, "N_": 1, "ngettext": 2}  # functions, and how many texts they take
_TABLES = ("HINTS", "HELP")  # of texts, in a grader
_PLACES = re.compile(r"\{\{.*?\}\}|\{[a-z]+(?::[^}]*)?\}")  # an expression, or a name to fill in

Message = str | tuple[str, ...]  # with its plural, where it has one


class Source(NamedTuple):
    """A catalog's file, and what is in it: each message with the places where it stands."""

    path: Path
    messages: dict[Message, list[tuple[str, int]]]


def update(course: Course, code: str, assignments: Sequence[str]) -> list[str]:
    """Write the catalogs of language `code`; return what is missing in each, in a line each.

    What is translated already stays; a text that has changed keeps its translation, marked as
    fuzzy and not used. Raises CourseError for a code that is no language's, or no assignment.
    """
    try:
        Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        raise CourseError(f"{code!r} is no language. Write one such as zh_CN or fr") from None
    told = []
    for source in _sources(course, code, assignments):
        old = _read(source.path, code)
        template = Catalog()
        for message, places in source.messages.items():
            template.add(message, locations=places)
        old.update(template)
        source.path.parent.mkdir(parents=True, exist_ok=True)
        source.path.write_bytes(_written(old))
        left = [message for message in old if message.id and not _is_translated(message)]
        told.append(f"{course.relative(source.path)}: {len(left)} of {len(old)} to translate")
    return told


def defects(course: Course) -> Iterator[str]:
    """What is wrong with the catalogs that there are, each with file and line.

    That is a text that is missing or not translated, and a translation that drops or adds what
    is computed or filled in.
    """
    for code in languages(catalog_places(course.graders))[1:]:
        for source in _sources(course, code, ()):
            shown = course.relative(source.path)
            catalog = _read(source.path, code)
            for message, places in source.messages.items():
                found = catalog.get(message)
                where = f"{shown}:{found.lineno if found is not None and found.lineno else 1}"
                text = message if isinstance(message, str) else message[0]
                if found is None or not _is_translated(found):
                    at = f"{places[0][0]}:{places[0][1]}"
                    yield (
                        f"{where}: {text[:50]!r} of {at} is not translated. Run "
                        f"`autograder translate {code}`, and translate it"
                    )
                elif wrong := _other_places(found):
                    yield f"{where}: {text[:50]!r} is translated without, or with another, {wrong}. Correct it"


def _is_translated(message: PoMessage) -> bool:
    said = message.string
    return all([said] if isinstance(said, str) else said or [""]) and not message.fuzzy


def _other_places(message: PoMessage) -> str:
    """What a text fills in and its translation does not, or the other way; of plurals the last counts."""
    sides = []
    for said in (message.id, message.string):
        assert said
        sides.append(Counter(_PLACES.findall(said if isinstance(said, str) else said[-1])))
    return ", ".join((sides[0] - sides[1]) + (sides[1] - sides[0]))


def _written(catalog: Catalog) -> bytes:
    """The file of a catalog, with no more of a header than gettext needs."""
    written = io.BytesIO()
    write_po(
        written, catalog, width=90, ignore_obsolete=True, omit_header=True, include_lineno=False
    )
    header = [f"Language: {catalog.locale_identifier}", f"Plural-Forms: {catalog.plural_forms}",
              "Content-Type: text/plain; charset=utf-8"]  # fmt: skip
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header), "", ""]
    return "\n".join(lines).encode() + written.getvalue()


def _sources(course: Course, code: str, assignments: Sequence[str]) -> list[Source]:
    """The catalogs of the kit, of `assignments`, and of those that have one already."""
    for name in assignments:
        course.check_assignment(name)
    found = [Source(KIT / "languages" / code / "kit.po", _kit_messages())]
    for name in course.assignments:
        path = course.graders / "languages" / code / f"{name}.po"
        if name not in assignments and not path.exists():
            continue
        found.append(Source(path, _assignment_messages(course, name)))
        hidden = course.hidden_grader(name)
        if hidden.exists():
            where = hidden.parent / "languages" / code / f"{name}.po"
            found.append(Source(where, _collected(_grader_messages(course, hidden))))
    return found


def _read(path: Path, code: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=code, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def _collected(found: Iterator[tuple[Message, str, int]]) -> dict[Message, list[tuple[str, int]]]:
    messages: dict[Message, list[tuple[str, int]]] = {}
    for message, file, line in found:
        messages.setdefault(message, []).append((file, line))
    return messages


def _kit_messages() -> dict[Message, list[tuple[str, int]]]:
    """What the kit's code marks, graders left out but for the module that they share."""
    return _collected(
        found
        for path in sorted(KIT.rglob("*.py"))
        if "hidden" not in path.parts
        for found in _marked(path, path.relative_to(KIT.parent).as_posix())
    )


def _marked(path: Path, shown: str) -> Iterator[tuple[Message, str, int]]:
    """The texts that a module hands to gettext; Babel's own search misses those in f-strings."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    for node in sorted(calls, key=lambda call: call.lineno):
        if isinstance(node.func, ast.Name):
            words = [arg.value for arg in node.args[: _MARKS.get(node.func.id, 0)]
                     if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]  # fmt: skip
            if words:
                yield tuple(words) if len(words) > 1 else words[0], shown, node.lineno


def _assignment_messages(course: Course, name: str) -> dict[Message, list[tuple[str, int]]]:
    solution = course.assignments[name].path

    def found() -> Iterator[tuple[Message, str, int]]:
        shown = course.relative(solution)
        for cell in read_cells(solution, shown):
            yield from ((text, shown, cell.first_line) for text in texts(cell))
        yield from _grader_messages(course, course.visible_grader(name))

    return _collected(found())


def _grader_messages(course: Course, path: Path) -> Iterator[tuple[Message, str, int]]:
    """The hints and helps of a grader, and the titles of its tests."""
    shown = course.relative(path)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            if title := (ast.get_docstring(node) or "").partition("\n")[0].strip():
                yield title, shown, node.lineno
        elif assigned(node) in _TABLES and isinstance(
            table := getattr(node, "value", None), ast.Dict
        ):
            for value in table.values:
                told = ast.literal_eval(value)
                for text in (told,) if isinstance(told, str) else told:
                    yield text, shown, value.lineno
