"""Move this process into the namespaces of a sandbox made by bubblewrap, irreversibly.

Python 3.11 has no function for namespaces, and no Python has one for capabilities and seccomp, so
this module calls the C library. Numbers are those of linux/sched.h, linux/prctl.h,
linux/capability.h and linux/seccomp.h. The steps have the same order as in bubblewrap.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Collection, Mapping

# By name in /proc/self/ns. A joined PID namespace is that of later children, not of this process.
_NAMESPACES = {
    "mnt": 0x00020000,
    "cgroup": 0x02000000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
}
_SET_DUMPABLE, _SET_SECCOMP, _DROP_BOUND, _SET_NO_NEW_PRIVILEGES, _AMBIENT = 4, 22, 24, 38, 47
_SECCOMP_FILTER, _AMBIENT_CLEAR_ALL = 2, 4
_CAPABILITIES_V3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)

# Lines of /proc/self/status, see proc_pid_status(5). A second thread would have its own credentials.
_CONFINED = {
    **dict.fromkeys(("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"), "0" * 16),
    "NoNewPrivs": "1",
    "Seccomp": str(_SECCOMP_FILTER),
    "Threads": "1",
}


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def identities() -> dict[str, str]:
    """The identity of each namespace of this process, by name."""
    return {name: os.readlink(f"/proc/self/ns/{name}") for name in _NAMESPACES}


def enter(pidfd: int) -> None:
    """Join all namespaces of a process; later children start in its PID namespace. Raises OSError.

    The kernel demands that this process has one thread and that those namespaces are below its own.
    """
    _check(_libc.setns(pidfd, sum(_NAMESPACES.values())), "setns")


def give_up_privileges(seccomp_filter: bytes) -> None:
    """Drop all capabilities for good and install the filter, as bubblewrap does. Raises OSError.

    To be called after `enter`: joining a user namespace grants all capabilities in it.
    """
    with open("/proc/sys/kernel/cap_last_cap", encoding="ascii") as file:
        last = int(file.read())
    for capability in range(last + 1):  # before capset: each call needs a capability
        _prctl(_DROP_BOUND, capability)
    _prctl(_AMBIENT, _AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    # A process that gained capabilities cannot read /proc/self until it calls exec or this.
    _prctl(_SET_DUMPABLE, 1)
    _prctl(_SET_NO_NEW_PRIVILEGES, 1)  # without it, the kernel refuses a filter from here on
    program = _FilterProgram(len(seccomp_filter) // 8, seccomp_filter)
    _prctl(_SET_SECCOMP, _SECCOMP_FILTER, ctypes.addressof(program))


def require_confinement(outside: Mapping[str, str], descriptors: Collection[int]) -> None:
    """Raise RuntimeError or OSError unless this process may run student code.

    It must be in none of the namespaces `outside`, have no privileges, and hold no descriptors
    except `descriptors`. This checks the result of all steps, so it finds a missing or swapped one.
    It does not use assert statements: `python -O` would remove them.
    """
    shared = [name for name, identity in identities().items() if identity == outside[name]]
    if shared:
        raise RuntimeError(f"still in namespaces of the zygote: {', '.join(shared)}")
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:
        status = {name: value.strip() for name, _, value in (line.partition(":") for line in file)}
    wrong = [name for name, value in _CONFINED.items() if status.get(name) != value]
    if wrong:
        raise RuntimeError(f"not confined: {', '.join(wrong)} of /proc/self/status")
    open_fds = [int(fd) for fd in os.listdir("/proc/self/fd")]
    # The listing has its own descriptor too, which is closed by now.
    others = {fd for fd in open_fds if os.path.lexists(f"/proc/self/fd/{fd}")} - {*descriptors}
    if others:
        raise RuntimeError(f"{len(others)} descriptors of the zygote are open")


def _prctl(option: int, *arguments: int) -> None:
    padded = [*arguments, 0, 0, 0, 0][:4]
    _check(_libc.prctl(option, *map(ctypes.c_ulong, padded)), f"prctl {option}")


def _check(status: int, call: str) -> None:
    if status != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
