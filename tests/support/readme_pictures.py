"""Makes the pictures of the README, docs/pictures/, from a real check() and a real class page.

Run `python -m tests.support.readme_pictures`, which needs Chromium. Beside each picture is a file
with the text that is in it; tests/e2e/test_readme_pictures.py fails where the product says
something else by now.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from autograder.authoring.run_notebook import run_notebook, shown_text
from autograder.course.course import find_course
from tests.support.commands import KIT, run_module

PICTURES = KIT / "docs" / "pictures"
MAX_BYTES = 200_000
WIDTH = 900  # pixels, about what a README has

QUESTION = "max-pool"
# What the wrong answer builds on.
RIGHT_SIZE = """\
def pool_output_size(size, pool, stride=None):
    return (size - pool) // (stride or pool) + 1"""
# max() without an axis takes the largest of all channels.
WRONG_ANSWER = """\
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    columns = pool_output_size(image.shape[1], pool_size[1], strides[1])
    out = np.empty((rows, columns, image.shape[2]))
    for r in range(rows):
        for c in range(columns):
            top, left = r * strides[0], c * strides[1]
            out[r, c] = image[top : top + pool_size[0], left : left + pool_size[1]].max()
    return out"""
# The ladder and the classifier train for a quarter of an hour; these do not.
ASSIGNMENTS = ("convolution", "pooling", "parameters")


def checked_notebook() -> NotebookNode:
    """The released notebook's set-up, the wrong answer and its check(), run in a kernel."""
    course = find_course(KIT)
    released = nbformat.read(course.released_notebook("pooling"), as_version=4)
    cells = {cell.id: cell for cell in released.cells}
    names = ("setup-pooling", "pool-size-solution", f"{QUESTION}-solution", QUESTION)
    chosen = [cells[name] for name in names]
    chosen[1].source, chosen[2].source = RIGHT_SIZE, WRONG_ANSWER
    notebook = nbformat.v4.new_notebook(cells=chosen, metadata=released.metadata)
    stop = run_notebook(notebook, course)
    assert stop is None, stop
    return notebook


def checked_text(notebook: NotebookNode) -> str:
    """What the notebook shows below check()."""
    return shown_text(notebook.cells[-1]).strip() + "\n"


def graded_class(root: Path) -> Path:
    """Grade the example class's notebooks of ASSIGNMENTS below `root`, and return the class page."""
    for name in ASSIGNMENTS:
        for directory in ("solutions", "autograder/graders", "autograder/graders/hidden"):
            (root / directory).mkdir(parents=True, exist_ok=True)
            shutil.copy(KIT / directory / f"{name}.py", root / directory)
        shutil.copytree(KIT / "assignments" / name, root / "assignments" / name)
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(KIT / name, root)
    for submission in sorted((KIT / "tests" / "students").glob("*/*")):
        if submission.name in ASSIGNMENTS:
            target = root / "submitted" / submission.parent.name / submission.name
            shutil.copytree(submission, target, symlinks=True)
    status, output = run_module(root, "autograder.cli.main", "grade")
    assert status == 0, output
    return root / "class.html"


class _RosterReader(HTMLParser):
    """Collects the rows of the table of students, a list of cells each."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or (tag == "table" and ("id", "roster") in attributes)
        if self._inside and tag == "tr":
            self.rows.append([])
        elif self._inside and tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "table"

    def handle_data(self, data: str) -> None:
        if self._inside and self.rows:
            self.rows[-1][-1:] = ["".join([*self.rows[-1][-1:], data])]


def roster_text(page: Path) -> str:
    """The table of students on a class page, a line to each."""
    reader = _RosterReader()
    reader.feed(page.read_text())
    lines = [" | ".join(" ".join(cell.split()) for cell in row) for row in reader.rows]
    return re.sub(r" +$", "", "\n".join(lines), flags=re.MULTILINE) + "\n"


def main() -> None:
    """Write both pictures and their texts."""
    from tests.support import browser

    if browser.CHROMIUM is None:
        sys.exit(browser.MISSING)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pictures-") as directory:
        notebook = checked_notebook()
        body, _resources = HTMLExporter(template_name="lab").from_notebook_node(notebook)
        notebook_page = Path(directory) / "notebook.html"
        notebook_page.write_text(body)
        class_page = graded_class(Path(directory) / "course")
        (PICTURES / "check.txt").write_text(checked_text(notebook))
        (PICTURES / "class-page.txt").write_text(roster_text(class_page))
        with (
            browser.chromium() as chromium,
            chromium.new_context(
                viewport={"width": WIDTH, "height": 800}, offline=True, device_scale_factor=1.5
            ) as context,
        ):
            page = context.new_page()
            page.goto(notebook_page.as_uri(), wait_until="domcontentloaded")
            # What comes before the wrong answer is no news to a reader.
            for _before in range(2):
                page.evaluate("document.querySelector('.jp-Cell').remove()")
            page.locator("main").screenshot(path=PICTURES / "check.png")
            page.goto(class_page.as_uri())
            page.locator("section").first.screenshot(path=PICTURES / "class-page.png")
    for path in sorted(PICTURES.glob("*.png")):
        size = path.stat().st_size
        print(f"{path.relative_to(KIT)}: {size:,} bytes")
        assert size < MAX_BYTES, path


if __name__ == "__main__":
    main()
