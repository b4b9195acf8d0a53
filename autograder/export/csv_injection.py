"""Text that a spreadsheet would run as a formula, made harmless.

The rule is OWASP's (https://owasp.org/www-community/attacks/CSV_Injection): a cell that begins
with = + - @, a tab, a carriage return, a line feed or a full-width variant of the four signs
gets a single quote before it, which spreadsheets take for "this is text". As that page warns
of separators and quotes, the same is done after white space and quotation marks, and after each
comma, semicolon, tab and line end inside the text, where a program set to another separator
begins a new cell.

The package defusedcsv looks at the first character alone, so it does not do.

It is for text that students wrote or chose: names, ids, addresses, comments. Numbers stay
numbers, and what an instructor's own file holds is not touched.
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
    """`text` with a single quote wherever a spreadsheet could begin to read a formula."""
    parts = _SEPARATORS.split(text)
    parts[::2] = [f"'{part}" if _begins_formula(part) else part for part in parts[::2]]
    made = "".join(parts)
    return f"'{made}" if unicodedata.category(made[:1] or " ") == "Cc" else made


def _begins_formula(text: str) -> bool:
    for character in text:
        if character not in _QUOTES and unicodedata.category(character) not in _SKIPPED:
            # Full-width, small and raised variants are the plain sign in this normal form.
            return unicodedata.normalize("NFKC", character)[:1] in _SIGNS
    return False
