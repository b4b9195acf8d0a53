"""Pictures that a student put into a notebook or an output: kept if a page can show them safely."""

from __future__ import annotations

import base64
import binascii
import io
import warnings

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}  # SVG can hold scripts
# A few kilobytes can stand for gigabytes of pixels, which the reader's browser would unpack.
MOST_PIXELS = 25_000_000


def is_shown(mime: str, text: str) -> bool:
    """Whether `text` is the base64 of a picture of this type with at most 25 million pixels.

    Only its header is read, nothing is unpacked.
    """
    if mime not in _FORMATS:
        return False
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own limit is higher than ours
            with Image.open(io.BytesIO(data), formats=[_FORMATS[mime]]) as image:
                width, height = image.size
    except Exception:  # whatever a broken header does to Pillow: it is no picture
        return False
    return width * height <= MOST_PIXELS
