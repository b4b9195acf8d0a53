"""What the kit shows in JupyterLab can be read in its light and in its dark theme."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.e2e.notebook.test_student_session import COURSE, answer
from tests.support import browser
from tests.support.lab import Student, jupyterlab
from tests.support.readme_pictures import RIGHT_SIZE, WRONG_ANSWER

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)
# The colour of a picture's first pixel, which belongs to its background.
CORNERS = """images => images.map(image => {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.drawImage(image, 0, 0);
  return [...canvas.getImageData(0, 0, 1, 1).data];
})"""


@pytest.mark.parametrize(("theme", "light"), [("Light", "true"), ("Dark", "false")])
def test_all_that_the_kit_shows_is_in_contrast(
    chromium: Browser, tmp_path: Path, theme: str, light: str
) -> None:
    directory, home = tmp_path / "kim", tmp_path / "home"
    for path in (directory, home):
        path.mkdir()
    shutil.copy(COURSE.released_notebook("pooling"), directory)
    with (
        jupyterlab(directory, home, f"JupyterLab {theme}") as url,
        chromium.new_context() as context,
    ):
        student = Student(context.new_page(), url, directory, "pooling.ipynb")
        body = student.page.locator("body")
        assert body.get_attribute("data-jp-theme-light") == light
        student.run_all()
        student.write("pool-size-solution", RIGHT_SIZE)
        student.run("pool-size-solution")
        answer(student, "max-pool", WRONG_ANSWER)
        answer(student, "seven", "seven_max = seven_average = SEVEN")
        student.try_out('hint("max-pool")')
        output = student.try_out("check()")
        rules = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        report = Axe().run(student.page, context=".jp-OutputArea", options=rules)
        assert report.response["violations"] == []
        assert report.response["passes"]
        cells = output.get_by_role("cell").evaluate_all(
            "cells => cells.map(cell => getComputedStyle(cell).textAlign)"
        )
        assert set(cells) == {"left"}
        pictures = student.panel.locator(".jp-OutputArea img").evaluate_all(CORNERS)
        assert len(pictures) == 3  # two figures, and one of check()
        assert {tuple(corner) for corner in pictures} == {(255, 255, 255, 255)}
