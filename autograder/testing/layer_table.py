"""A student's layers in a table beside the expected ones, for the message of a wrong model."""

from __future__ import annotations

from collections.abc import Sequence

from autograder._util.i18n import gettext as _
from autograder.testing.formatting import columns
from autograder.testing.layer_mistakes import Wanted

# Characters of a line that JupyterLab shows beside its file browser in a window of 1,200 pixels. It
# breaks a longer one anywhere, and a table is then hard to read.
_PAGE_WIDTH = 84


def layers_compared(layers: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    """The student's layers in a table beside the expected ones; an arrow marks the first difference.

    Where that is too wide for the page, the expected ones stand below.
    """
    count = max(len(layers), len(wanted))
    student_rows = [_row(layers, index) for index in range(count)]
    wanted_rows = [_row(wanted, index) for index in range(count)]
    first = next(
        (index for index in range(count) if student_rows[index] != wanted_rows[index]), None
    )
    left, right = _aligned(_("your layers"), student_rows), _aligned(_("expected"), wanted_rows)
    beside = _marked([f"{a} | {b}" for a, b in zip(left, right, strict=True)], first)
    if max(map(columns, beside)) > _PAGE_WIDTH:
        return "\n".join([*_marked(left, first), *_marked(right, first)])
    return "\n".join(beside)


def _marked(lines: Sequence[str], layer: int | None) -> list[str]:
    """The lines of a table, the first of them its head, with an arrow at a layer."""
    return [
        f"{'->' if index - 1 == layer else '  '} {line}".rstrip()
        for index, line in enumerate(lines)
    ]


def _row(layers: Sequence[Wanted], index: int) -> tuple[str, str, str]:
    """(description, output shape, parameters) of a layer; blank after the last layer."""
    if index >= len(layers):
        return "-", "", ""
    layer = layers[index]
    window, rate = "x".join(map(str, layer.window)), f"{layer.rate:g}" if layer.rate else ""
    dilation = "" if layer.dilation == (1, 1) else f"dilation {'x'.join(map(str, layer.dilation))}"
    parts = [layer.kind, window, layer.padding, dilation, rate, layer.activation]
    description = " ".join(part for part in parts if part not in ("", "linear", "valid"))
    return description, "x".join(map(str, layer.shape)) or "?", f"{layer.parameters:,}"


def _aligned(title: str, rows: Sequence[tuple[str, str, str]]) -> list[str]:
    table = [(title, _("output"), _("parameters")), *rows]
    widths = [max(map(columns, column)) for column in zip(*table, strict=True)]
    return [
        f"{layer}{_blanks(layer, widths[0])}  {shape}{_blanks(shape, widths[1])}  "
        f"{_blanks(parameters, widths[2])}{parameters}"
        for layer, shape, parameters in table
    ]


def _blanks(text: str, width: int) -> str:
    """What makes `text` so many columns wide."""
    return " " * (width - columns(text))
