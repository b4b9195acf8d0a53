"""Write files atomically, sealed with a digest that detects damage, and as reproducible zips."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder._util.digests import digest

_DATE = (2020, 1, 1, 0, 0, 0)  # of every file in a zip, so that equal files make equal zips
PART = ".part"  # suffix of a file that is being written


def write_whole(path: Path, data: bytes, mode: int = 0o600, *, replace: bool = True) -> None:
    """Write a file atomically; only its owner can read it unless `mode` allows more.

    Raises FileExistsError instead of replacing a file if `replace` is false.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f"{path.name}.", suffix=PART, delete=False
    ) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).chmod(mode)
            if not replace and os.path.lexists(path):
                raise FileExistsError(path)
            if path.is_dir():  # rmdir removes only an empty directory, and raises for any other
                path.rmdir()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise


def write_sealed(path: Path, data: bytes) -> None:
    """Write a file atomically, with the SHA-256 of the data in its first line."""
    write_whole(path, _digest(data) + b"\n" + data)


def read_sealed(path: Path) -> bytes | None:
    """The data that write_sealed wrote; None if the file is missing or its data were changed."""
    try:
        digest, _, data = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if digest == _digest(data) else None


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip of these files that everybody can read; files with a shebang are executable."""
    write_whole(path, zipped(files), 0o644)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files; equal files make equal zips, and files with a shebang are executable."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zip_file:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = (0o755 if files[name].startswith(b"#!") else 0o644) << 16
            zip_file.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _digest(data: bytes) -> bytes:
    return digest(data).encode()
