"""Decide which pictures of a student's notebook or outputs a page can show safely.

One picture may be safe when a thousand are not, so a PictureBudget limits all pictures of a page.
"""

from __future__ import annotations

import base64
import binascii
import io
import warnings

from autograder._util.i18n import ngettext

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}  # SVG can hold scripts
# A few kilobytes can decompress to gigabytes of pixels in the reader's browser.
MAX_PIXELS = 25_000_000
# Limits of one page, for pictures of the student and of the kit together.
MAX_PICTURES, MAX_PAGE_CHARACTERS, MAX_PAGE_PIXELS = 100, 15_000_000, 100_000_000


def is_safe_image(mime: str, text: str) -> bool:
    """Whether `text` is a base64 picture of this type with at most 25 million pixels.

    Reads only the header and decompresses nothing.
    """
    return pixels(mime, text) is not None


def pixels(mime: str, text: str) -> int | None:
    """The number of pixels of the base64 picture `text`, or None if it must not be shown."""
    if mime not in _FORMATS:
        return None
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own limit is higher than ours
            # Only this decoder: fewer parsers see a student's bytes, and the type cannot differ.
            with Image.open(io.BytesIO(data), formats=[_FORMATS[mime]]) as image:
                width, height = image.size
    except Exception:  # Pillow raises many exceptions for broken headers: not a picture
        return None
    return width * height if width * height <= MAX_PIXELS else None


class PictureBudget:
    """The remaining limits of one page's pictures; `omitted` counts those left out."""

    def __init__(self) -> None:
        self._pictures = MAX_PICTURES
        self._characters = MAX_PAGE_CHARACTERS
        self._pixels = MAX_PAGE_PIXELS
        self.omitted = 0

    def takes(self, mime: str, text: str) -> bool:
        """Whether the base64 picture `text` fits into what is left; if so, subtract it."""
        size = pixels(mime, text)
        if (
            size is None
            or self._pictures < 1
            or len(text) > self._characters
            or size > self._pixels
        ):
            self.omitted += 1
            return False
        self._pictures -= 1
        self._characters -= len(text)
        self._pixels -= size
        return True


def pictures_omitted(count: int) -> str:
    """The line that replaces pictures that a page does not show."""
    text = ngettext(
        "[{count} picture left out here: a page shows up to {most} that can be read, of {megapixels} "
        "million pixels together]",
        "[{count} pictures left out here: a page shows up to {most} that can be read, of {megapixels} "
        "million pixels together]",
        count,
    )
    return text.format(count=count, most=MAX_PICTURES, megapixels=MAX_PAGE_PIXELS // 1_000_000)
