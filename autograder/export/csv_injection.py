"""Neutralizes text that a spreadsheet would run as a formula.

The rule is OWASP's (https://owasp.org/www-community/attacks/CSV_Injection): a cell that begins
with = + - @, a tab, a carriage return, a line feed or a full-width variant of the four signs
gets a leading single quote, which marks it as text for spreadsheets. That page also warns of
separators and quotes. So a quote is also added after white space and quotation marks, and after each
comma, semicolon, tab and line end inside the text, because a program with another separator begins
a new cell there.

The package defusedcsv checks only the first character, which is not enough.

Use it for text that students wrote or chose: names, ids, addresses, comments. Numbers stay numbers,
and cells of an instructor's own file stay unchanged.
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = frozenset("=+-@\u2212")
_SEPARATORS = re.compile(r"([,;\t\r\n])")
_QUOTES = frozenset("\"'`")
# Controls, invisible marks, spaces, line ends and opening or closing quotation marks.
_SKIPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Pi", "Pf"})


def neutral(text: str) -> str:
    """`text` with a single quote wherever a spreadsheet could start to read a formula."""
    parts = _SEPARATORS.split(text)
    parts[::2] = [f"'{part}" if _begins_formula(part) else part for part in parts[::2]]
    joined = "".join(parts)
    return f"'{joined}" if unicodedata.category(joined[:1] or " ") == "Cc" else joined


def _begins_formula(text: str) -> bool:
    for character in text:
        if character not in _QUOTES and unicodedata.category(character) not in _SKIPPED:
            # NFKC maps full-width, small and superscript variants to the plain sign.
            return unicodedata.normalize("NFKC", character)[:1] in _SIGNS
    return False
