"""Pictures of a student's: those that a page can show, and not one that would fill its memory."""

import base64

import pytest

from autograder._util.images import MAX_PIXELS, is_safe_image
from autograder.sandbox.host.outputs import clean_outputs
from tests.support.pictures import picture, png_of


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_small_pictures_are_shown_as_what_they_are(kind: str) -> None:
    text = picture(kind)
    assert is_safe_image(f"image/{kind.lower()}", text)
    assert is_safe_image(
        f"image/{kind.lower()}", text[:20] + "\n" + text[20:]
    )  # lines, as MIME has them
    other = {"PNG": "gif", "JPEG": "png", "GIF": "jpeg"}[kind]
    assert not is_safe_image(f"image/{other}", text)


def test_a_few_bytes_that_stand_for_gigabytes_are_not_shown() -> None:
    assert is_safe_image("image/png", png_of(5_000, MAX_PIXELS // 5_000))
    assert not is_safe_image("image/png", png_of(5_000, MAX_PIXELS // 5_000 + 1))
    assert not is_safe_image("image/png", png_of(2**31 - 1, 2**31 - 1))


@pytest.mark.parametrize(
    ("mime", "text"),
    [
        ("image/svg+xml", base64.b64encode(b"<svg/>").decode()),
        ("image/png", ""),
        ("image/png", "no base64"),
        ("image/png", 'x" onerror="alert(1)'),
        ("image/png", "\udcff"),
        ("image/png", base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()),
        ("text/html", base64.b64encode(b"<script>").decode()),
    ],
)
def test_what_is_no_picture_is_not_shown(mime: str, text: str) -> None:
    assert not is_safe_image(mime, text)


def test_an_output_loses_a_picture_that_is_too_large_and_keeps_its_text() -> None:
    data = {"text/plain": "<Figure>", "image/png": png_of(60_000, 60_000)}
    output = {"output_type": "display_data", "data": data}
    (kept,) = clean_outputs([output], 100_000)
    assert kept["data"] == {"text/plain": "<Figure>"}
