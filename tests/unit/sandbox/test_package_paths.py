"""Where a file of a Python package is inside a sandbox."""

from pathlib import Path

import numpy as np

from autograder.sandbox.host.mounts import path_inside


def test_a_file_of_a_package_is_below_site() -> None:
    assert path_inside(np.__file__) == "/site/numpy/__init__.py"


def test_an_environment_behind_a_link_is_the_same(tmp_path: Path) -> None:
    packages = Path(np.__file__).parent.parent
    (tmp_path / "linked").symlink_to(packages)
    assert path_inside(str(tmp_path / "linked" / "numpy" / "__init__.py")) == path_inside(
        np.__file__
    )


def test_other_files_stay_where_they_are() -> None:
    assert path_inside("/usr/bin/bwrap") == "/usr/bin/bwrap"
