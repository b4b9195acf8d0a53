"""nbgrader's feedback page, made to run nothing, to ask for nothing, and to stand alone.

nbgrader_config.py puts it in the place of nbgrader's own exporter of feedback.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, DictLoader
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.gradebook import nbgrader_paths
from autograder.gradebook.converters import leave_out
from autograder.gradebook.feedback_by_hand import add_scores_by_hand
from autograder.gradebook.manual_scores import scores_by_hand
from autograder.gradebook.plain_page import plain_page
from autograder.gradebook.release_feedback import SECRET
from autograder.gradebook.time_limit import TookTooLong, time_limit

# The second line of defence; the first is that all text is escaped. Nothing is loaded and
# nothing runs: pictures and styles are in the page, and there is no script of ours.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# The styles are for a narrow window: pictures shrink, long lines scroll in their own box.
_HEAD = f"""\
<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>
<meta name="referrer" content="no-referrer"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<style>
img {{ max-width: 100%; height: auto; }}
pre {{ overflow-x: auto; }}
.rendered_html th, .rendered_html td {{ padding-right: 1em; vertical-align: top; }}
</style>
"""
# nbgrader's template has one place in its head for what comes from elsewhere: there it loads
# MathJax from a CDN, which would run in the page and know who reads which feedback and when.
_MATHJAX = f"{{% macro mathjax(url='') %}}{_HEAD}{{% endmacro %}}"
_PAGE_SECONDS = 30.0  # of processor time; a usual page takes a fifth of one
# By these nbgrader knows a newer submission, and whom a page is released to.
_KEPT = ("timestamp.txt", SECRET)
nbgrader_paths.correct()


class _Compiled(BytecodeCache):
    """Templates that this process has compiled: nbgrader makes a new exporter for each student.

    Compiling the nine files of the page takes longer than writing it. Jinja compares the text of
    a template with that of the compiled one.
    """

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket of a template that was compiled before."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _Limited:
    """A template that has _PAGE_SECONDS to write a page; raises TookTooLong."""

    def __init__(self, template: Any) -> None:
        self._template = template

    def render(self, **variables: Any) -> str:
        """The page."""
        with time_limit(_PAGE_SECONDS):
            return str(self._template.render(**variables))


class FeedbackExporter(HTMLExporter):
    """Writes the page alone: no script, no request, no file of a student's beside it."""

    def __init__(self, **kwargs: Any) -> None:
        loader = DictLoader({"mathjax.html.j2": _MATHJAX})
        super().__init__(extra_loaders=[loader], **kwargs)  # type: ignore[no-untyped-call]
        self.environment.bytecode_cache = _COMPILED
        self.environment.filters["highlight_code"] = Highlight2HTML(  # type: ignore[no-untyped-call]
            pygments_lexer="python", parent=self
        )
        if hasattr(self.parent, "coursedir"):
            _leave_out_files(self.parent)

    def from_notebook_node(  # type: ignore[override]  # HTMLExporter's own signature
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a graded notebook, with its language named for who has it read aloud.

        HTMLExporter reads the whole page when it is written and writes it again: for pictures
        without a text, and for JupyterLab's cells. Every picture has one here, and the cells are
        not JupyterLab's. What it does beforehand is done in __init__.
        """
        try:
            page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kwargs)
        except TookTooLong:
            nb, resources = self._prepared
            page = plain_page(nb, resources, _HEAD, self.language_code, _PAGE_SECONDS)
            return page, resources
        return page.replace("<html>", f'<html lang="{self.language_code}">', 1), resources

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Say of each score that was given by hand that it is what counts."""
        nb, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
        if ids := resources.get("nbgrader"):
            with Gradebook(ids["db_url"]) as gradebook:
                by_hand = scores_by_hand(gradebook, ids["assignment"], ids["student"])
                add_scores_by_hand(nb, by_hand)
        self._prepared = (nb, resources)
        return nb, resources

    @property
    def template(self) -> Any:
        """The template, which writes within a time limit: it is where a student's text takes time.

        What comes before it reads the gradebook, in the middle of which nothing may break off.
        """
        return _Limited(super().template)


def _leave_out_files(converter: Any) -> None:
    """Keep nbgrader from copying what was handed in beside the notebook into the feedback.

    The page needs none of it, a student's own HTML is no feedback, and a directory with the
    page's name would stand in its place.
    """
    leave_out(
        converter,
        (
            entry
            for directory in converter.assignments
            for entry in Path(directory).iterdir()
            if not (entry.is_file() and (entry.name in _KEPT or entry.suffix == ".ipynb"))
        ),
    )
