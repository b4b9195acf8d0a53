"""Show a figure in a notebook together with a text for readers who cannot see it."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import Any


class Drawing:
    """A finished figure and a text that says what it shows, for readers who cannot see it.

    A notebook shows the HTML, which has the text as the picture's alternative; feedback pages are
    made from the PNG and the plain text, all that leaves a sandbox.
    """

    def __init__(self, figure: Any, text: str) -> None:
        """Raise ValueError for a figure without a text."""
        if not text.strip():
            raise ValueError("a figure needs a text that says what it shows")
        self.figure = figure
        self.text = text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", bbox_inches="tight")
        png = base64.b64encode(buffer.getvalue()).decode()
        html = f'<img alt="{escape(self.text)}" src="data:image/png;base64,{png}">'
        return {"image/png": png, "text/html": html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


def show(figure: Any, text: str) -> None:
    """Show a figure in the notebook; `text` says what it shows to readers who cannot see it."""
    from IPython.display import display  # a notebook has imported it already

    display(Drawing(figure, text))
