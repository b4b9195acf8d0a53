"""Move this process into the namespaces of a sandbox that bubblewrap has made, with no way back.

Python 3.11 has no call for namespaces, and none has one for capabilities and seccomp, so the
C library is called. Numbers are those of linux/sched.h, linux/prctl.h, linux/capability.h
and linux/seccomp.h; the order of the steps is bubblewrap's own.
"""

from __future__ import annotations

import ctypes
import os

_NAMESPACES = (
    0x00020000  # mounts
    | 0x02000000  # cgroup
    | 0x04000000  # host name
    | 0x08000000  # System V IPC
    | 0x10000000  # user
    | 0x20000000  # processes: for children, not for this process
    | 0x40000000  # network
)
_SET_DUMPABLE, _SET_SECCOMP, _DROP_BOUND, _SET_NO_NEW_PRIVILEGES, _AMBIENT = 4, 22, 24, 38, 47
_SECCOMP_FILTER, _AMBIENT_CLEAR_ALL = 2, 4
_CAPABILITIES_V3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def enter(pidfd: int) -> None:
    """Join all namespaces of a process; raises OSError. Children are born in its PID namespace.

    This process must have one thread, and no rights of its own over those namespaces but that
    they are below its own.
    """
    _checked(_libc.setns(pidfd, _NAMESPACES), "setns")


def give_up_privileges(seccomp_filter: bytes) -> None:
    """Be what a process started by bubblewrap is: no capability, no new ones, the filter on.

    Joining a user namespace gives all capabilities in it. Raises OSError.
    """
    with open("/proc/sys/kernel/cap_last_cap", encoding="ascii") as file:
        last = int(file.read())
    for capability in range(last + 1):
        _prctl(_DROP_BOUND, capability)
    _prctl(_AMBIENT, _AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    # A process that gained capabilities loses the sight of its own /proc/self; exec gives it back.
    _prctl(_SET_DUMPABLE, 1)
    _prctl(_SET_NO_NEW_PRIVILEGES, 1)
    program = _FilterProgram(len(seccomp_filter) // 8, seccomp_filter)
    _prctl(_SET_SECCOMP, _SECCOMP_FILTER, ctypes.addressof(program))


def _prctl(option: int, *arguments: int) -> None:
    padded = [*arguments, 0, 0, 0, 0][:4]
    _checked(_libc.prctl(option, *map(ctypes.c_ulong, padded)), f"prctl {option}")


def _checked(answer: int, call: str) -> None:
    if answer != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
