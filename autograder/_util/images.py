"""Pictures that a student put into a notebook or an output: kept if a page can show them safely.

One may be safe where a thousand are not: a page has a PictureBudget for all of its pictures.
"""

from __future__ import annotations

import base64
import binascii
import io
import warnings

from autograder._util.i18n import ngettext

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}  # SVG can hold scripts
# A few kilobytes can stand for gigabytes of pixels, which the reader's browser would unpack.
MAX_PIXELS = 25_000_000
# Of one page, whoever drew them.
MAX_PICTURES, MAX_PAGE_CHARACTERS, MAX_PAGE_PIXELS = 100, 15_000_000, 100_000_000


def is_safe_image(mime: str, text: str) -> bool:
    """Whether `text` is the base64 of a picture of this type with at most 25 million pixels.

    Only its header is read, nothing is unpacked.
    """
    return pixels(mime, text) is not None


def pixels(mime: str, text: str) -> int | None:
    """How many pixels the picture has whose base64 is `text`; None where it is not shown."""
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
            with Image.open(io.BytesIO(data), formats=[_FORMATS[mime]]) as image:
                width, height = image.size
    except Exception:  # whatever a broken header does to Pillow: it is no picture
        return None
    return width * height if width * height <= MAX_PIXELS else None


class PictureBudget:
    """What the pictures of one page may come to; `omitted` counts those that did not fit."""

    def __init__(self) -> None:
        self._pictures = MAX_PICTURES
        self._characters = MAX_PAGE_CHARACTERS
        self._pixels = MAX_PAGE_PIXELS
        self.omitted = 0

    def takes(self, mime: str, text: str) -> bool:
        """Whether the picture whose base64 is `text` is shown, after those that were before it."""
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
    """The line that stands in the place of pictures that a page does not show."""
    said = ngettext(
        "[{count} picture left out here: a page shows up to {most} that can be read, of {megapixels} "
        "million pixels together]",
        "[{count} pictures left out here: a page shows up to {most} that can be read, of {megapixels} "
        "million pixels together]",
        count,
    )
    return said.format(count=count, most=MAX_PICTURES, megapixels=MAX_PAGE_PIXELS // 1_000_000)
