"""A page that takes too long becomes a plain one with all scores and messages, and says so."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

import pytest
from jinja2 import pass_context
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder._util.time_limit import TookTooLong, time_limit
from autograder.gradebook import feedback_exporter as module
from autograder.gradebook.feedback_exporter import FeedbackExporter


def spin(seconds: float) -> None:
    """Work, and swallow whatever an `except Exception` swallows."""
    began = time.process_time()
    while time.process_time() - began < seconds:
        try:
            sum(range(1_000))
        except Exception:
            continue


def test_what_takes_too_long_is_ended_and_what_does_not_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TookTooLong), time_limit(0.05):
        spin(60)
    with time_limit(60):
        spin(0.01)
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_waiting_is_not_counted() -> None:
    with time_limit(0.2):
        time.sleep(0.5)


def test_another_thread_has_no_limit_and_changes_none() -> None:
    ended = []

    def work() -> None:
        with time_limit(0.01):
            spin(0.1)
        ended.append(signal.getitimer(signal.ITIMER_PROF)[0])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [0]


def feedback(text: str) -> Any:
    data = {"text/html": f"<div>{text}</div>", "text/plain": text}
    return new_output("display_data", data=data)


def graded_notebook() -> NotebookNode:
    """As nbgrader has it before a page is written."""
    solution = {
        "nbgrader": {"solution": True, "grade_id": "add-solution", "comment": "Well <done>"}
    }
    grade = {"nbgrader": {"grade": True, "grade_id": "add", "score": 1.5, "points": 2.0}}
    return new_notebook(
        cells=[
            new_markdown_cell("a <note> on it", id="submission-notes"),
            new_markdown_cell("SLOW"),
            new_code_cell("SLOW = '<script>'", metadata=solution),
            new_code_cell(
                "check('add')", metadata=grade, outputs=[feedback("add returned <3>, expected 4")]
            ),
        ]
    )


class Page:
    """An exporter whose Markdown takes long where a cell says SLOW."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "_PAGE_SECONDS", 0.3)
        self.exporter = FeedbackExporter(template_name="classic")
        self.exporter.environment.filters["markdown2html"] = self.markdown2html

    @pass_context  # as the usual one: compiled templates are kept, and pass it on
    def markdown2html(self, _context: Any, source: str) -> str:
        if "SLOW" in source:
            spin(60)
        return source

    def render(self, notebook: NotebookNode) -> str:
        resources = {"metadata": {"name": "alpha"}}
        return str(self.exporter.from_notebook_node(notebook, resources)[0])


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    return Page(monkeypatch)


def test_a_slow_page_is_a_plain_one_with_scores_and_messages(page: Page) -> None:
    plain = page.render(graded_notebook())
    assert "took longer than 0.3 s" in plain
    assert "<h2>add (1.5 of 2 points)</h2>" in plain
    assert "add returned &lt;3&gt;, expected 4" in plain
    assert "Well &lt;done&gt;" in plain
    assert "a &lt;note&gt; on it" in plain
    assert "SLOW" not in plain
    assert 'http-equiv="Content-Security-Policy"' in plain


def test_the_next_page_is_written_as_always(page: Page) -> None:
    page.render(graded_notebook())
    usual = page.render(new_notebook(cells=[new_markdown_cell("in no time")]))
    assert "in no time" in usual
    assert "took longer" not in usual
