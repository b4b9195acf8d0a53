"""The class page in a real browser: it sorts, filters, fits, and does nothing that names ask for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page

from autograder.classroom.page.last_run import NAME as LAST_RUNS
from autograder.classroom.page.last_run import State
from autograder.course.course import Course
from autograder.gradebook.class_gradebook import database
from autograder.results.misclassified import pack
from autograder.results.outcome import Status
from tests.evil import people
from tests.support import browser
from tests.support.made_class import Pupil, made_course, outcome
from tests.support.written_page import write

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)


def trained(name: str, **more: Any) -> Pupil:
    """A student whose recipe of "add" was trained: four epochs, and two images misread."""
    history = {"accuracy": [0.4, 0.6, 0.8, 0.9], "val_accuracy": [0.4, 0.6, 0.75, 0.7]}
    return Pupil(
        name,
        outcomes=[outcome("add", counts=[[1, 2], [3, 4]], history=history)],
        accuracies=(0.8 if name == "zoë" else 0.72,),
        recipe=f"of {name}",
        misread=pack(np.array([6, 0]), np.array([0, 3])),
        **more,
    )


CLASS = [
    trained("zoë", scores={"add": 3.0, "double": 1.0}),
    Pupil(
        "ann 10",
        scores={"add": 0.0, "double": 0.0},
        hours_late=1,
        outcomes=[outcome("add", Status.CRASHED, "add raised ZeroDivisionError")],
    ),
    trained("ann 9", scores={"add": 2.0, "double": 0.0}),
    Pupil("max", submitted=False),
]
# Ids that mean something in an address, in HTML, or in both.
IDS = ["a#b?c%41&d", "..", "javascript:alert(`CANARY`)", "<img src=x onerror=alert(`CANARY`)>"]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return made_course(tmp_path_factory.mktemp("course"), *CLASS)


@pytest.fixture(scope="module")
def url(course: Course) -> str:
    return write(course, course.root, database(course, course.root)).as_uri()


@contextmanager
def opened(chromium: Browser, url: str, **options: Any) -> Iterator[Page]:
    with chromium.new_context(**options) as context:
        page = context.new_page()
        page.goto(url)
        yield page


def order(page: Page) -> list[str]:
    """The students that the table shows, from top to bottom."""
    return page.locator("#roster tbody tr:visible th").all_inner_texts()


def heading(page: Page, text: str) -> Locator:
    return page.locator("#roster thead th", has_text=text)


def test_a_click_sorts_and_another_turns_it_round(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        assert order(page) == ["ann 9", "ann 10", "max", "zoë"]  # as the file has it
        alpha = heading(page, "alpha")
        alpha.get_by_role("button").click()
        # By number; who has no score comes last in either order.
        assert order(page) == ["ann 10", "ann 9", "zoë", "max"]
        assert alpha.get_attribute("aria-sort") == "ascending"
        assert heading(page, "student").get_attribute("aria-sort") is None
        assert page.get_by_role("status").inner_text() == "sorted by alpha /4, ascending"
        alpha.get_by_role("button").click()
        assert order(page) == ["zoë", "ann 9", "ann 10", "max"]
        assert alpha.get_attribute("aria-sort") == "descending"


def test_the_keyboard_sorts_as_well(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        heading(page, "total").get_by_role("button").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")  # by name, a number within it as a number
        assert order(page) == ["ann 9", "ann 10", "max", "zoë"]
        page.keyboard.press("Space")
        assert order(page) == ["zoë", "max", "ann 10", "ann 9"]


def test_names_have_one_order(chromium: Browser, tmp_path: Path) -> None:
    """A click on the names gives the order that the page comes with."""
    names = ["Berg", "Berg-Noor", "Bergamo", "Çelik", "Cook"]
    pupils = [Pupil(name[::-1], "Ann", name, submitted=False) for name in names]
    course = made_course(tmp_path / "course", *reversed(pupils))
    address = write(course, course.root, database(course, course.root)).as_uri()
    with opened(chromium, address) as page:
        first = order(page)
        assert [name.partition(",")[0] for name in first] == [
            "Berg",
            "Bergamo",
            "Berg-Noor",
            "Çelik",
            "Cook",
        ]
        heading(page, "total").get_by_role("button").click()
        heading(page, "student").get_by_role("button").click()
        assert order(page) == first
        heading(page, "student").get_by_role("button").click()
        assert order(page) == first[::-1]


def test_names_and_states_filter(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        page.get_by_label("Name holds").press_sequentially("ZOE")  # neither case nor accents count
        assert order(page) == ["zoë"]
        assert page.get_by_role("status").inner_text() == "1 of 4 students shown"
        page.get_by_label("Name holds").fill("")
        page.get_by_label("Show those with").select_option("late")
        assert order(page) == ["ann 10"]
        page.get_by_label("Name holds").fill("max")
        assert order(page) == []
        page.get_by_label("Show those with").select_option("missing")
        assert order(page) == ["max"]


def test_without_scripts_all_is_there_but_what_needs_them(chromium: Browser, url: str) -> None:
    with opened(chromium, url, java_script_enabled=False) as page:
        assert order(page) == ["ann 9", "ann 10", "max", "zoë"]
        assert page.get_by_role("button").count() == 0
        assert not page.locator("#controls").is_visible()


@pytest.mark.parametrize("width", [320, 400])
def test_it_fits_a_narrow_window(chromium: Browser, url: str, width: int) -> None:
    with opened(chromium, url, viewport={"width": width, "height": 800}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        wide = "[...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth)"
        assert page.evaluate(f"{wide}.length")  # scroll by themselves, by keyboard too
        assert page.evaluate(f"{wide}.every(box => box.tabIndex === 0)")


def test_its_widest_tables_fit_a_window_of_1200(chromium: Browser, tmp_path: Path) -> None:
    """Ten students have a discrimination, two runs a comparison, and a missing record a column."""
    pupils = [
        Pupil(
            f"student{number}",
            "Maximilian",
            "Wolkenstein-Schwarzenberg",
            scores={"add": float(number % 4), "double": float(number % 2)},
            outcomes=[outcome("add"), outcome("double", Status.FAILED)],
        )
        for number in range(10)
    ]
    course = made_course(tmp_path, *pupils, Pupil("bob"))
    passed = {"alpha": {"add": (1, 2), "double": (1, 2)}}
    state = State("2026-03-01 12:00", {"alpha": {}}, {}, passed)
    (tmp_path / LAST_RUNS).write_bytes(msgspec.json.encode({"last": state, "before": state}))
    url = write(course, course.root, database(course, course.root)).as_uri()
    with opened(chromium, url, viewport={"width": 1200, "height": 800}) as page:
        page.locator("details", has=page.locator(".scroll")).locator("summary").first.click()
        assert page.locator("#alpha ~ .scroll thead th").all_inner_texts()[4:6] == [
            "in the run before",
            "discrimination",
        ]
        wide = "[...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth)"
        assert page.evaluate(f"{wide}.map(box => box.ariaLabel)") == []


@pytest.mark.parametrize(
    ("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(22, 24, 28)")]
)
def test_it_is_as_dark_as_the_reader_likes(
    chromium: Browser, url: str, scheme: Any, ground: str
) -> None:
    with opened(chromium, url, color_scheme=scheme) as page:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_on_paper_everything_is_unfolded_and_nothing_is_to_be_clicked(
    chromium: Browser, url: str
) -> None:
    with opened(chromium, url) as page:
        missing = page.locator("details", has_text="without a submission").locator("li").first
        assert not missing.is_visible()
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert missing.is_visible()
        assert not page.get_by_label("Name holds").is_visible()


def test_each_table_can_be_read_aloud(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        assert page.locator("table").count() == page.locator("table > caption").count() > 3
        assert page.locator("th:not([scope])").count() == 0
        assert page.locator("svg:not([aria-hidden]):not([aria-label])").count() == 0
        assert [image.get_attribute("aria-label") for image in page.get_by_role("img").all()] == [
            "0-9 %: 1; 50-59 %: 1; 100+ %: 1",  # the totals
            "0-9 %: 1; 50-59 %: 1; 100+ %: 1",
            "from 03-01 11:00: 2; from 03-01 12:00: 1; due 2026-03-01 12:00:00 UTC",
            "Question 1 (add): accuracy on the training images by epoch; the best recipe ends at 90.0 %",
            "Question 1 (add): accuracy on the validation images by epoch; the best recipe ends at 70.0 %",
            "test image 0",
            "test image 1",
        ]


def test_the_policy_lets_curves_and_images_be_drawn(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        training, validation = page.locator(".panels svg").all()
        assert (training.locator("path").count(), validation.locator("path").count()) == (2, 2)
        assert (training.locator(".level").count(), validation.locator(".level").count()) == (0, 1)
        width = "path => getComputedStyle(path).strokeWidth"
        best, other = training.locator(".finest path"), training.locator("path").first
        assert (best.evaluate(width), other.evaluate(width)) == ("3px", "1.25px")
        named = re.compile(r".+: \d+\.\d % of the test images")
        titles = training.locator("title").all_text_contents()
        assert [bool(named.fullmatch(title)) for title in titles] == [True, True]
        box = training.bounding_box()
        assert box
        inner = best.bounding_box()
        assert inner
        assert box["x"] < inner["x"]
        assert inner["x"] + inner["width"] < box["x"] + box["width"]
        for image in page.locator(".images svg").all():
            assert image.locator("path").count() > 5
            colour = image.locator("path").last.evaluate("path => getComputedStyle(path).stroke")
            assert re.fullmatch(r"rgb\((\d+), \1, \1\)", colour)
    assert browser.visit(chromium, url).deeds() == {}


def test_the_panels_stand_side_by_side_where_there_is_room(chromium: Browser, url: str) -> None:
    for width, abreast in ((1000, True), (400, False)):
        with opened(chromium, url, viewport={"width": width, "height": 800}) as page:
            left, right = (svg.bounding_box() for svg in page.locator(".panels svg").all())
            assert left
            assert right
            assert (left["y"] == right["y"]) is abreast


def test_the_curves_are_a_table_too_which_a_key_unfolds(chromium: Browser, url: str) -> None:
    with opened(chromium, url) as page:
        table = page.locator("table", has_text="what the drawn recipes reached")
        assert not table.is_visible()
        page.get_by_text("these curves as a table").focus()
        page.keyboard.press("Enter")
        rows = table.locator("tbody tr").all_inner_texts()
        assert [" ".join(row.split()) for row in rows] == [
            "zoë 4 90.0 % 70.0 % 75.0 % (epoch 3) 80.0 %",
            "ann 9 4 90.0 % 70.0 % 75.0 % (epoch 3) 72.0 %",
        ]


def saying(text: str, student: str) -> Pupil:
    """A student all of whose words are `text`, but for the id."""
    return Pupil(
        student,
        first_name=text,
        last_name=text,
        hours_late=1,
        outcomes=[
            outcome("add", Status.FAILED, text, help=text, counts=[[1, 2], [3, 4]], names=(text, text),
                    history={"accuracy": [0.5], "val_accuracy": [0.5]}),
            outcome("double", Status.CRASHED, text),
        ],
        accuracies=(0.5,),
        misread=pack(np.array([6]), np.array([0])),
    )  # fmt: skip


def actors(visit: browser.Visit) -> Counter[str]:
    """What could act on a page, but for links to feedback."""
    return Counter({n: c for n, c in visit.nodes.items() if not n.startswith("href=feedback/")})


def test_hostile_words_do_nothing_even_without_the_policy(
    chromium: Browser, tmp_path: Path
) -> None:
    texts = [*people.HTML, people.PAGE, people.MARKDOWN, people.TERMINAL]
    plain = [f"student-{number}" for number in range(len(texts))]
    visits = []
    for name, words, students in (
        ("honest", ["Ann"] * len(texts), plain),
        ("hostile", texts, IDS + plain[len(IDS) :]),
    ):
        course = made_course(tmp_path / name, *map(saying, words, students))
        page = write(course, course.root, database(course, course.root))
        visits.append(browser.visit(chromium, page.as_uri(), bypass_csp=True))
    honest, evil = visits
    assert honest.deeds() == evil.deeds() == {}
    assert actors(evil) - actors(honest) == {}
    assert evil.title == honest.title
    assert "<script>window.CANARY" in evil.text


def test_links_lead_to_the_students_own_page(chromium: Browser, tmp_path: Path) -> None:
    course = made_course(tmp_path, *(saying("x", student) for student in IDS[:3]))
    page = write(course, course.root, database(course, course.root))
    with opened(chromium, page.as_uri()) as output:
        for student in (IDS[0], IDS[2]):
            output.goto(page.as_uri())
            output.locator("#roster tr", has_text=student).get_by_role("link").first.click()
            output.wait_for_url("**/alpha.html")
            assert output.title() == "feedback"
        output.goto(page.as_uri())
        assert output.locator("#roster tr", has_text="..").get_by_role("link").count() == 0


def test_the_policy_stops_what_escaping_would_let_through(
    chromium: Browser, url: str, tmp_path: Path
) -> None:
    page = (Path(url.removeprefix("file://"))).read_text()
    careless = tmp_path / "careless.html"
    marked = page.replace("</main>", f"{people.HTML[0]}{people.HTML[2]}{people.HTML[3]}</main>")
    careless.write_text(marked)
    visit = browser.visit(chromium, careless.as_uri())
    assert set(visit.deeds()) == {"console"}  # only the browser's complaints
    assert all("Content Security Policy" in line for line in visit.console)
    bare = browser.visit(chromium, careless.as_uri(), bypass_csp=True)
    assert {"requests", "dialogs", "canary"} <= set(bare.deeds())
