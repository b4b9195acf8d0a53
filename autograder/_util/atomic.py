"""Files that are written whole or not at all, that show whether they are damaged, and zips."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

_DATE = (2020, 1, 1, 0, 0, 0)  # of every file in a zip, so that the same files make the same zip
PART = ".part"  # ends the name of a file that is being written


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all, readable for its owner only unless `mode` says more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f"{path.name}.", suffix=PART, delete=False
    ) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).chmod(mode)
            if path.is_dir():  # nobody's work: an empty one, or this says that it is not
                path.rmdir()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise


def write_sealed(path: Path, data: bytes) -> None:
    """Write a file whole, behind a line with the SHA-256 of what is in it."""
    write_whole(path, _digest(data) + b"\n" + data)


def read_sealed(path: Path) -> bytes | None:
    """What write_sealed wrote; None where it is not there, or a disk or an editor changed it."""
    try:
        digest, _, data = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if digest == _digest(data) else None


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip of these files, scripts as programs; it is for others to read, too."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = (0o755 if files[name].startswith(b"#!") else 0o644) << 16
            packed.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    write_whole(path, archive.getvalue(), 0o644)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
