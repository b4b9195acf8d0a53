"""Renders a student's Markdown as HTML that can only show text and pictures.

nbgrader's pages render Markdown without sanitizing it. This filter replaces nbconvert's
`markdown2html` in the formgrader and in feedback.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.token import STANDARD_TYPES

from autograder._util.images import PictureBudget, pictures_omitted

_TAGS = {
    *bleach.ALLOWED_TAGS,
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "pre", "div", "span", "img", "del"),
    *("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "sub", "sup"),
}
# Only pictures in the page itself: a remote one would tell its server who reads the page and when.
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+")
# Absolute links and links within the page. No relative ones: nbconvert strips "files/" from them,
# whatever follows, and files of the student lie beside the page.
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
# For some texts nbconvert's parser takes quadratic time: 132 KB of blank lines took three minutes.
# Longer cells, and cells beyond this total of a page, are shown as typed. The kit's own cells have up
# to 1,300 characters, all cells of a notebook up to 9,000.
LONGEST_CELL, LONGEST_PAGE = 10_000, 60_000
# Keys of the page's resources: the characters rendered so far, and the budget left for pictures.
_CHARACTERS, _BUDGET = "autograder_markdown", "autograder_pictures"
_CODE_CLASSES = {"highlight", *STANDARD_TYPES.values()}  # the CSS classes of highlighted code


@pass_context
def markdown2html(context: Mapping[str, Any], source: str) -> str:
    """`source` as HTML without scripts, styles, forms, remote pictures or unsafe links.

    Shows as text what cannot be rendered, such as a picture that is not attached, and a cell with
    more than LONGEST_CELL characters, or more than LONGEST_PAGE together with the cells before it.
    """
    if len(source) > LONGEST_CELL or _characters_so_far(context, source) > LONGEST_PAGE:
        return f"<pre>{html.escape(source)}</pre>"
    attachments = context.get("cell", {}).get("attachments", {})
    omitted = 0

    def allowed(tag: str, name: str, value: str) -> bool:
        nonlocal omitted
        if not _allowed(tag, name, value):
            return False
        # Call _budget() only for pictures: creating it examines every picture of the page.
        fits = (tag, name) != ("img", "src") or _fits(value, _budget(context))
        omitted += not fits
        return fits

    try:
        rendered = _render(source, attachments) if attachments else _rendered(source)
        if "<img" not in rendered.lower():
            return _without_pictures(rendered)
        cleaned = _cleaned(rendered, allowed)
        if omitted:
            cleaned += f"<p>{html.escape(pictures_omitted(omitted))}</p>"
        return cleaned
    except Exception:  # no text of a student may stop a page
        return f"<pre>{html.escape(source)}</pre>"


# Most Markdown of a class is the release's own, and the same on every page. Of pictures each counts
# towards its page's limit.
@lru_cache(maxsize=512)
def _rendered(source: str) -> str:
    return _render(source, {})


@lru_cache(maxsize=512)
def _without_pictures(rendered: str) -> str:
    return _cleaned(rendered, _allowed)


def _render(source: str, attachments: dict[str, dict[str, str]]) -> str:
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    rendered: str = MarkdownWithMath(renderer=renderer).render(source)
    return rendered


def _cleaned(rendered: str, allowed: Callable[[str, str, str], bool]) -> str:
    cleaned: str = bleach.clean(
        rendered,
        tags=_TAGS,
        attributes=allowed,
        protocols={"http", "https", "mailto", "data"},  # data for _PICTURE
    )
    return cleaned


def _characters_so_far(context: Mapping[str, Any], source: str) -> int:
    """The number of Markdown characters of this page so far, including `source`."""
    resources = context.get("resources")
    if not isinstance(resources, dict):
        return len(source)
    resources[_CHARACTERS] = resources.get(_CHARACTERS, 0) + len(source)
    return int(resources[_CHARACTERS])


def _budget(context: Mapping[str, Any]) -> PictureBudget:
    """The budget left for pictures in Markdown; pictures in outputs count first."""
    resources = context.get("resources")
    if isinstance(resources, dict) and _BUDGET in resources:
        page_budget: PictureBudget = resources[_BUDGET]
        return page_budget
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
    if name == "class":  # a class of the page could cover it or fake a score
        return tag in ("span", "div", "pre", "code") and _CODE_CLASSES.issuperset(value.split())
    if tag == "a" and name == "href":
        return bool(_LINK.match(value.strip()))
    return tag == "img" and name == "src" and bool(_PICTURE.fullmatch(value.strip()))
