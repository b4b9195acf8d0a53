"""The feedback on a question: each test with its own pictures and what the student's code printed."""

import base64

from autograder._util.images import PictureBudget
from autograder.feedback.render import question_parts, question_text
from autograder.gradebook.feedback_cells import _feedback
from autograder.notebook.check_result import CheckResult
from autograder.results.outcome import Status, TestOutcome
from autograder.results.pictures import Windows
from autograder.results.record import GradeRecord
from tests.support.feedback import question_html


def picture(title: str) -> Windows:
    """A picture with a title of its own."""
    return Windows(title, 5, 3, 1, (0, 0), "three positions")


def outcome(title: str, status: Status = Status.FAILED, **fields: object) -> TestOutcome:
    """A test of the question "stride"."""
    known = {"question": "stride", "points": 0.0, "max_points": 1.0, "message": f"{title} fails"}
    return TestOutcome(title=title, status=status, **(known | fields))  # type: ignore[arg-type]


OUTCOMES = [
    outcome("first", pictures=(picture("of first"),)),
    outcome("second"),
    outcome("third", pictures=(picture("of third"),)),
]


def test_a_check_shows_each_picture_below_its_test() -> None:
    displayed = CheckResult("stride", OUTCOMES, 2, "0 of 8")._html
    words = (
        "first fails",
        "of first",
        "second fails",
        "third fails",
        "of third",
        "There are 2 hints",
    )
    places = [displayed.index(word) for word in words]
    assert places == sorted(places)
    text = repr(CheckResult("stride", OUTCOMES, 2, "0 of 8"))
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_a_feedback_page_shows_each_picture_below_its_test() -> None:
    record = GradeRecord(
        assignment="a", digest="", key="", sandbox="bwrap", outcomes=OUTCOMES
    )  # fmt: skip
    outputs = _feedback("stride", record, 0, PictureBudget())
    kinds = [next(iter(output.data)) for output in outputs]
    assert kinds == ["text/html", "image/png", "text/html", "image/png"]
    assert "first fails" in outputs[0].data["text/html"]
    assert "third fails" in outputs[2].data["text/html"]
    assert base64.b64decode(outputs[1].data["image/png"]).startswith(b"\x89PNG")


def test_every_part_is_whole() -> None:
    for part in question_parts("stride", OUTCOMES, 2):
        for tag in ("div", "ul", "li"):
            assert part.html.count(f"<{tag}>") == part.html.count(f"</{tag}>")


def test_what_the_code_printed_is_shown_below_its_test() -> None:
    printed = outcome("second", printed="steps <7>\x1b[31m\n")
    html = question_html("stride", [OUTCOMES[0], printed])
    assert html.index("second fails") < html.index("Printed:") < html.index("steps &lt;7&gt;")
    assert "\x1b" not in html
    assert "Printed:\n        steps <7>" in question_text("stride", [OUTCOMES[0], printed])
    assert "Printed:" not in question_html("stride", OUTCOMES)


def test_hidden_tests_are_not_promised_where_the_grader_does_not_count_them() -> None:
    text = question_text("stride", [outcome("second")], final=False, later=None)
    assert "in the tests here; more tests may run when it is graded)" in text


def test_of_a_progress_bar_the_last_state_is_shown() -> None:
    bar = (
        "of the 1/4\b\b\b\r\x1b[1m1/4\x1b[0m loss: 2\b\b\b\r\x1b[1m4/4\x1b[0m loss: 1\r\nEpoch 2\n"
    )
    text = question_text("stride", [outcome("second", printed=bar)])
    assert "Printed:\n        4/4 loss: 1\n        Epoch 2" in text


def test_of_much_that_was_printed_the_end_is_shown() -> None:
    printed = outcome("second", printed="\n".join(map(str, range(100))))
    html = question_html("stride", [OUTCOMES[0], printed])
    assert "...\n80\n" in html
    assert "\n79\n" not in html
