"""Digests of files and of this package: results with the same digests had the same inputs."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import msgspec


def digest(*parts: bytes | memoryview | str) -> str:
    """SHA-256 in hexadecimal of parts, one after the other; text is taken as UTF-8."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode() if isinstance(part, str) else part)
    return whole.hexdigest()


def json_digest(value: object) -> str:
    """The digest of a value as msgspec writes it in JSON, which tells apart what `digest` joins."""
    return digest(msgspec.json.encode(value))


def file_digest(path: Path) -> str:
    """The digest of a file's bytes."""
    return digest(path.read_bytes())


@cache
def package_digest() -> str:
    """SHA-256 of the framework's code and translations."""
    return digest(*map(file_digest, framework_files()))


def framework_files() -> list[Path]:
    """The modules and catalogs of this package without graders: each assignment has its own."""
    root = Path(__file__).resolve().parents[1]
    files = sorted([*root.rglob("*.py"), *root.rglob("*.po")])
    return [path for path in files if not path.is_relative_to(root / "graders")]
