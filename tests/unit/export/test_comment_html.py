"""A comment for Moodle reads as the student's feedback does, and runs nowhere."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder._util.i18n import use_language
from autograder.export.comment_html import comment_html, harmless
from autograder.feedback.render import comment_text
from autograder.gradebook.scores import QuestionScore, Score, Student
from autograder.results.outcome import Status, TestOutcome

ADA = Student("ada", "", "", "", "")


def test_each_question_has_its_points_and_comment() -> None:
    questions = (
        QuestionScore("add", 0.5, 3.0, waiting=False),
        QuestionScore("double", None, 1.0, waiting=True),
    )
    score = Score(ADA, "alpha", 4.0, questions=questions)
    assert comment_html(score, {"add": "Wrong.\n\n    add(1, 2) < 3"}) == (
        "<p><strong>add</strong> 0.5 / 3<br>Wrong.</p><pre>add(1, 2) &lt; 3</pre>"
        "<p><strong>double</strong></p>"
    )


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_points_of_a_test_are_said_once(code: str) -> None:
    outcome = TestOutcome(question="add", title="", status=Status.PASSED, points=3, max_points=3)
    use_language(code)
    try:
        comment = comment_text([outcome])
        word = comment.partition("(")[0].partition("（")[0].strip()  # noqa: RUF001
        for points, result in ((3.0, word), (2.5, comment)):  # of 2.5 by hand, the tests gave 3
            questions = (QuestionScore("add", points, 3.0, waiting=False),)
            assert comment_html(
                Score(ADA, "alpha", 3.0, questions=questions), {"add": comment}
            ) == (f"<p><strong>add</strong> {points:g} / 3<br>{result}</p>")
    finally:
        use_language("en")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_extra_points_are_said_once(code: str) -> None:
    outcome = TestOutcome(
        question="add", title="", status=Status.PASSED, points=2.5, max_points=4, extra=True
    )
    use_language(code)
    try:
        comment = comment_text([outcome])
        for points, shown_again in ((2.5, False), (1.0, True)):  # the latter by hand
            questions = (QuestionScore("add", points, 0.0, waiting=False),)
            html = comment_html(Score(ADA, "alpha", 3.0, questions=questions), {"add": comment})
            assert f"&#43;{points:g}" in html.partition("<br>")[0]
            assert ("2.5" in html.partition("<br>")[2]) == shown_again
    finally:
        use_language("en")


def test_marks_of_markdown_become_tags_and_code_stays_as_it_is() -> None:
    questions = (QuestionScore("add", 0.0, 3.0, waiting=False),)
    score = Score(ADA, "alpha", 3.0, questions=questions)
    comment = "Add `-b`, **once**.\n\n    [[1, `2`],\n     [3, 4]]\nHelp: *think*.\nNow.\n\n\nBye."
    assert comment_html(score, {"add": comment}) == (
        "<p><strong>add</strong> 0 / 3<br>Add <code>&#45;b</code>, <strong>once</strong>.</p>"
        "<pre>[[1, `2`],<br> [3, 4]]</pre><p>Help: <em>think</em>.<br>Now.</p><p>Bye.</p>"
    )


@given(st.text(st.sampled_from("=+-@,;\t\"'a<&\uff1d\u2212\u200b")))
def test_no_sign_of_a_formula_and_no_markup_is_left(text: str) -> None:
    escaped = harmless(text)
    assert not set("=+-@\u2212\uff1d<>\"'") & set(escaped)
    output = "".join(char if char.isprintable() else " " for char in text)
    assert unescape(escaped).strip() == output.strip()
