"""The formgrader's page of a graded notebook, made without its server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config.loader import PyFileConfigLoader

from autograder.course.course import Course

URL = "http://formgrader.invalid/formgrader/submissions/1/"
_STATIC = Path(handlers.__file__).parent / "static"


def formgrader_page(course: Course, student: str, assignment: str = "alpha") -> str:
    """What the formgrader's exporter makes of a graded notebook."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = {
        **dict.fromkeys(("assignment_id", "notebook_id"), assignment),
        **dict.fromkeys(("student", "last_name", "first_name"), "ada"),
        "submission_id": "1",
        "base_url": "",
        "notebook_path": "ada.ipynb",
        "index": 0,
        "total": 1,
    }
    path = course.root / "autograded" / student / assignment / f"{assignment}.ipynb"
    page, _ = HTMLExporter(config=config).from_filename(str(path), resources=resources)
    return page


def served(page: str, url: str) -> str | bytes | None:
    """What the formgrader's server would answer where `page` is its page at URL."""
    if url == URL:
        return page
    path = urlsplit(url).path
    if not url.startswith("http://formgrader.invalid/formgrader/"):
        return None
    if path.startswith("/formgrader/api/"):
        return "[]"
    file = _STATIC / path.removeprefix("/formgrader/static/")
    return file.read_bytes() if file.is_file() else None
