"""Pages with hostile names, sources and outputs, in a real browser: they show, and do nothing.

`make evil` asserts what the same submissions may not do to the grader. Here their feedback
pages, made as `make grade` makes them, and their pages in the formgrader are opened.
"""

from __future__ import annotations

import html
import re
from functools import partial
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser

from autograder.authoring.release import sources
from autograder.course.course import Course
from autograder.gradebook import gradebook
from autograder.grading.grade import grade
from autograder.submissions.submission import read_submission
from tests.evil import Evil, people
from tests.evil.names import SHOWN, Planted
from tests.support import browser, formgrader
from tests.support.small_course import answered, released_course

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)

KIT = Path(__file__).resolve().parents[2]
HONEST = "def add(a, b):\n    return a + b"
# What is honest on every page: text, a right answer, and a picture of one point.
POINT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
DOUBLE = f"""
def double(a):
    return 2 * a
print("honest output <b>of</b> a cell")
display({{"image/png": "{POINT}"}}, raw=True)
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = released_course(tmp_path_factory.mktemp("course"))
    gradebook.register(course, course.root, sources(course))
    return course


def hand_in(course: Course, student: str, source: str) -> Path:
    release = course.released_notebook("alpha").read_bytes()
    folder = course.root / "submitted" / student / "alpha"
    folder.mkdir(parents=True)
    (folder / "alpha.ipynb").write_text(answered(release, {"add": source, "double": DOUBLE}))
    return folder


def feedback(course: Course, folder: Path) -> Path:
    """Grade as `make grade` does; the feedback page."""
    student = folder.parent.name
    record = grade(read_submission(folder, "alpha", course), course)
    gradebook.write(course, course.root, student, "alpha", record)
    return gradebook.feedback(course, course.root, student, "alpha")


@pytest.fixture(scope="module")
def honest(course: Course, chromium: Browser) -> dict[str, browser.Visit]:
    """What the two pages of an honest submission do and hold."""
    page = feedback(course, hand_in(course, "honest", HONEST))
    return opened(course, chromium, page, "honest")


def opened(course: Course, chromium: Browser, page: Path, student: str) -> dict[str, browser.Visit]:
    """Both pages without the policy in force: what they show does nothing by itself."""
    serve = partial(formgrader.served, formgrader.formgrader_page(course, student))
    return {
        "feedback": browser.visit(chromium, page.as_uri(), bypass_csp=True),
        "formgrader": browser.visit(chromium, formgrader.URL, serve, bypass_csp=True),
    }


def assert_only_shows(visit: browser.Visit, honest: browser.Visit) -> None:
    """It does what the honest page does, holds no more that could act, and can be read."""
    assert visit.deeds() == honest.deeds()
    assert visit.nodes - honest.nodes == {}
    assert visit.title == honest.title
    assert "honest output <b>of</b> a cell" in visit.text
    assert "✓ double: right (1 of 1 points)" in visit.text
    assert 1 in visit.pictures


def test_an_honest_page_asks_for_nothing(honest: dict[str, browser.Visit]) -> None:
    page = honest["feedback"]
    assert page.deeds() == {}
    assert "✓ add: right (3 of 3 points)" in page.text
    assert_only_shows(page, page)
    assert_only_shows(honest["formgrader"], honest["formgrader"])


@pytest.mark.parametrize("evil", people.EVIL, ids=str)
def test_a_hostile_page_only_shows(
    course: Course, chromium: Browser, honest: dict[str, browser.Visit], evil: Evil
) -> None:
    student = str(evil)
    folder = hand_in(course, student, evil.source)
    for name, data in evil.files.items():
        (folder / name).write_bytes(data)
    if evil.edit is not None:
        notebook = msgspec.json.decode((folder / "alpha.ipynb").read_bytes())
        evil.edit(notebook)
        (folder / "alpha.ipynb").write_bytes(msgspec.json.encode(notebook))
    page = feedback(course, folder)
    for name, visit in opened(course, chromium, page, student).items():
        assert_only_shows(visit, honest[name])
        assert "(0 of 3 points)" in visit.text


@pytest.mark.parametrize("planted", SHOWN, ids=lambda planted: planted.name)
def test_a_hostile_name_only_shows(
    course: Course, chromium: Browser, honest: dict[str, browser.Visit], planted: Planted
) -> None:
    folder = hand_in(course, planted.name, "def add(a, b): return 0")
    planted.plant(folder, course.root)
    page = feedback(course, folder)
    for name, visit in opened(course, chromium, page, planted.name).items():
        assert visit.deeds() == honest[name].deeds()
        assert visit.nodes - honest[name].nodes == {}
        assert "(0 of 3 points)" in visit.text


def careless(chromium: Browser, folder: Path, body: str, head: str = "") -> browser.Visit:
    """What a page does that passes everything on as it is."""
    page = folder / "page.html"
    page.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")
    return browser.visit(chromium, page.as_uri())


def test_no_payload_is_idle(chromium: Browser, tmp_path: Path) -> None:
    """Each is noticed on a page that decodes text once more than it should."""
    decoded = [html.unescape(part) for part in people.HTML]
    actual = browser.nodes(chromium, decoded)
    idle = [part for part, nodes in zip(decoded, actual, strict=True) if not nodes]
    # A parser that runs scripts, as that of a page does, reads <noscript> in another way.
    assert [part for part in idle if not careless(chromium, tmp_path, part).deeds()] == []


def test_every_detector_notices_a_careless_page(chromium: Browser, tmp_path: Path) -> None:
    visit = careless(chromium, tmp_path, people.PAGE)
    assert set(visit.deeds()) == set(browser.DEEDS)
    kinds = {node.partition("=")[0] for node in visit.nodes}
    assert kinds >= {
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "meta",
        "onerror",
        "href",
    }


def test_the_policy_holds_where_escaping_fails(
    course: Course, honest: dict[str, browser.Visit], chromium: Browser, tmp_path: Path
) -> None:
    page = (course.root / "feedback/honest/alpha/alpha.html").read_text()
    policy = re.search("<meta [^>]*Content-Security-Policy[^>]*>", page)
    assert policy is not None
    visit = careless(chromium, tmp_path, people.PAGE, head=policy[0])
    refused = "Content Security Policy"
    assert [line for line in visit.console if refused not in line] == []
    # No policy can forbid a page to move on by itself: against that, escaping stands alone.
    moved = ["http://canary.invalid/refresh"]
    assert visit.deeds() == {"console": visit.console, "requests": moved, "navigations": moved}
