"""Converts text to UTF-8: an editor may have saved a notebook in the old encoding of its system.

In East Asian encodings the second byte of a character may be a backslash. JSON would read it as an
escape, and a line end would be lost. The encoding therefore matters even for ASCII code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

# A run that starts at the first byte of a character; a second byte is never below 64.
_PIECE = re.compile(rb"[\x80-\xff][\x40-\xff]*")
_ESCAPED = re.compile("[\udc80-\udcff]+")  # how Python's decoder marks bytes that are not UTF-8
_MAX_STRAY = 3  # a text in another encoding has more bytes that are not UTF-8, or two side by side
_MAX_PIECES, _LONGEST_PIECE = 2_000, 200  # bounds the work of guessing the encoding
# Each escape; its group is what JSON does not take after a backslash.
_ESCAPE = re.compile(r'\\(?:["\\/bfnrtu]|(.|$))', re.DOTALL)
# A quotation mark or a dash before a backslash is more likely half of a Japanese character.
_HALF_CHARACTER = re.compile(r"[\u2013-\u201e\u2022]\\\\")
_LATIN = frozenset("äöüßÄÖÜéèêëàâçîïôùûñáíóúÉÀÇÑõãåøæÅØ…–—‘’“”„•€£§°×·²³µ«»¿¡½")
# For each two-byte encoding, the first bytes of its common characters.
_COMMON: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        "gbk": frozenset((*range(0xA1, 0xA4), *range(0xB0, 0xD8))),
        "big5": frozenset(range(0xA1, 0xC7)),
        "shift_jis": frozenset((*range(0x81, 0x84), *range(0x88, 0x98))),
    }
)
_CODECS = {"cp1252": "cp1252", "gbk": "gbk", "big5": "cp950", "shift_jis": "cp932"}


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """`data` as UTF-8, and the name of its guessed encoding; no name if it was UTF-8, 16 or 32.

    A few stray bytes say nothing about an encoding: each is a Western European letter, or U+FFFD.
    """
    encoding = json.detect_encoding(data)
    if not encoding.startswith("utf-8"):
        return _encode(data.decode(encoding, "replace")), ""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
        return data, ""
    except UnicodeDecodeError:
        pass
    try:
        return _encode(data.decode("utf-8", "surrogatepass")), ""
    except UnicodeDecodeError:
        pass
    if (mended := _without_stray_bytes(data)) is not None:
        return mended
    pieces = {
        piece
        for piece in _PIECE.findall(data)
        if len(piece) <= _LONGEST_PIECE and not _is_utf8(piece)
    }
    sample = sorted(pieces)[:_MAX_PIECES]
    name = min(_CODECS, key=lambda candidate: _unlikeliness(candidate, sample))

    def to_utf8(piece: re.Match[bytes]) -> bytes:
        return piece[0] if _is_utf8(piece[0]) else _decode(piece[0], name).encode()

    return _PIECE.sub(to_utf8, data), name


def _without_stray_bytes(data: bytes) -> tuple[bytes, str] | None:
    """`data` and its encoding if only a few separate bytes are not UTF-8; None otherwise.

    As a half of a two-byte character, such a byte would take the character behind it along.
    """
    text = data.decode("utf-8", "surrogateescape")
    runs = _ESCAPED.findall(text)
    if len(runs) > _MAX_STRAY or any(len(run) > 1 for run in runs):
        return None

    def letter(run: re.Match[str]) -> str:
        character = run[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        return character if character in _LATIN else "\ufffd"

    mended = _ESCAPED.sub(letter, text)
    is_letter = any(letter(run) != "\ufffd" for run in _ESCAPED.finditer(text))
    return mended.encode(), "cp1252" if is_letter else ""


def _encode(text: str) -> bytes:
    """`text` in UTF-8, with lone surrogates replaced."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _decode(piece: bytes, name: str) -> str:
    """A piece decoded with this encoding, or as Western European text if that fails."""
    for codec in (_CODECS[name], "cp1252"):
        try:
            return piece.decode(codec)
        except UnicodeDecodeError:
            continue
    return piece.decode("latin-1")


def _unlikeliness(name: str, pieces: Iterable[bytes]) -> tuple[int, float]:
    """How badly these pieces fit this encoding: undecodable pieces, share of uncommon characters."""
    undecodable = characters = uncommon = 0
    for piece in pieces:
        try:
            text = piece.decode(_CODECS[name])
        except UnicodeDecodeError:
            undecodable += 1
            continue
        undecodable += sum(bool(escape[1]) for escape in _ESCAPE.finditer(text))
        for character in text:
            if not character.isascii():
                characters += 1
                uncommon += not _is_common(character, name)
        uncommon += len(_HALF_CHARACTER.findall(text)) if name == "cp1252" else 0
    return undecodable, uncommon / characters if characters else 1.0


def _is_common(character: str, name: str) -> bool:
    if name == "cp1252":
        return character in _LATIN
    encoded = character.encode(_CODECS[name])
    is_common = len(encoded) == 2 and encoded[0] in _COMMON[name]
    return is_common and (name != "gbk" or encoded[1] >= 0xA1)
