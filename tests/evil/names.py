"""Families 28 to 30: names and kinds of files; and a notebook's own size and shape."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Planted(NamedTuple):
    """What is done to a submission's directory, `folder`; `root` is the course's."""

    name: str
    plant: Callable[[Path, Path], None]


def _replaced(make: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
    """What `make` puts in the notebook's place."""

    def plant(folder: Path, root: Path) -> None:
        (folder / "alpha.ipynb").unlink()
        make(folder / "alpha.ipynb", root)

    return plant


def _shell(folder: Path, root: Path) -> None:
    for name in ("$(touch pwned)", "`touch pwned`", "; touch pwned", "-rf", "a\nb", "x|y>pwned"):
        (folder / name).write_text("x")


def _not_utf8(folder: Path, root: Path) -> None:
    Path(os.fsdecode(bytes(folder) + b"/\xff\xfe.py")).write_text("x")


def _many(folder: Path, root: Path) -> None:
    for number in range(6_000):
        (folder / f"file{number}").touch()


def _deep(folder: Path, root: Path) -> None:
    (folder / "/".join(["d"] * 200)).mkdir(parents=True)


def _large(folder: Path, root: Path) -> None:
    with (folder / "big.bin").open("wb") as file:
        file.truncate(10**12)  # sparse: no such disk is needed


def _named(*names: str) -> Callable[[Path, Path], None]:
    """Files of these names, in the directory and in one of the same name."""

    def plant(folder: Path, root: Path) -> None:
        for name in names:
            (folder / name).write_text("x")
            (folder / "d" / name).mkdir(parents=True)
            (folder / "d" / name / name).write_text("x")

    return plant


def _renamed(name: str) -> Callable[[Path, Path], None]:
    return lambda folder, root: (folder / "alpha.ipynb").rename(folder / name) and None


def _page_in_the_way(folder: Path, root: Path) -> None:
    (folder / "alpha.html").mkdir()
    (folder / "alpha.html/x.txt").write_text("x")


_MARKUP = "<img src=x onerror=alert(`CANARY`)>"

# 29 and 30: what a page, a terminal or a spreadsheet makes of a name.
SHOWN = [
    Planted("names that are html", _named(_MARKUP, "\"onload=\"alert(`CANARY`)", "<svg onload=alert(`CANARY`)>.html")),
    Planted("names that are markdown", _named("![x](http:x.png)", "[x](javascript:alert(`CANARY`))", "```", "$$x$$")),
    Planted("names that are terminal codes", _named("\x1b]0;CANARY\x07", "\x1b[2J", "\x9b2J", "\u202etxt.ipynb")),
    Planted("names that are formulas", _named("=1+1.csv", "+1", "@SUM(1)", "=cmd|' C calc'!A0")),
    Planted("the notebook named html", _renamed(f"alpha {_MARKUP}.ipynb")),
    Planted("the notebook named markdown", _renamed("alpha [x](javascript:alert(`CANARY`)).ipynb")),
    Planted("the notebook named a formula", _renamed("=1+1.ipynb")),
    Planted("a directory named as the page", _page_in_the_way),
]  # fmt: skip

# 28
PLANTED = [
    Planted("a link to the solution", lambda f, r: (f / "x.py").symlink_to(r / "solutions/alpha.py")),
    Planted("a link to the course", lambda f, r: (f / "course").symlink_to(r)),
    Planted("a link upwards", lambda f, r: (f / "up").symlink_to("../../..")),
    Planted("a link to itself", lambda f, r: (f / "loop").symlink_to("loop")),
    Planted("a hard link", lambda f, r: (f / "x.txt").hardlink_to(r / "pyproject.toml")),
    Planted("a pipe", lambda f, r: os.mkfifo(f / "pipe")),
    Planted("shell characters", _shell),
    Planted("not utf-8", _not_utf8),
    Planted("many files", _many),
    Planted("deep directories", _deep),
    Planted("a huge file", _large),
    Planted("a zip bomb", lambda f, r: (f / "x.zip").write_bytes(b"PK\3\4" + b"\0" * 10_000)),
    Planted("the notebook a link", _replaced(lambda n, r: n.symlink_to(r / "source/alpha/alpha.ipynb"))),
    Planted("the notebook a pipe", _replaced(lambda n, r: os.mkfifo(n))),
    Planted("the notebook a directory", _replaced(lambda n, r: n.mkdir())),
    Planted("the notebook a device's link", _replaced(lambda n, r: n.symlink_to("/dev/zero"))),
    Planted("the notebook huge", _replaced(lambda n, r: n.write_bytes(b" " * 30_000_000))),
    Planted("the notebook deep", _replaced(lambda n, r: n.write_text("[" * 1_000_000))),
]  # fmt: skip
