"""What of this machine and its software a training run depends on."""

from __future__ import annotations

import platform
from collections.abc import Mapping

from autograder.versions import versions


def machine() -> Mapping[str, str]:
    """The processor with what of it decides how sums are rounded, and the versions of software."""
    flags = _cpu_flags() & {"avx2", "fma", "avx512f", "avx512_bf16", "amx_tile"}
    return {"cpu": " ".join([platform.machine(), *sorted(flags)]), **versions()}


def _cpu_flags() -> set[str]:
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            line = next((line for line in file if line.startswith(("flags", "Features"))), "")
    except OSError:
        return set()
    return set(line.split())
