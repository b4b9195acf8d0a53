"""The machine and its software: what a grade and a training run depend on."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping
from functools import cache

_VERSIONED = ("numpy", "tensorflow", "keras", "hypothesis", "pytest", "ipython", "matplotlib")
_WORKER_MEMORY = 3 * 2**30  # bytes: TensorFlow in the grading process and in the sandbox


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of the packages in _VERSIONED."""
    packages = {name: importlib.metadata.version(name) for name in _VERSIONED}
    return {"python": platform.python_version(), **packages}


def software() -> str:
    """The versions of the packages that train a model, as "keras 3.15.1, tensorflow 2.21.0"."""
    return ", ".join(f"{name} {versions()[name]}" for name in ("keras", "tensorflow"))


def machine() -> Mapping[str, str]:
    """The processor's instruction sets that affect how sums are rounded, and the software versions."""
    flags = _cpu_flags() & {"avx2", "fma", "avx512f", "avx512_bf16", "amx_tile"}
    return {"cpu": " ".join([platform.machine(), *sorted(flags)]), **versions()}


def processor_name() -> str:
    """The processor's name, such as "AMD EPYC"; empty if it has none."""
    return _cpuinfo("model name").partition(":")[2].strip()


def _cpu_flags() -> set[str]:
    return set(_cpuinfo("flags", "Features").split())


def _cpuinfo(*beginnings: str) -> str:
    """The first line of /proc/cpuinfo with one of these beginnings; empty if there is none."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            return next((line for line in file if line.startswith(beginnings)), "")
    except OSError:
        return ""


def worker_count() -> int:
    """The number of worker processes that fit this machine's cores and memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return max(1, min(cores, memory // _WORKER_MEMORY))
