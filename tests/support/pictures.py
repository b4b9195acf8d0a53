"""Pictures for tests: real ones, and ones that only say that they are large."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

from PIL import Image


def picture(kind: str, size: tuple[int, int] = (3, 2)) -> str:
    """The base64 of a picture."""
    out = io.BytesIO()
    Image.new("L", size).save(out, kind)
    return base64.b64encode(out.getvalue()).decode()


def png_of(width: int, height: int) -> str:
    """A PNG that says it is this large, and holds a line of nothing."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(bytes(100))) + _chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + header + data).decode()


def picture_output(png: str) -> dict[str, Any]:
    """An output that shows a picture."""
    return {"output_type": "display_data", "data": {"image/png": png}, "metadata": {}}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
