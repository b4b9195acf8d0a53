"""The mounts that a submission or a run of the kit could have left on this machine."""

import sys
import tempfile
from pathlib import Path

import psutil


def mounts(*directories: Path) -> list[tuple[str, str, str, str]]:
    """Device, place, type and options of each mount at, above or below what the kit uses.

    That is Python's own directories, HOME, the temporary directory, and `directories`. Other
    programs of the machine mount and unmount elsewhere while a test runs: a network namespace
    below /run, a container's layers below /var/lib.
    """
    places = [Path.home(), Path(tempfile.gettempdir()), Path(sys.prefix), Path(sys.base_prefix)]
    used = [path.resolve() for path in (*places, *directories)]
    return sorted(
        (part.device, part.mountpoint, part.fstype, part.opts)
        for part in psutil.disk_partitions(all=True)
        if any(
            path.is_relative_to(part.mountpoint) or Path(part.mountpoint).is_relative_to(path)
            for path in used
        )
    )
