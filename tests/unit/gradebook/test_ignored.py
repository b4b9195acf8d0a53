"""Git leaves out every directory that nbgrader writes, but the release."""

from pathlib import Path

from nbgrader.apps import ZipCollectApp
from nbgrader.coursedir import CourseDirectory

KIT = Path(__file__).resolve().parents[3]


def test_what_nbgrader_writes_is_never_committed() -> None:
    places = {
        trait.default_value
        for kind in (CourseDirectory, ZipCollectApp)
        for name, trait in kind.class_traits(config=True).items()
        if name in {"downloaded_directory", *CourseDirectory.class_trait_names()}
        and name.endswith("_directory")
    }
    assert {"source", "solution", "submitted", "downloaded"} <= places
    ignored = (KIT / ".gitignore").read_text().splitlines()
    assert {f"/{place}/" for place in places} <= set(ignored)
