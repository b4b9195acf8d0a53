"""The kit's wheel for those who get no checkout: built from it, or made again of the installed kit.

Students of a course outside the kit's repository need that course's visible graders: its wheel has these
in place of the kit's own, and a version of its own, so that the kit of another course is replaced.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

from autograder._util.atomic import zipped
from autograder._util.digests import digest
from autograder._util.terminal import tell_progress
from autograder.course.course import Course
from autograder.course.settings import CourseError

_PACKAGE = Path(__file__).resolve().parents[1]
_NAME = "cnn_exercises"  # as wheels write it
_GRADERS = "autograder/graders/"
# What an installer has added, and what it writes anew.
_OF_THE_INSTALLATION = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"}


def is_kits_own(course: Course) -> bool:
    """Whether a course is the one of the kit's checkout."""
    return course.graders.resolve().is_relative_to(_PACKAGE)


def kit_wheel(course: Course) -> tuple[str, bytes]:
    """The name and content of the wheel for a course's students, without hidden graders.

    Raises CourseError if it cannot be built.
    """
    name, files = _built() if (_PACKAGE.parent / "pyproject.toml").is_file() else _installed()
    if is_kits_own(course):
        return name, zipped(files)
    return _with_graders(name, files, course)


def _built() -> tuple[str, dict[str, bytes]]:
    """Of the kit's checkout, which this package is in."""
    tell_progress("builds the kit's wheel")
    with tempfile.TemporaryDirectory(prefix="kit-wheel-") as directory:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", directory]
        completed = subprocess.run(  # noqa: S603  # the kit builds itself
            command, cwd=_PACKAGE.parent, capture_output=True, text=True, check=False
        )
        if completed.returncode:
            reason = (completed.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise CourseError(
                f"{_PACKAGE.parent}: the kit's wheel cannot be built ({reason}). Run `make setup`"
            )
        (wheel,) = Path(directory).glob("*.whl")
        with ZipFile(wheel) as archive:
            return wheel.name, {name: archive.read(name) for name in archive.namelist()}


def _installed() -> tuple[str, dict[str, bytes]]:
    """Of the installed kit: what its own wheel had."""
    kit = distribution(_NAME)
    files = {}
    for file in kit.files or ():
        path = file.as_posix()
        of_the_kit = path.startswith("autograder/") or file.parts[0].endswith(".dist-info")
        if of_the_kit and "__pycache__" not in file.parts and file.name not in _OF_THE_INSTALLATION:
            files[path] = file.read_binary()
    if not files:
        raise CourseError("the installed kit has no list of its files. Install its wheel with pip")
    return f"{_NAME}-{kit.version}-py3-none-any.whl", _recorded(files, kit.version)


def _with_graders(name: str, files: dict[str, bytes], course: Course) -> tuple[str, bytes]:
    """The wheel with a course's visible graders in place of the kit's, under a version that names it."""
    version = name.split("-")[1]
    its_version = f"{version}+{local_version(course.config.course_id)}"
    own = {
        f"{_GRADERS}{path.relative_to(course.graders).as_posix()}": path.read_bytes()
        for path in sorted(course.graders.rglob("*"))
        if path.is_file() and not {"hidden", "__pycache__"} & set(path.parts)
    }
    course_files = {}
    for path, data in files.items():
        if path.startswith(_GRADERS) and path != f"{_GRADERS}__init__.py":
            continue
        if path.endswith(".dist-info/METADATA"):
            lines = data.replace(
                f"\nVersion: {version}\n".encode(), f"\nVersion: {its_version}\n".encode()
            )
            course_files[path.replace(f"-{version}.", f"-{its_version}.", 1)] = lines
        else:
            course_files[
                path.replace(f"{_NAME}-{version}.dist-info", f"{_NAME}-{its_version}.dist-info")
            ] = data
    return name.replace(f"-{version}-", f"-{its_version}-", 1), zipped(
        _recorded(course_files | own, its_version)
    )


def local_version(course_id: str) -> str:
    """The end of a version that names a course: it may have letters, digits and single dots."""
    plain = re.sub("[^a-z0-9]+", ".", course_id.lower()).strip(".")
    return plain or digest(course_id)[:8]  # nothing is left of a name in another script


def _recorded(files: dict[str, bytes], version: str) -> dict[str, bytes]:
    """The files of a wheel with the RECORD of them, which every wheel has."""
    record = f"{_NAME}-{version}.dist-info/RECORD"
    lines = [
        f"{path},sha256={_digest(data)},{len(data)}"
        for path, data in files.items()
        if path != record
    ]
    return {**files, record: "\n".join([*lines, f"{record},,", ""]).encode()}


def _digest(data: bytes) -> str:
    """As wheels write it: base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
