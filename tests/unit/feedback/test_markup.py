"""Marks of Markdown in help and hints."""

import pytest

from autograder.feedback.markup import line_html
from autograder.results.outcome import Status, TestOutcome
from tests.support.feedback import question_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("in **each** channel", "in <strong>each</strong> channel"),
        ("as `filters` says", "as <code>filters</code> says"),
        ("the *first* one", "the <em>first</em> one"),
        ("`a < b`, <b>", "<code>a &lt; b</code>, &lt;b&gt;"),
        ("2*3*4, 2 * 3 * 4 and 2**3**4", "2*3*4, 2 * 3 * 4 and 2**3**4"),
        ("f(*args, **kwargs)", "f(*args, **kwargs)"),
        ("`**kwargs`", "<code>**kwargs</code>"),
        ("**<script>**", "<strong>&lt;script&gt;</strong>"),
        ("a ` alone", "a ` alone"),
    ],
)
def test_marks_become_tags(text: str, html: str) -> None:
    assert line_html(text) == html


def test_help_has_its_marks_and_a_students_message_none() -> None:
    failed = TestOutcome(
        question="q", title="t", status=Status.FAILED, points=0, max_points=1,
        help="Use **each** `channel`.", message="returned **7**",
    )  # fmt: skip
    html = question_html("q", [failed])
    assert "Use <strong>each</strong> <code>channel</code>." in html
    assert "returned **7**" in html
