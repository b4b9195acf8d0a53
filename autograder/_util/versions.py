"""The software versions that a grade and a training run depend on."""

from __future__ import annotations

import importlib.metadata
import platform
from functools import cache

_VERSIONED = ("numpy", "tensorflow", "keras", "hypothesis", "pytest", "ipython", "matplotlib")


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of the packages in _VERSIONED."""
    packages = {name: importlib.metadata.version(name) for name in _VERSIONED}
    return {"python": platform.python_version(), **packages}


def software() -> str:
    """The versions of the packages that train a model, as "keras 3.15.1, tensorflow 2.21.0"."""
    return ", ".join(f"{name} {versions()[name]}" for name in ("keras", "tensorflow"))
