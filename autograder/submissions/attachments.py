"""Reads the pictures that a student attached to a text cell."""

from __future__ import annotations

from autograder._util import images
from autograder.submissions.loose_json import Damage, elements, members, text


def read_attachments(raw: bytes, damage: Damage) -> tuple[dict[str, dict[str, str]], int]:
    """The attachments in the JSON `raw` that a page can show safely, and how many others there are.

    What is no attachment at all counts as one of the others.
    """
    if raw in (b"", b"null"):
        return {}, 0
    if not raw.startswith(b"{"):
        return {}, 1
    safe: dict[str, dict[str, str]] = {}
    left_out = 0
    for name, bundle in members(raw, damage).items():
        data_of = {mime: _data(data, damage) for mime, data in members(bundle, damage).items()}
        pictures = {
            mime: data for mime, data in data_of.items() if images.is_safe_image(mime, data)
        }
        if pictures:
            safe[name] = pictures
        else:
            left_out += 1
    return safe, left_out


def _data(raw: bytes, damage: Damage) -> str:
    """The data of a picture: a text or, as notebooks allow, its lines. Empty if it is neither."""
    if not raw.startswith(b"["):
        return text(raw) or ""
    return "".join(text(line) or "" for line in elements(raw, damage))
