"""Markdown that a student wrote, as HTML that does nothing but show text and pictures.

nbgrader's pages pass Markdown into HTML as it is. This filter of nbconvert stands in for
its `markdown2html` in the formgrader and in feedback.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

import bleach  # type: ignore[import-untyped]
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

_TAGS = {
    *bleach.ALLOWED_TAGS,
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "pre", "div", "span", "img", "del"),
    *("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "sub", "sup"),
}
# Pictures only from within the page: a remote one would tell its owner who reads it, when.
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+")


@pass_context
def markdown2html(context: Mapping[str, Any], source: str) -> str:
    """`source` as HTML without scripts, styles, forms, remote pictures or odd links.

    What cannot be rendered, such as a picture that is not attached, is shown as text.
    """
    attachments = context.get("cell", {}).get("attachments", {})
    try:
        renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        rendered = MarkdownWithMath(renderer=renderer).render(source)
        cleaned: str = bleach.clean(
            rendered,
            tags=_TAGS,
            attributes=_allowed,
            protocols={"http", "https", "mailto", "data"},
        )
        return cleaned
    except Exception:  # a student's text must not stop a page
        return f"<pre>{html.escape(source)}</pre>"


def _allowed(tag: str, name: str, value: str) -> bool:
    if name in ("title", "alt") or (tag in ("span", "div", "pre", "code") and name == "class"):
        return True
    if tag == "a" and name == "href":
        return not value.strip().lower().startswith("data:")
    return tag == "img" and name == "src" and bool(_PICTURE.fullmatch(value.strip()))
