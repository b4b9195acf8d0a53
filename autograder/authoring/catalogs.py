"""`autograder translate`: update a language's gettext catalogs with all translatable texts.

The kit's messages are in languages/ of the package, those of an assignment's notebook and visible
grader in graders/languages/, and those of its hidden grader in graders/hidden/languages/, which
students never get. A course outside the kit never writes into the kit: where the kit lacks its language,
the kit's messages are in the course's graders/languages/, too.
"""

from __future__ import annotations

import ast
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as PoMessage
from babel.messages.pofile import PoFileError, read_po, write_po

from autograder._util.i18n import catalog_places, languages
from autograder.authoring.translated_cells import texts
from autograder.course.course import Course
from autograder.course.grader_source import assigned
from autograder.course.kit_wheel import is_kits_own
from autograder.course.settings import CourseError
from autograder.course.solution_file import read_cells

KIT = Path(__file__).resolve().parents[1]
_GETTEXT_ARGUMENTS = {"_": 1, "N_": 1, "ngettext": 2}  # how many texts each function takes
# How the names of the tables of texts end that a grader has, or a module that graders share.
_TEXT_TABLES = ("HINTS", "HELP")
_GRADERS = "autograder.graders."  # how graders import what lies beside them
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{[a-z]+(?::[^}]*)?\}")  # {{ expression }} or {name}
_PO_LINE = re.compile(
    r"""\s*(\#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+)?"([^"\\]|\\.)*"\s*)?"""
)

Message = str | tuple[str, ...]  # a tuple holds singular and plural


class Source(NamedTuple):
    """A catalog's path and its messages, each with its occurrences as file and line."""

    path: Path
    messages: dict[Message, list[tuple[str, int]]]


def update(course: Course, code: str, assignments: Sequence[str]) -> list[str]:
    """Write the catalogs of language `code`; return a line for each with the number of missing texts.

    Existing translations stay. A changed text keeps its translation, marked as fuzzy and not used.
    Raises CourseError for an unknown language code or an unknown assignment, and where there is no catalog
    and none is begun.
    """
    try:
        Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        raise CourseError(f"{code!r} is no language. Write one such as zh_CN or fr") from None
    lines = []
    for source in _sources(course, code, assignments):
        catalog = _read(source.path, code)
        template = Catalog()
        for message, places in source.messages.items():
            template.add(message, locations=places)
        catalog.update(template)
        source.path.parent.mkdir(parents=True, exist_ok=True)
        file = _po_file(catalog)
        # Graders' and the kit's digests read these files: one that stays as it is keeps its time, too.
        if not source.path.exists() or source.path.read_bytes() != file:
            source.path.write_bytes(file)
        todo = [message for message in catalog if message.id and not _is_translated(message)]
        lines.append(f"{course.relative(source.path)}: {len(todo)} of {len(catalog)} to translate")
    if not lines:
        raise CourseError(
            f"no assignment has a catalog in {code!r} yet. Name those that shall have one: autograder "
            f"translate {code} {' '.join(course.assignments)}"
        )
    return lines


def defects(course: Course) -> Iterator[str]:
    """The defects of the existing catalogs, each with file and line.

    A defect is a missing or untranslated text, or a translation that drops or adds a placeholder.
    """
    for code in languages(catalog_places(course.graders))[1:]:
        for source in _sources(course, code, ()):
            file = course.relative(source.path)
            try:
                catalog = _read(source.path, code)
            except CourseError as error:
                yield str(error)
                continue
            for message, places in source.messages.items():
                entry = catalog.get(message)
                location = f"{file}:{entry.lineno if entry is not None and entry.lineno else 1}"
                text = message if isinstance(message, str) else message[0]
                if entry is None or not _is_translated(entry):
                    occurrence = f"{places[0][0]}:{places[0][1]}"
                    yield (
                        f"{location}: {text[:50]!r} of {occurrence} is not translated. Run "
                        f"`autograder translate {code}`, and translate it"
                    )
                elif differing := _differing_placeholders(entry):
                    yield f"{location}: {text[:50]!r} is translated without, or with another, {differing}. Correct it"


def _is_translated(message: PoMessage) -> bool:
    translation = message.string
    return (
        all([translation] if isinstance(translation, str) else translation or [""])
        and not message.fuzzy
    )


def _differing_placeholders(message: PoMessage) -> str:
    """The placeholders that only a text or only its translation has; of plurals the last form counts."""
    placeholders = []
    for text in (message.id, message.string):
        assert text
        last = text if isinstance(text, str) else text[-1]
        placeholders.append(Counter(_PLACEHOLDER.findall(last)))
    original, translation = placeholders
    return ", ".join((original - translation) + (translation - original))


def _po_file(catalog: Catalog) -> bytes:
    """The PO file of a catalog, with only the header fields that gettext needs."""
    body = io.BytesIO()
    write_po(body, catalog, width=90, ignore_obsolete=True, omit_header=True, include_lineno=False)
    header = [f"Language: {catalog.locale_identifier}", f"Plural-Forms: {catalog.plural_forms}",
              "Content-Type: text/plain; charset=utf-8"]  # fmt: skip
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header), "", ""]
    return "\n".join(lines).encode() + body.getvalue()


def _sources(course: Course, code: str, assignments: Sequence[str]) -> list[Source]:
    """The catalogs of the kit if the course keeps it, of `assignments`, and of all that already have one."""
    for name in assignments:
        course.check_assignment(name)
    sources = []
    if path := _kit_catalog(course, code):
        sources.append(Source(path, _kit_messages()))
    for name in course.assignments:
        path = course.graders / "languages" / code / f"{name}.po"
        if name not in assignments and not path.exists():
            continue
        sources.append(Source(path, _assignment_messages(course, name)))
        hidden = course.hidden_grader(name)
        if hidden.exists():
            hidden_path = hidden.parent / "languages" / code / f"{name}.po"
            sources.append(Source(hidden_path, _hidden_messages(course, hidden)))
    return sources


def _kit_catalog(course: Course, code: str) -> Path | None:
    """The catalog of the kit's messages that a course has to keep complete; None if the kit keeps it."""
    catalog = Path("languages") / code / "kit.po"
    if is_kits_own(course):
        return KIT / catalog
    return None if (KIT / catalog).exists() else course.graders / catalog


def _read(path: Path, code: str) -> Catalog:
    """The catalog at `path`, empty if there is none. Raises CourseError for a damaged one.

    Babel leaves out what it cannot read, and a translation would be lost when the file is written.
    """
    if not path.exists():
        return Catalog(locale=code, fuzzy=False)
    try:
        data = path.read_bytes()
        for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
            if not _PO_LINE.fullmatch(line):
                raise CourseError(
                    f"{path}:{number}: no line of a PO file: {line.strip()[:60]}. Look for a missing "
                    "quotation mark"
                )
        return read_po(io.BytesIO(data), locale=code, abort_invalid=True)
    except PoFileError as error:
        raise CourseError(f"{path}: {error}. Correct the entry") from None
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: not UTF-8 ({error}). Save it as UTF-8") from None


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
                tree = ast.parse(path.read_text(encoding="utf-8"))
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


def _assignment_messages(course: Course, name: str) -> dict[Message, list[tuple[str, int]]]:
    solution = course.assignments[name].path

    def messages() -> Iterator[tuple[Message, str, int]]:
        file = course.relative(solution)
        for cell in read_cells(solution, file):
            yield from ((text, file, cell.first_line) for text in texts(cell))
        grader = course.visible_grader(name)
        yield from _grader_messages(course, grader)
        for path in _helpers(course, grader):
            yield from _table_texts(
                ast.parse(path.read_text(encoding="utf-8")).body, course.relative(path)
            )

    return _collect(messages())


def _hidden_messages(course: Course, grader: Path) -> dict[Message, list[tuple[str, int]]]:
    """The messages of a hidden grader, and those of the hidden modules that it imports."""

    def messages() -> Iterator[tuple[Message, str, int]]:
        yield from _grader_messages(course, grader)
        helpers = [path for path in _helpers(course, grader) if path.parent == grader.parent]
        for path in (grader, *helpers):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from _gettext_calls(tree, course.relative(path))

    return _collect(messages())


def _helpers(course: Course, grader: Path) -> list[Path]:
    """The modules beside a grader that it imports, and those that these import."""
    helpers, waiting = list[Path](), [grader]
    # Another assignment's grader has catalogs of its own.
    graders = {course.visible_grader(name) for name in course.assignments}
    while waiting:
        for node in ast.walk(ast.parse(waiting.pop().read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_GRADERS):
                module = (node.module or "").removeprefix(_GRADERS)
                path = course.graders / f"{module.replace('.', '/')}.py"
                if path.exists() and path not in graders and path not in helpers:
                    helpers.append(path)
                    waiting.append(path)
    return sorted(helpers)


def _grader_messages(course: Course, path: Path) -> Iterator[tuple[Message, str, int]]:
    """The hints, help texts and rubrics of a grader, and the titles of its tests."""
    file = course.relative(path)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            if title := (ast.get_docstring(node) or "").partition("\n")[0].strip():
                yield title, file, node.lineno
        elif assigned(node) == "RUBRICS":
            for lines in ast.literal_eval(getattr(node, "value", None) or "{}").values():
                yield from ((text.strip(), file, node.lineno) for _points, text in lines)
        else:
            yield from _table_texts([node], file)


def _table_texts(nodes: Iterable[ast.stmt], file: str) -> Iterator[tuple[Message, str, int]]:
    """The texts in the tables of hints and of help among a module's statements."""
    for node in nodes:
        table = getattr(node, "value", None)
        if assigned(node).endswith(_TEXT_TABLES) and isinstance(table, ast.Dict):
            for value in table.values:
                entry = ast.literal_eval(value)
                for text in (entry,) if isinstance(entry, str) else entry:
                    yield text, file, value.lineno
