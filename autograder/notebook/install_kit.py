"""Install the kit from the wheel that came with a notebook: what the first cell of a kit's notebook runs.

The cell loads this file out of the wheel by itself, before any of the kit is installed: it imports
Python's own modules alone, and of the kit nothing.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.machinery import PathFinder
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
    version,
)
from pathlib import Path
from zipfile import ZipFile

KIT = "cnn-exercises"  # the distribution; the package that it installs is called differently
PACKAGE = "autograder"
_LARGE = "\nThat includes TensorFlow, half a gigabyte, if it is missing: it takes some minutes."


def install(wheel: str, *, keras: bool) -> str:
    """Install `wheel` and what it needs into this Python, unless all of it is there; print what is done.

    Another version of the kit, or the same one with other files, is replaced. A package of somebody
    else with the kit's import name is never touched.

    Args:
        wheel: the path of the kit's wheel.
        keras: whether the notebook needs Keras and TensorFlow, too.

    Returns:
        What keeps the notebook from working, in one line, with what to do; empty if nothing does.

    """
    its_version = Path(wheel).name.split("-")[1]
    if foreign := _foreign_distributions():
        return (
            f"The package {foreign[0]} has the same import name as the exercise kit, {PACKAGE!r}. "
            f"Remove it with `{sys.executable} -m pip uninstall {foreign[0]}`, or choose a kernel of "
            "another environment; then run this cell again."
        )
    importlib.invalidate_caches()
    before = _installed()
    old_version = before.version if before else ""  # read now: its file is gone when replaced
    extra = "keras" if keras else ""
    replaces = before is not None and not _has_files_of(before, wheel)
    if before and (_is_editable(before) or not replaces) and _is_complete(before, extra):
        print(f"The exercise kit {before.version} is installed.")
        return _hidden(before)
    print(
        f"Installing the exercise kit {its_version} from {wheel}, with what is missing of the "
        f"packages that it needs.{_LARGE if keras else ''}",
        flush=True,
    )
    in_use = _in_use()
    if problem := _pip_install(wheel, extra, anew=replaces and old_version == its_version):
        return problem
    importlib.invalidate_caches()
    after = distribution(KIT)
    replaced = f", in place of {old_version}" if replaces else ""
    print(f"The exercise kit {after.version} is installed{replaced}.")
    changed = [
        name for name, old in in_use.items() if (name == KIT and replaces) or version(name) != old
    ]
    if changed:
        print(f"Restart the kernel now: this notebook still uses the old {', '.join(changed)}.")
    return _hidden(after)


def _installed() -> Distribution | None:
    try:
        return distribution(KIT)
    except PackageNotFoundError:
        return None


def _foreign_distributions() -> list[str]:
    """The other distributions that have installed a package with the kit's import name."""
    owners = set(packages_distributions().get(PACKAGE, []))
    return sorted(name for name in owners if name.replace("_", "-").lower() != KIT)


def _is_editable(kit: Distribution) -> bool:
    """Whether the kit is a course's checkout: its author's, who wants it to stay."""
    return '"editable"' in (kit.read_text("direct_url.json") or "")


def _has_files_of(kit: Distribution, wheel: str) -> bool:
    """Whether the installed kit has the wheel's version and files: an author may keep the version."""
    with ZipFile(wheel) as archive:
        (record,) = (name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        lines = archive.read(record).decode().splitlines()
    files_of_wheel = {line for line in lines if line.startswith(f"{PACKAGE}/")}
    is_same_version = record.split("-")[1] == f"{kit.version}.dist"
    return is_same_version and files_of_wheel <= set((kit.read_text("RECORD") or "").splitlines())


def _is_complete(kit: Distribution, extra: str) -> bool:
    """Whether all that the kit needs is installed, in versions that it works with."""
    try:
        from packaging.requirements import Requirement
    except ImportError:  # the kit needs it, so something is missing
        return False
    for line in kit.requires or []:
        needed = Requirement(line)
        if needed.marker and not needed.marker.evaluate({"extra": extra}):
            continue
        try:
            if not needed.specifier.contains(version(needed.name), prereleases=True):
                return False
        except PackageNotFoundError:
            return False
    return True


def _in_use() -> dict[str, str]:
    """The versions of the distributions of which this notebook has imported something."""
    owners = packages_distributions()
    modules = {name for name in list(sys.modules) if "." not in name}
    return {owner: version(owner) for name in modules for owner in owners.get(name, [])}


def _pip_install(wheel: str, extra: str, *, anew: bool) -> str:
    """Install with pip, also from wheels that lie beside the kit's; return what went wrong.

    With `anew` the kit's files are replaced although pip has installed this version of it.
    """
    path = Path(wheel).resolve()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--retries", "2", "--find-links", str(path.parent)]
    if PathFinder.find_spec("pip") is None:  # environments made by uv have none
        subprocess.run([sys.executable, "-m", "ensurepip"], capture_output=True, check=False)
    commands = [[*pip, f"{path}[{extra}]" if extra else str(path)]]
    if anew:  # pip takes what has the same version for the same
        commands.append([*pip, "--no-deps", "--force-reinstall", str(path)])
    for command in commands:
        completed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # pip
        if completed.returncode:
            lines = [line.strip() for line in completed.stderr.splitlines() if line.strip()]
            errors = [line for line in lines if line.lower().startswith("error:")] or lines[-1:]
            reason = "; ".join(errors[:1]) or f"pip ended with {completed.returncode}"
            return (
                f"The exercise kit was not installed: {reason}. Look at README.txt beside {wheel}: "
                "it says how to make an environment for it, and how to install without internet."
            )
    return ""


def _hidden(kit: Distribution) -> str:
    """What the notebook would import instead of the kit, in a line for the student; empty if nothing."""
    spec = PathFinder.find_spec(PACKAGE)
    origin = spec.origin if spec else None
    expected = str(kit.locate_file(f"{PACKAGE}/__init__.py"))
    if _is_editable(kit) or (origin and Path(origin).resolve() == Path(expected).resolve()):
        return ""
    return (
        f"{origin or PACKAGE} hides the installed exercise kit: both are called {PACKAGE!r}. Rename it, "
        "restart the kernel, and run this cell again."
    )
