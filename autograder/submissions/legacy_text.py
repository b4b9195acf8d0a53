"""Reads text that is not UTF-8: an editor may save a notebook in what its system was used to.

In the encodings of East Asia the second byte of a character may be a backslash, which JSON would
take for an escape and a line's end would be lost. So which encoding it is matters for code too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

# From the first byte of a character on; bytes below 64 are never the second of one.
_PIECE = re.compile(rb"[\x80-\xff][\x40-\xff]*")
_MAX_PIECES, _LONGEST_PIECE = 2_000, 200  # by which the encoding is guessed
_BAD_ESCAPE = re.compile(r'\\(?:["\\/bfnrtu]|(.|$))', re.DOTALL)
# A quotation mark or a dash before a backslash: rather the first half of a Japanese character.
_HALF = re.compile(r"[\u2013-\u201e\u2022]\\\\")
_LATIN = frozenset("äöüßÄÖÜéèêëàâçîïôùûñáíóúÉÀÇÑõãåøæÅØ…–—‘’“”„•€£§°×·²³µ«»¿¡½")
# Of each encoding of two bytes, the first bytes of its common characters.
_COMMON: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        "gbk": frozenset((*range(0xA1, 0xA4), *range(0xB0, 0xD8))),
        "big5": frozenset(range(0xA1, 0xC7)),
        "shift_jis": frozenset((*range(0x81, 0x84), *range(0x88, 0x98))),
    }
)
_CODECS = {"cp1252": "cp1252", "gbk": "gbk", "big5": "cp950", "shift_jis": "cp932"}


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """`data` in UTF-8, and the name of the encoding that it was taken for if it was another."""
    encoding = json.detect_encoding(data)
    if not encoding.startswith("utf-8"):
        return _encoded(data.decode(encoding, "replace")), ""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
        return data, ""
    except UnicodeDecodeError:
        pass
    try:
        return _encoded(data.decode("utf-8", "surrogatepass")), ""
    except UnicodeDecodeError:
        pass
    pieces = {
        piece
        for piece in _PIECE.findall(data)
        if len(piece) <= _LONGEST_PIECE and not _is_utf8(piece)
    }
    sample = sorted(pieces)[:_MAX_PIECES]
    name = min(_CODECS, key=lambda each: _unlikeliness(each, sample))

    def decoded(piece: re.Match[bytes]) -> bytes:
        return piece[0] if _is_utf8(piece[0]) else _decoded(piece[0], name).encode()

    return _PIECE.sub(decoded, data), name


def _encoded(text: str) -> bytes:
    """In UTF-8, with surrogates that stand alone replaced."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(piece: bytes, name: str) -> str:
    """A piece as text of this encoding, or of Western Europe where it is not that."""
    for codec in (_CODECS[name], "cp1252"):
        try:
            return piece.decode(codec)
        except UnicodeDecodeError:
            continue
    return piece.decode("latin-1")


def _unlikeliness(name: str, pieces: Iterable[bytes]) -> tuple[int, float]:
    """How little these pieces look like this encoding: what cannot be read, what is uncommon."""
    unread = characters = uncommon = 0
    for piece in pieces:
        try:
            text = piece.decode(_CODECS[name])
        except UnicodeDecodeError:
            unread += 1
            continue
        unread += sum(found is not None for found in map(_bad_escape, _BAD_ESCAPE.finditer(text)))
        for character in text:
            if not character.isascii():
                characters += 1
                uncommon += not _is_common(character, name)
        uncommon += len(_HALF.findall(text)) if name == "cp1252" else 0
    return unread, uncommon / characters if characters else 1.0


def _bad_escape(found: re.Match[str]) -> str | None:
    """An escape that JSON does not have; None for one that it has, or may be cut here."""
    return found[1] or None


def _is_common(character: str, name: str) -> bool:
    if name == "cp1252":
        return character in _LATIN
    encoded = character.encode(_CODECS[name])
    is_common = len(encoded) == 2 and encoded[0] in _COMMON[name]
    return is_common and (name != "gbk" or encoded[1] >= 0xA1)
