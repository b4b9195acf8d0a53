"""Digests of files and of this package, by which results are known to be of the same making."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def package_digest() -> str:
    """SHA-256 of all code of this package, and of what it says in other languages."""
    root = Path(__file__).resolve().parent
    paths = sorted([*root.rglob("*.py"), *root.rglob("*.po")])
    return hashlib.sha256("".join(map(file_digest, paths)).encode()).hexdigest()
