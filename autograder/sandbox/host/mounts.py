"""The mounts of a sandbox: a read-only system, Python packages at /site, the kit's guest code at /kit.

Everything else is tmpfs with a size limit. Environment variables of the grading process do not cross.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from autograder.sandbox.protocol.errors import SandboxUnavailable

HOME = "/home/student"
# The files of the kit that a sandbox has, relative to the package: only those that run inside. Of
# `datasets` only the loader, since the sample's test labels must not be in a sandbox.
KIT_FILES = (
    "__init__.py",
    "_util/__init__.py",
    "_util/i18n.py",
    "_util/old_names.py",
    "_util/stderr.py",
    "datasets/__init__.py",
    "datasets/__init__.pyi",
    "datasets/sources.py",
    "datasets/unavailable.py",
    "figures",
    "keras_objects",
    "languages",
    "results/__init__.py",
    "results/__init__.pyi",
    "results/outcome.py",
    "results/pictures.py",
    "sandbox/__init__.py",
    "sandbox/guest",
    "sandbox/protocol",
)
_ZYGOTE = "sandbox/zygote"  # only in the zygote's own sandbox, where no student code runs
# Student code may import all packages that are installed beside one of these.
_PACKAGES = ("numpy", "keras", "tensorflow", "IPython", "matplotlib", "msgspec")
_COVERED = ("/usr/share/datasets",)  # a Debian package may install images and labels here
_PACKAGE_DIR = Path(__file__).resolve().parents[2]


def path_inside(path: str) -> str:
    """The path of a file of a Python package in a sandbox."""
    real = Path(path).parent.resolve() / Path(path).name  # .venv may be a link
    for number, directory in enumerate(_package_directories()):
        if real.is_relative_to(directory):
            return f"{_site(number)}/{real.relative_to(directory)}"
    return path


def mounts(*, already_mounted: bool, zygote: bool = False) -> list[str]:
    """Options for the mounts; `already_mounted` if an outer sandbox has the same mounts.

    With `zygote` the code of the zygote is mounted too.
    """
    sources: list[tuple[str, str]] = [("/usr", "/usr")]
    sources += [
        (path, path) for path in ("/etc/ld.so.cache", "/etc/localtime") if os.path.exists(path)
    ]
    if not sys.base_prefix.startswith("/usr"):
        sources.append((sys.base_prefix, sys.base_prefix))
    for number, directory in enumerate(_package_directories()):
        sources.append((directory, _site(number)))
    for name in (*KIT_FILES, *([_ZYGOTE] if zygote else [])):
        if (_PACKAGE_DIR / name).exists():
            sources.append((str(_PACKAGE_DIR / name), f"/kit/autograder/{name}"))
    links: list[str] = []
    for name in ("bin", "lib", "lib64", "sbin"):
        if os.path.islink(f"/{name}"):
            links += ["--symlink", f"usr/{name}", f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            sources.append((f"/{name}", f"/{name}"))
    if already_mounted:
        sources = [(target, target) for _, target in sources]
    return [*_ro_binds(sources), *links, *_masks()]


def _ro_binds(pairs: Iterable[tuple[str, str]]) -> list[str]:
    options: list[str] = []
    for source, target in pairs:
        for parent in reversed(Path(target).parents[:-1]):
            if not str(parent).startswith("/usr"):
                options += ["--perms", "0755", "--dir", str(parent)]
        options += ["--ro-bind", source, target]
    return options


def _masks() -> list[str]:
    """Cover what must not be visible in the sandbox: data sets, and the installed kit with its answers."""
    covered = [path for path in _COVERED if os.path.isdir(path)]
    for number, directory in enumerate(_package_directories()):
        if _PACKAGE_DIR.is_relative_to(directory):
            covered.append(f"{_site(number)}/{_PACKAGE_DIR.relative_to(directory)}")
    return [option for path in covered for option in ("--tmpfs", path, "--remount-ro", path)]


def scratch(size: int, *paths: str) -> list[str]:
    """Options for writable directories of `size` bytes each, which vanish with the sandbox."""
    options = ["--perms", "0755", "--dir", "/home"]
    for path in paths:
        options += ["--perms", "0700", "--size", str(size), "--tmpfs", path]
    return options


@cache
def _package_directories() -> tuple[str, ...]:
    directories: list[str] = []
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise SandboxUnavailable(f"the package {package} is not installed: run `make setup`")
        directory = str(Path(spec.origin).resolve().parent.parent)
        if directory not in directories:
            directories.append(directory)
    return tuple(directories)


def _site(number: int) -> str:
    return "/site" if number == 0 else f"/site{number}"


def environment(*python_path: str) -> dict[str, str]:
    """All environment variables of a process in a sandbox."""
    extra = [_site(number) for number in range(1, len(_package_directories()))]
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join([*python_path, *extra]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # One thread: forks need it, and processor time then does not depend on the number of cores.
        "OPENBLAS_NUM_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_BACKEND": "tensorflow",
    }


def unsafe_environment() -> dict[str, str]:
    """The same for a plain process, with the paths of the host."""
    return environment(str(_PACKAGE_DIR.parent), *_package_directories()) | {
        "HOME": os.environ.get("HOME", "/")
    }
