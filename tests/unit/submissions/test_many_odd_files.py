"""Thousands of files that cannot be taken are some lines, which hide nothing else that a run says."""

from __future__ import annotations

from pathlib import Path

from autograder.submissions.files import listing, read_files


def test_odd_files(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"link-{number:03}").symlink_to("/etc/hostname")
        (tmp_path / f"\n{number}.txt").write_text("x")
    (tmp_path / "alpha.ipynb").write_text("{}")
    problems: list[str] = []
    assert listing(tmp_path, problems) == (["alpha.ipynb"], [])
    assert len(problems) == 21
    assert problems[-1] == "580 more files left out, for reasons like these. Hand in fewer"


def test_files_over_the_limit(tmp_path: Path) -> None:
    names = [f"{number:03}.csv" for number in range(100)]
    for name in names:
        (tmp_path / name).write_bytes(b"12345")
    problems: list[str] = []
    assert list(read_files(tmp_path, names, 10, problems)) == names[:2]
    assert len(problems) == 21
    few: list[str] = []
    read_files(tmp_path, names[:22], 5, few)
    assert len(few) == 21
    assert all("over the 5 bytes" in line for line in few)
