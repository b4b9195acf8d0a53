"""The language that students read: gettext with catalogs (PO files) that are loaded on first use.

The source is in English. A text without a translation stays English.
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
    """Set the language of this process to `code`, such as "zh_CN"; English if it has no catalog.

    `graders` is the directory of the course's graders; the default is the one that check() uses.
    """
    global _code, _places
    _code, _places = code, catalog_places(graders or graders_directory())


def language() -> str:
    """The language code of this process."""
    return _code


def gettext(text: str) -> str:
    """Translate `text` into the language that students read; the caller formats its fields afterwards.

    Args:
        text: a literal, which `autograder translate` finds; it may have fields such as `{count}`.

    Returns:
        The translation, or `text` itself if the catalogs have none.

    Example:
        from autograder.testing import gettext as _

        _("{count} of {total} images").format(count=3, total=4)

    """
    return _translations(_code, _places).gettext(text) if text else text


def ngettext(singular: str, plural: str, count: float) -> str:
    """Translate the form of a text that fits a number; the caller formats its fields afterwards.

    Args:
        singular: the text for 1, a literal that `autograder translate` finds.
        plural: the text for all other numbers, a literal too.
        count: the number, such as a count, or points (0.5 takes `plural`).

    Returns:
        The translation, or `singular` or `plural` itself if the catalogs have none.

    Example:
        from autograder.testing import ngettext

        epochs = 1
        ngettext("{epochs} epoch", "{epochs} epochs", epochs).format(epochs=epochs)

    """
    number = int(count) if count == int(count) else 2  # gettext takes integers only
    return _translations(_code, _places).ngettext(singular, plural, number)


def translation(text: str, code: str, graders: Path) -> str:
    """`text` in the language `code`, whatever the language of this process is."""
    return _translations(code, catalog_places(graders)).gettext(text)


def N_(text: str) -> str:  # noqa: N802  # the name that gettext tools know
    """Return `text` unchanged; the call marks it for the catalog, to be translated on use."""
    return text


def graders_directory() -> Path:
    """The graders of the course at AUTOGRADER_COURSE, or those of the kit if there are none."""
    course = os.environ.get("AUTOGRADER_COURSE")
    graders = Path(course).expanduser() / "autograder" / "graders" if course else None
    return graders if graders and graders.is_dir() else _PACKAGE / "graders"


def catalog_places(graders: Path) -> tuple[Path, ...]:
    """The directories with languages/<code>/*.po: the kit, the graders and the hidden graders."""
    return (_PACKAGE, graders, graders / "hidden")


def languages(places: tuple[Path, ...]) -> list[str]:
    """The codes of English and of the languages with a catalog in one of `places`."""
    return [ENGLISH, *sorted({path.parent.name for path in catalogs("*", places)})]


def catalogs(code: str, places: tuple[Path, ...]) -> list[Path]:
    """The files of a language in `places`, or with the code `*` those of all languages."""
    return [path for place in places for path in sorted(place.glob(f"languages/{code}/*.po"))]


@cache
def _translations(code: str, places: tuple[Path, ...]) -> standard.NullTranslations:
    """All catalogs of a language, each the fallback of the one before."""
    translations = standard.NullTranslations()
    if code == ENGLISH:
        return translations
    # Imported late: English needs no Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for path in reversed(catalogs(code, places)):
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(path.read_bytes()), locale=code))
        compiled.seek(0)
        fallback, translations = translations, standard.GNUTranslations(compiled)
        translations.add_fallback(fallback)
    return translations
