"""Fonts of this machine that have the characters of the reader's language, for texts in figures."""

from __future__ import annotations

import logging

from autograder._util.i18n import ENGLISH, language
from autograder._util.i18n import gettext as _

# Fonts of operating systems: matplotlib's default font has no Chinese characters.
_FAR_EASTERN = ("Noto Sans CJK SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "SimHei", "PingFang SC",
                "Heiti SC", "Hiragino Sans GB", "Noto Sans SC", "Source Han Sans SC",
                # Debian's fonts-noto-cjk, of which Matplotlib before 3.11 sees the first face alone.
                "Noto Sans CJK JP")  # fmt: skip


def translated(text: str) -> str:
    """`text` in the reader's language if this machine has a font for it, otherwise unchanged."""
    translation = _(text)
    if translation == text:
        return text
    from matplotlib.font_manager import FontProperties, findfont, get_font

    families, drawable = _font_families(), set[int]()
    for name in families:
        drawable |= get_font(findfont(FontProperties(family=[name]))).get_charmap().keys()
    if not set(map(ord, translation)) <= drawable:
        return text
    _use_fonts(families)
    return translation


def use_fonts_of_language() -> None:
    """Let the texts of the next figure have the characters of the reader's language."""
    if language() != ENGLISH:
        _use_fonts(_font_families())


def _font_families() -> list[str]:
    """Matplotlib's own font, and those of this machine that have Chinese characters."""
    from matplotlib.font_manager import get_font_names

    installed = set(get_font_names())
    return ["sans-serif", *(name for name in _FAR_EASTERN if name in installed)]


def _use_fonts(families: list[str]) -> None:
    import matplotlib

    matplotlib.rcParams["font.family"] = families  # each falls back to the next
    logging.getLogger("matplotlib.font_manager").addFilter(_is_not_of_a_weight)


def _is_not_of_a_weight(record: logging.LogRecord) -> bool:
    """False for the line that a font without a bold face gives: no student can do anything about it."""
    return "Failed to find font weight" not in str(record.msg)
