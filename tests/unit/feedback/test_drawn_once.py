"""A picture is drawn once, also if the process that graded and the one that writes are two."""

import pytest

from autograder._util.i18n import ENGLISH, use_language
from autograder.classroom.worker_reply import accept, with_pictures
from autograder.feedback import images
from autograder.results.outcome import Status, TestOutcome
from autograder.results.pictures import Curves, Picture
from autograder.results.record import GradeRecord

CURVES = Curves("Loss", "epoch", "loss", {"training": [1.0, 0.5]}, "text")
OTHER = Curves("Accuracy", "epoch", "accuracy", {"training": [0.5, 0.9]}, "text")


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """The pictures that this process drew; none is known before."""
    pictures: list[Picture] = []
    monkeypatch.setattr(images, "_drawn", {})
    draw = images._draw
    monkeypatch.setattr(
        images, "_draw", lambda picture: (pictures.append(picture), draw(picture))[1]
    )
    return pictures


def record(*pictures: Picture) -> GradeRecord:
    outcome = TestOutcome(
        question="q",
        title="a test",
        status=Status.FAILED,
        points=0,
        max_points=1,
        pictures=pictures,
    )
    return GradeRecord(assignment="alpha", digest="d", key="k", sandbox="bwrap", outcomes=[outcome])


def test_what_a_worker_drew_is_not_drawn_again(drawn: list[Picture]) -> None:
    reply = with_pictures(record(CURVES, OTHER))
    assert drawn == [CURVES, OTHER]
    images._drawn.clear()  # the writing process knows nothing yet
    assert accept(reply).outcomes[0].pictures == (CURVES, OTHER)
    assert images.png(CURVES).startswith(b"\x89PNG")
    assert drawn == [CURVES, OTHER]


def test_a_picture_in_another_language_is_another(drawn: list[Picture]) -> None:
    images.png(CURVES)
    use_language("zh_CN")
    images.png(CURVES)
    use_language(ENGLISH)
    images.png(CURVES)
    assert len(drawn) == 2


def test_a_picture_that_cannot_be_drawn_costs_no_grade(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(picture: Picture) -> bytes:
        raise MemoryError

    monkeypatch.setattr(images, "_draw", fail)
    assert accept(with_pictures(record(CURVES))).outcomes[0].pictures == (CURVES,)
    with pytest.raises(MemoryError):  # told by whoever writes the page
        images.png(CURVES)


def test_no_more_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_MOST_DRAWN", 2)
    images.take_over({"a": b"1", "b": b"2"})
    images.png(CURVES)
    assert list(images._drawn) == ["b", images.picture_key(CURVES)]
