"""`autograder translate`: update a language's gettext catalogs with all translatable texts."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as PoMessage
from babel.messages.pofile import PoFileError, read_po, write_po

from autograder._util.i18n import ENGLISH, catalog_places, languages
from autograder.authoring.translatable_texts import sources
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.course.solution_file import AuthoringError

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{[a-z]+(?::[^}]*)?\}")  # {{ expression }} or {name}
_CODE = re.compile(
    r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2}|_\d{3})?(_[A-Z]+)?"
)  # ll_Script_CC_VARIANT
_PO_LINE = re.compile(
    r"""\s*(\#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+)?"([^"\\]|\\.)*"\s*)?"""
)


def update(course: Course, code: str, assignments: Sequence[str]) -> list[str]:
    """Write the catalogs of language `code`; return a line for each with the number of missing texts.

    Existing translations stay. A changed text keeps its translation, marked as fuzzy and not used.
    Raises CourseError for an unknown language code or an unknown assignment, and where there is no catalog
    and none is begun.
    """
    _refuse_unknown_language(code)
    lines = []
    for source in sources(course, code, assignments):
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


def _refuse_unknown_language(code: str) -> None:
    """Raise CourseError for a code of no language that is translated, or not as its directory is called.

    Babel takes zh_cn and de_DE.UTF-8 too, which would be other directories.
    """
    if code == ENGLISH:
        raise CourseError(
            f"{code!r} is the language of the source, and needs no catalog. Write another one"
        )
    try:
        if not _CODE.fullmatch(code):
            raise ValueError(code)
        Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        raise CourseError(f"{code!r} is no language. Write one such as zh_CN or fr") from None


def defects(course: Course) -> Iterator[str]:
    """The defects of the existing catalogs, each with file and line.

    A defect is a missing or untranslated text, or a translation that drops or adds a placeholder.
    """
    for code in languages(catalog_places(course.graders))[1:]:
        try:
            language_sources = sources(course, code, ())
        except AuthoringError:  # of a grader, which whoever checks graders names
            return
        for source in language_sources:
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


def _read(path: Path, code: str) -> Catalog:
    """The catalog at `path`, empty if there is none. Raises CourseError for a damaged one.

    Babel leaves out what it cannot read, and a translation would be lost when the file is written.
    """
    if not path.exists():
        return Catalog(locale=code, fuzzy=False)
    try:
        data = path.read_bytes()
        for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
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
