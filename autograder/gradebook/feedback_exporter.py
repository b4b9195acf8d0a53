"""Exports nbgrader's feedback page without scripts and requests, as one self-contained file.

nbgrader_config.py replaces nbgrader's feedback exporter with this one.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, DictLoader
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder._util.i18n import gettext as _
from autograder._util.i18n import use_language
from autograder._util.time_limit import TookTooLong, time_limit
from autograder.course.cells import question_answered_in
from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.gradebook import nbgrader_paths
from autograder.gradebook.comments import comments_by_hand
from autograder.gradebook.converters import leave_out
from autograder.gradebook.feedback_by_hand import (
    add_scores_by_hand,
    add_what_waits,
    leave_out_repeated_comments,
    name_mark_schemes,
)
from autograder.gradebook.manual_scores import scores_by_hand, waiting_for_a_person
from autograder.gradebook.page_stamps import read_entries, with_stamp
from autograder.gradebook.plain_page import plain_page
from autograder.gradebook.release_feedback import SECRET
from autograder.gradebook.template_words import TranslatedWords
from autograder.gradebook.worded_points import (
    keep_worded,
    name_extra_points,
    without_missing_points,
)

# The second line of defence; the first is that all text is escaped. The policy allows no script and
# no request: pictures and styles are in the page, and the kit adds no script.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Styles for narrow and enlarged windows: pictures shrink, long lines wrap between words. (In a box that scrolls, no
# key could reach their ends in every browser.) Links are darker than nbgrader's, and underlined.
# In dark the whole page is inverted, which keeps every contrast of nbgrader's many rules; pictures are
# inverted back. Output has the page's colours: those of a student's terminal may have no contrast to it.
_HEAD = f"""\
<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>
<meta name="referrer" content="no-referrer"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<style>
img {{ max-width: 100%; height: auto; }}
body pre {{ white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; }}
body a {{ color: #23527c; text-decoration: underline; }}
body .panel-primary .panel-heading .pull-right a {{ color: inherit; }}
body .output_area pre span {{ color: inherit !important; background: none !important; }}
.rendered_html th, .rendered_html td {{ padding-right: 1em; vertical-align: top; }}
@media screen and (prefers-color-scheme: dark) {{
  html {{ background: white; filter: invert(0.92) hue-rotate(180deg); }}
  img, svg {{ filter: invert(1) hue-rotate(180deg); }}
}}
</style>
"""
# nbgrader's template loads MathJax from a CDN in its head. That script would run in the page, and
# the CDN would know who reads which feedback and when. So replace the macro that loads it.
_MATHJAX = f"{{% macro mathjax(url='') %}}{_HEAD}{{% endmacro %}}"
_CONTENTS = '<div id="toc">'
_ENTRY = re.compile(r'<a href="#(?P<comment>comment-)?(?P<name>[^"]+)">[^<]*</a>')
_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
_LONGEST_KEPT = 10_000  # characters of a cell whose HTML is kept for the next page
_PAGE_SECONDS = 30.0  # of processor time; a usual page takes a fifth of one
# nbgrader recognizes a newer submission and the student to release a page to by these files.
_KEPT_FILES = ("timestamp.txt", SECRET)
nbgrader_paths.correct()


class _CompiledTemplates(BytecodeCache):
    """Templates that this process has compiled: nbgrader creates a new exporter for each student.

    Compiling the nine templates of a page takes longer than rendering it. Jinja itself checks that a
    template has not changed since it was compiled.
    """

    def __init__(self) -> None:
        self._bytecode: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket of a template that is already compiled."""
        if bucket.key in self._bytecode:
            bucket.bytecode_from_string(self._bytecode[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the compiled template."""
        self._bytecode[bucket.key] = bucket.bytecode_to_string()


_TEMPLATES = _CompiledTemplates()


class _TimeLimited:
    """A template with a limit of _PAGE_SECONDS to render a page. Raises TookTooLong."""

    def __init__(self, template: Any) -> None:
        self._template = template

    def render(self, **variables: Any) -> str:
        """Render the page."""
        with time_limit(_PAGE_SECONDS):
            return str(self._template.render(**variables))


class FeedbackExporter(HTMLExporter):
    """Writes only the page: without scripts, requests, and files of the student beside it."""

    def __init__(self, **kwargs: Any) -> None:
        loader = DictLoader({"mathjax.html.j2": _MATHJAX})
        super().__init__(extra_loaders=[loader], **kwargs)  # type: ignore[no-untyped-call]  # nbconvert's
        self.environment.bytecode_cache = _TEMPLATES
        self.environment.add_extension(TranslatedWords)
        self.environment.filters["float"] = keep_worded
        self.environment.filters["highlight_code"] = self._highlighted
        converter: Any = self.parent
        if hasattr(converter, "coursedir"):
            _leave_out_files(converter)
            self._speak_the_courses_language(Path(converter.coursedir.root))

    def _speak_the_courses_language(self, class_root: Path) -> None:
        """Write in the language of the class's course, also where nbgrader's own command makes the page."""
        with suppress(CourseError):  # a course that cannot be read costs nobody the page
            course = find_course(class_root, tolerant=True)
            use_language(course.config.language, course.graders)
            self.language_code = course.config.language.partition("_")[0]

    def from_notebook_node(  # type: ignore[override]  # HTMLExporter's own signature
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a graded notebook, with its language declared for screen readers.

        Skips HTMLExporter.from_notebook_node, which parses and rewrites the finished page: it adds
        texts to pictures and adapts JupyterLab's cells. Here every picture has a text, and the cells
        are not JupyterLab's. __init__ does the preparation that the skipped method would do.
        """
        try:
            page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kwargs)
        except TookTooLong:
            nb, resources = self._prepared
            page = plain_page(nb, resources, _HEAD, self.language_code, _PAGE_SECONDS)
        else:
            page = page.replace("<html>", f'<html lang="{self.language_code}">', 1)
            page = without_missing_points(_with_names_in_contents(page))
        return with_stamp(page, self._entries), resources

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Mark each score given by hand as the one that counts, and each that is still to be given."""
        nb, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]  # nbconvert's
        self._entries: list[str] = []
        if ids := resources.get("nbgrader"):
            with Gradebook(ids["db_url"]) as gradebook:
                names = (ids["assignment"], ids["student"])
                leave_out_repeated_comments(nb, comments_by_hand(gradebook, *names))
                add_scores_by_hand(nb, scores_by_hand(gradebook, *names))
                add_what_waits(nb, ids, waiting_for_a_person(gradebook, *names))
                submission = (ids["student"], ids["assignment"])
                self._entries = read_entries(gradebook.db, submission)[submission]
        name_mark_schemes(nb)
        name_extra_points(nb)
        self._prepared = (nb, resources)
        return nb, resources

    def _highlighted(self, source: str, *_: Any, **__: Any) -> str:
        """A cell's code in HTML."""
        settings = json.dumps(self.config.get("Highlight2HTML", {}), sort_keys=True)
        highlight = _highlight if len(source) <= _LONGEST_KEPT else _highlight.__wrapped__
        return highlight(source, settings)

    @property
    def template(self) -> Any:
        """The template with a time limit: rendering is the step that a student's text can make slow.

        The earlier steps read the gradebook, which an exception must not interrupt.
        """
        return _TimeLimited(super().template)


@lru_cache(maxsize=256)
def _highlight(source: str, settings: str) -> str:
    """Code in HTML by nbconvert's filter with the course's `settings` of it, in JSON.

    Most cells of a class are those of the release.
    """
    config = Config({"Highlight2HTML": json.loads(settings)})
    html: str = Highlight2HTML(pygments_lexer="python", config=config)(source)
    return html


def _with_names_in_contents(page: str) -> str:
    """The page with questions' names in its table of contents, where nbgrader has the kinds of the cells.

    Also without the style sheets' fonts: the policy forbids them, and every browser would report it.
    """
    head, contents, rest = page.partition(_CONTENTS)
    head = _FONT.sub("", head)
    listed, end, rest = rest.partition("</ol>")
    return "".join((head, contents, _ENTRY.sub(_named, listed), end, rest))


def _named(entry: re.Match[str]) -> str:
    name = question_answered_in(entry["name"])
    words = _("{question}: comment").format(question=name) if entry["comment"] else name
    return f'<a href="#{entry["comment"] or ""}{entry["name"]}">{words}</a>'


def _leave_out_files(converter: Any) -> None:
    """Keep nbgrader from copying the submission's other files into the feedback.

    The page needs none of them. A student's HTML file would pass for feedback, and a directory with
    the page's name would block the page.
    """
    leave_out(
        converter,
        (
            entry
            for directory in converter.assignments
            for entry in Path(directory).iterdir()
            if not (entry.is_file() and (entry.name in _KEPT_FILES or entry.suffix == ".ipynb"))
        ),
    )
