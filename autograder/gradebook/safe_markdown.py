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
from pygments.token import STANDARD_TYPES

from autograder._util.images import PictureBudget, pictures_omitted

_TAGS = {
    *bleach.ALLOWED_TAGS,
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "pre", "div", "span", "img", "del"),
    *("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "sub", "sup"),
}
# Pictures only from within the page: a remote one would tell its owner who reads it, when.
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+")
# Links out of the page or within it. nbconvert takes "files/" off a link that is relative,
# whatever comes after it, and beside the page lies what a student handed in.
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
# nbconvert's parser takes time that grows with the square of the length for some texts: 132 KB of
# blank lines took three minutes. Longer cells, and what comes behind so much of a page, are shown
# as they were typed; the kit's own cells have up to 1,300 characters, a notebook's up to 9,000.
LONGEST_CELL, LONGEST_PAGE = 10_000, 60_000
# In the page's resources: the characters rendered so far, and what is left for pictures.
_SO_FAR, _BUDGET = "autograder_markdown", "autograder_pictures"
_COLOURS = {"highlight", *STANDARD_TYPES.values()}  # the classes that a code block needs


@pass_context
def markdown2html(context: Mapping[str, Any], source: str) -> str:
    """`source` as HTML without scripts, styles, forms, remote pictures or odd links.

    What cannot be rendered, such as a picture that is not attached, is shown as text, and so is
    what is over LONGEST_CELL characters, or over LONGEST_PAGE with the cells before it.
    """
    if len(source) > LONGEST_CELL or _with_those_before(context, source) > LONGEST_PAGE:
        return f"<pre>{html.escape(source)}</pre>"
    attachments = context.get("cell", {}).get("attachments", {})
    omitted = 0

    def allowed(tag: str, name: str, value: str) -> bool:
        nonlocal omitted
        if not _allowed(tag, name, value):
            return False
        # Only here, since to make the budget looks into every picture of the page.
        fits = (tag, name) != ("img", "src") or _fits(value, _budget(context))
        omitted += not fits
        return fits

    try:
        renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        rendered = MarkdownWithMath(renderer=renderer).render(source)
        cleaned: str = bleach.clean(
            rendered,
            tags=_TAGS,
            attributes=allowed,
            protocols={"http", "https", "mailto", "data"},  # data for _PICTURE
        )
        if omitted:
            cleaned += f"<p>{html.escape(pictures_omitted(omitted))}</p>"
        return cleaned
    except Exception:  # a student's text must not stop a page
        return f"<pre>{html.escape(source)}</pre>"


def _with_those_before(context: Mapping[str, Any], source: str) -> int:
    """The characters of Markdown of this page so far, with `source`."""
    resources = context.get("resources")
    if not isinstance(resources, dict):
        return len(source)
    resources[_SO_FAR] = resources.get(_SO_FAR, 0) + len(source)
    return int(resources[_SO_FAR])


def _budget(context: Mapping[str, Any]) -> PictureBudget:
    """What is left for pictures of this page, of which its outputs take theirs first."""
    resources = context.get("resources")
    if isinstance(resources, dict) and _BUDGET in resources:
        kept: PictureBudget = resources[_BUDGET]
        return kept
    budget = PictureBudget()
    for cell in context.get("nb", {}).get("cells", []):
        for output in cell.get("outputs", []):
            for mime, data in output.get("data", {}).items():
                if mime.startswith("image/") and isinstance(data, str):
                    budget.takes(mime, data)
    if isinstance(resources, dict):
        resources[_BUDGET] = budget
    return budget


def _fits(source: str, budget: PictureBudget) -> bool:
    mime, _, data = source.strip().removeprefix("data:").partition(";base64,")
    return budget.takes(mime, data)


def _allowed(tag: str, name: str, value: str) -> bool:
    if name in ("title", "alt"):
        return True
    if name == "class":  # others are the page's: they would cover it, or look like a score
        return tag in ("span", "div", "pre", "code") and _COLOURS.issuperset(value.split())
    if tag == "a" and name == "href":
        return bool(_LINK.match(value.strip()))
    return tag == "img" and name == "src" and bool(_PICTURE.fullmatch(value.strip()))
