"""Every kind of page is read by axe-core, in light and dark, by keyboard and enlarged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from autograder.authoring.release import sources
from autograder.gradebook import feedback_exporter, gradebook
from autograder.gradebook.class_gradebook import database
from autograder.grading.grade import grade
from autograder.results.misclassified import pack
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from tests.support import browser
from tests.support.made_class import Pupil, made_course, outcome
from tests.support.small_course import answered, released_course
from tests.support.written_page import write

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)
WRONG = "def add(a, b):\n    print('adding', a)\n    return a * b"
# What a student's cells may show: text, an error, a figure of the kit and one of their own.
SHOWS = """
def double(a):
    return 2 * a
from autograder import figures
import matplotlib.pyplot as plt
figures.window_grid(5, 3)
plt.plot([1, 2])
plt.show()
print("text", "of a cell" * 60)
1 / 0
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of a page of each kind."""
    course = released_course(tmp_path_factory.mktemp("graded"))
    gradebook.register(course, course.root, sources(course))
    addresses = {}
    for kind, seconds in (("feedback", 30.0), ("plain", 0.0005)):
        student = kind
        folder = course.root / "submitted" / student / "alpha"
        folder.mkdir(parents=True)
        released = course.released_notebook("alpha").read_bytes()
        (folder / "alpha.ipynb").write_text(
            answered(released, {"add": WRONG, "double": SHOWS}), encoding="utf-8"
        )
        record = grade(read_submission(folder, "alpha", course), course)
        gradebook.write(course, course.root, student, "alpha", record)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(feedback_exporter, "_PAGE_SECONDS", seconds)
            addresses[kind] = gradebook.feedback(course, course.root, student, "alpha").as_uri()
    return addresses | {"class": class_page(tmp_path_factory.mktemp("class"))}


def class_page(root: Path) -> str:
    """A class page with every part that it can have."""
    history = {"accuracy": [0.4, 0.9], "val_accuracy": [0.4, 0.7]}
    course = made_course(
        root,
        Pupil(
            "zoë",
            scores={"add": 3.0, "double": 1.0},
            outcomes=[outcome("add", counts=[[1, 2], [3, 4]], history=history)],
            accuracies=(0.8,),
            recipe="of zoë",
            misread=pack(np.array([6, 0]), np.array([0, 3])),
        ),
        Pupil(
            "ann",
            scores={"add": 0.0, "double": 0.0},
            hours_late=1,
            outcomes=[outcome("add", Status.CRASHED, "add raised ZeroDivisionError")],
        ),
        Pupil("max", submitted=False),
    )
    return write(course, course.root, database(course, course.root)).as_uri()


def serious(page: Page) -> list[str]:
    """What axe-core finds on a page that shuts readers out, with its place."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']}: {node['html'][:150]}: {node['failureSummary'][:300]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def reached_by_tab(page: Page) -> set[str]:
    """The elements that the Tab key comes to, until it leaves the page."""
    page.evaluate("document.body.focus()")
    marks = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            """() => {
              const at = document.activeElement;
              if (at === document.body) return null;
              const style = getComputedStyle(at);
              const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
              return `${[...document.querySelectorAll('*')].indexOf(at)} ${ring}`;
            }"""
        )
        if mark is None or mark in marks:
            break
        marks.add(mark)
    return marks


# In Tab's order: links, buttons, fields, folded parts, and boxes that scroll.
REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, input, select, summary, pre, .scroll, .output_subarea')]
  .filter(e => e.checkVisibility())
  .filter(e => e.matches('a, button, input, select, summary') || e.scrollWidth > e.clientWidth + 1)
  .map(e => `${[...document.querySelectorAll('*')].indexOf(e)} ${e.outerHTML.slice(0, 120)}`)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Browser, pages: dict[str, str], scheme: Any) -> None:
    with chromium.new_context(color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        problems = {}
        for kind, url in pages.items():
            page.goto(url)
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
            problems[kind] = serious(page)
        assert problems == {kind: [] for kind in pages}


@pytest.mark.parametrize("kind", ["feedback", "plain"])
def test_a_long_line_wraps_between_words(
    chromium: Browser, pages: dict[str, str], kind: str
) -> None:
    breaks = "[...document.querySelectorAll('pre')].map(part => getComputedStyle(part).wordBreak)"
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(pages[kind])
        assert set(page.evaluate(breaks)) == {"normal"}


def test_the_keyboard_reaches_all_and_200_percent_fits(
    chromium: Browser, pages: dict[str, str]
) -> None:
    # 1,280 pixels at 200 % are 640 of the page's own.
    with chromium.new_context(viewport={"width": 640, "height": 400}) as context:
        page = context.new_page()
        for kind, url in pages.items():
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= 640, kind
            marks = reached_by_tab(page)
            reached = {mark.split()[0] for mark in marks}
            missed = [e for e in page.evaluate(REACHABLE) if e.split()[0] not in reached]
            assert missed == [], kind
            assert all(mark.endswith("true") for mark in marks), kind


def test_what_an_answer_printed_is_shown_below_its_test(
    chromium: Browser, pages: dict[str, str]
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(pages["feedback"])
        assert page.get_by_text("adding 1").first.is_visible()


def test_every_picture_says_what_it_shows(chromium: Browser, pages: dict[str, str]) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(pages["feedback"])
        texts = page.evaluate("[...document.images].map(image => image.alt)")
        assert texts[-2].startswith("An image of 5 x 5 numbered pixels")
        assert texts[-1] == "a picture without a description"
