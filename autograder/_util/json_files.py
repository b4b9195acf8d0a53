"""Decodes JSON of files that may be damaged: every defect is a msgspec.DecodeError."""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")


def decoded(data: bytes, kind: type[T]) -> T:
    """JSON as an object of this type. Raises msgspec.DecodeError for anything else.

    msgspec itself raises UnicodeDecodeError for a damaged byte in a text, and RecursionError for
    values that are nested too deeply.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"JSON is malformed: {error}") from None
    except RecursionError:
        raise msgspec.DecodeError("JSON is nested too deeply") from None
