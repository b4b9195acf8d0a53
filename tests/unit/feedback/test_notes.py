"""A note on an answer that passes stands in every form of the feedback."""

from autograder.feedback.render import question_text
from autograder.results.outcome import Status, TestOutcome
from tests.support.feedback import question_html

NOTE = "verbose <left> out"
OUTCOME = TestOutcome(
    question="rung-open", title="A recipe.", status=Status.PASSED, points=1, max_points=1, note=NOTE
)


def test_a_note_is_shown_where_an_answer_passes() -> None:
    assert f"Note: {NOTE}" in question_text("rung-open", [OUTCOME])
    html = question_html("rung-open", [OUTCOME])
    assert "<strong>Note:</strong> verbose &lt;left&gt; out" in html
