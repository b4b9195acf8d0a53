"""Archives are read within bounds; what is hostile in them is named and never extracted."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from autograder.course.settings import CourseError
from autograder.submissions import archive
from autograder.submissions.archive import MAX_MEMBER, opened, spellings
from autograder.submissions.notebook_json import Unreadable


def make_zip(tmp_path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w", method) as bundle:
        for name, data in files.items():
            bundle.writestr(name, data)
    return path


def obstacles(path: Path) -> dict[str, str]:
    with opened(path) as members:
        return {member.spellings[0]: member.obstacle for member in members}


def test_a_zip_and_its_folder_hold_the_same(tmp_path: Path) -> None:
    files = {"ada/a.txt": b"1", "b.txt": b"22"}
    path = make_zip(tmp_path, {**files, "__MACOSX/ada/._a.txt": b"", "ada/.DS_Store": b""})
    folder = tmp_path / "folder"
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(folder)
    for place in (path, folder):
        with opened(place) as members:
            assert {member.spellings[0]: member.read() for member in members} == files
            assert all(member.time is not None and not member.obstacle for member in members)


@pytest.mark.parametrize("name", ["Jürgen Peña", "Ада", "李小龙"])
def test_a_name_in_utf8_is_read_with_and_without_its_flag(name: str) -> None:
    assert spellings(name, is_utf8=True) == (name,)
    assert spellings(name.encode().decode("cp437"), is_utf8=False)[0] == name


def test_a_name_of_the_extra_field_is_taken_as_it_is() -> None:
    assert spellings("李小龙", is_utf8=False) == ("李小龙",)


@pytest.mark.parametrize("encoding", ["cp437", "cp1252"])
def test_a_name_in_an_old_encoding_is_among_the_spellings(encoding: str) -> None:
    raw = "Jürgen Größe".encode(encoding)
    assert "Jürgen Größe" in spellings(raw.decode("cp437"), is_utf8=False)


def test_letters_are_composed() -> None:
    assert spellings("Ju\u0308rgen", is_utf8=True) == ("J\u00fcrgen",)


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/evil", "\\\\host\\evil", "C:\\evil", "a\\..\\evil"]
)
def test_a_path_that_leads_out_is_not_taken(tmp_path: Path, name: str) -> None:
    assert list(obstacles(make_zip(tmp_path, {name: b"x"})).values()) == [
        "a path that leads out of the archive"
    ]


def test_a_bomb_is_named_and_not_read(tmp_path: Path) -> None:
    actual = obstacles(make_zip(tmp_path, {"bomb": bytes(MAX_MEMBER + 1)}))
    assert actual["bomb"] == "104,857,601 bytes, the limit is 104,857,600"


def test_what_a_loop_printed_over_and_over_is_no_bomb(tmp_path: Path) -> None:
    notebook = b"the loss is nan\n" * 500_000
    with opened(make_zip(tmp_path, {"pooling.ipynb": notebook})) as (member,):
        assert member.obstacle == ""
        assert member.read() == notebook


def test_a_size_that_is_a_lie_is_noticed(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"a.txt": b"x" * 5_000})
    data = path.read_bytes().replace(struct.pack("<L", 5_000), struct.pack("<L", 50))
    path.write_bytes(data)
    with opened(path) as members, pytest.raises(Unreadable, match="damaged"):
        members[0].read()


def test_links_and_unusual_members_are_named(tmp_path: Path) -> None:
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        bundle.writestr(link, "/etc/passwd")
        bundle.writestr("bz2", b"x", zipfile.ZIP_BZIP2)
    assert obstacles(path) == {"link": "a link", "bz2": "compressed in an unusual way"}
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    assert obstacles(folder) == dict.fromkeys(("link", "pipe"), "not a regular file")


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"a": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert obstacles(path) == {"a": "encrypted"}


def test_the_limits_of_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_zip(tmp_path, {"a": b"x", "b": b"yy", "c": b"z"})
    for name, limit, message in (
        ("MAX_MEMBERS", 2, "more than 2 files"),
        ("MAX_TOTAL", 3, "4 bytes in it, the limit is 3"),
        ("_MAX_DIRECTORY", 100, "bytes of names alone, the limit is 100"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(archive, name, limit)
            with pytest.raises(CourseError, match=message), opened(path):
                pass
    monkeypatch.setattr(archive, "MAX_MEMBER", 1)
    assert obstacles(path)["b"] == "2 bytes, the limit is 1"


def test_the_limit_of_names_holds_for_a_large_zip_format_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    path = make_zip(tmp_path, {"a": b"x", "b": b"yy"})
    assert b"PK\6\6" in path.read_bytes()
    monkeypatch.setattr(archive, "_MAX_DIRECTORY", 80)
    with pytest.raises(CourseError, match="bytes of names alone"), opened(path):
        pass


@pytest.mark.parametrize(
    "data", [b"", b"no zip", b"PK\5\6", b"PK\5\6" + bytes(17), b"PK\3\4" + bytes(60)]
)
def test_what_is_no_archive_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "made.zip"
    path.write_bytes(data)
    with pytest.raises(CourseError, match=r"made.zip: (neither a zip|a damaged zip)"), opened(path):
        pass


def test_a_zip_cut_in_the_middle_is_damaged(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"a": os.urandom(5_000)})
    path.write_bytes(path.read_bytes()[1_000:])
    with opened(path) as members, pytest.raises(Unreadable, match=r"^a: damaged"):
        members[0].read()


def test_a_full_disk_is_no_fault_of_the_archive(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"^full$"), opened(make_zip(tmp_path, {"a": b"x"})):
        raise OSError("full")


def test_no_file_and_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("none.zip", "pipe"):
        with (
            pytest.raises(CourseError, match=r"cannot be read|neither a zip"),
            opened(tmp_path / name),
        ):
            pass
