"""The language that students read: gettext, over catalogs (PO files) that are read when first needed.

English is the language of the source. What no catalog translates stays English.
"""

from __future__ import annotations

import gettext as standard
import io
import os
from functools import cache
from pathlib import Path

ENGLISH = "en"
_PACKAGE = Path(__file__).resolve().parents[1]


_code = ENGLISH
_places: tuple[Path, ...] = ()


def use_language(code: str, graders: Path | None = None) -> None:
    """Speak the language `code`, such as "zh_CN", from now on, in this process.

    `graders` is the directory of the course's graders; the one that check() takes if left out.
    Without a catalog for it this is English.
    """
    global _code, _places
    _code, _places = code, catalog_places(graders or graders_directory())


def language() -> str:
    """The code of the language that this process speaks."""
    return _code


def gettext(text: str) -> str:
    """`text` in the language that was chosen; `{...}` in it are filled in by the caller, after."""
    return _translations(_code, _places).gettext(text) if text else text


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, in the language that was chosen, as its grammar counts."""
    return _translations(_code, _places).ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802  # the name that gettext tools know
    """Mark a text that stands in a table, so that it gets into the catalog; it is returned as it is."""
    return text


def graders_directory() -> Path:
    """The graders of the course that AUTOGRADER_COURSE names, else those of the kit."""
    named = os.environ.get("AUTOGRADER_COURSE")
    own = Path(named).expanduser() / "autograder" / "graders" if named else None
    return own if own and own.is_dir() else _PACKAGE / "graders"


def catalog_places(graders: Path) -> tuple[Path, ...]:
    """Directories whose languages/<code>/*.po are read: the kit's, the graders' and the hidden ones'."""
    return (_PACKAGE, graders, graders / "hidden")


def languages(places: tuple[Path, ...]) -> list[str]:
    """English, and the codes of the languages that have a catalog at one of `places`."""
    return [ENGLISH, *sorted({path.parent.name for path in _catalogs("*", places)})]


def _catalogs(code: str, places: tuple[Path, ...]) -> list[Path]:
    return [path for place in places for path in sorted(place.glob(f"languages/{code}/*.po"))]


@cache
def _translations(code: str, places: tuple[Path, ...]) -> standard.NullTranslations:
    """All catalogs of a language, one behind the other."""
    found = standard.NullTranslations()
    if code == ENGLISH:
        return found
    # Here and not above: who reads English needs no Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for path in reversed(_catalogs(code, places)):
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(path.read_bytes()), locale=code))
        compiled.seek(0)
        behind, found = found, standard.GNUTranslations(compiled)
        found.add_fallback(behind)
    return found
