"""What a feedback page draws, as data: a record keeps it, and the page makes the image."""

from __future__ import annotations

import msgspec


class Curves(msgspec.Struct, frozen=True, tag=True):
    """Each of `lines` over 1, 2, ...; `level` is a horizontal line.

    `text` says what there is to see, for those who do not see it; so do those below.
    """

    title: str
    across: str
    up: str
    lines: dict[str, list[float]]
    text: str
    level: float | None = None


class Confusion(msgspec.Struct, frozen=True, tag=True):
    """A confusion matrix: `counts` of images, true classes down and predicted ones across."""

    title: str
    names: list[str]
    counts: list[list[int]]
    text: str


class Images(msgspec.Struct, frozen=True, tag=True):
    """Square grey images, each as the bytes of its pixels row by row, and a caption for each."""

    title: str
    pixels: list[bytes]
    captions: list[str]
    text: str


Picture = Curves | Confusion | Images
