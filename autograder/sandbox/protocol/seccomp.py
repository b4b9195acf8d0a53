"""The seccomp filter of a sandbox: the system calls that it refuses.

Namespaces hide the host from a sandbox, but it shares the kernel. Calls that no exercise needs and
that past exploits used (io_uring, keys, bpf, userfaultfd ...) fail with ENOSYS, as in a kernel
without them. So do calls that allocate memory outside all limits of a process. Sockets have the
families AF_UNIX, AF_INET and AF_INET6 only: a network namespace does not isolate netlink and
vsock, or not in all kernels.

The programs are classic BPF (linux/filter.h) and read struct seccomp_data (linux/seccomp.h). They
are written here because every library for them needs a system library (libseccomp).
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterator

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in seccomp_data, little-endian
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_X32 = 0x40000000  # x86-64's second table of calls begins here
_FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6

# Call: its number on x86_64 and on aarch64 (asm/unistd.h).
_REFUSED = {
    # other doors into the kernel
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "fanotify_init": (300, 262),
    # keys, which are in no namespace
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # memory that no process has mapped, which only a cgroup limits: files without a name, and
    # System V objects, which outlive their creator. POSIX shared memory is in /dev/shm, which is small
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    # namespaces and mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # the machine
    "reboot": (169, 142),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
}
_SOCKET = (41, 198)
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_* of linux/audit.h


def seccomp_filter(machine: str) -> bytes:
    """The filter for `machine`, as platform.machine() names it; KeyError for an unknown one."""
    return b"".join(_program(list(_MACHINES).index(machine), _MACHINES[machine]))


def knows(machine: str) -> bool:
    """Whether this module has the system call numbers of this machine."""
    return machine in _MACHINES


def _program(column: int, architecture: int) -> Iterator[bytes]:
    yield _step(_LOAD, _ARCHITECTURE)
    yield from _unless_equal(architecture, _KILL)
    yield _step(_LOAD, _NUMBER)
    yield from _if(_IF_AT_LEAST, _X32, _FAIL | errno.ENOSYS)
    for numbers in _REFUSED.values():
        yield from _if(_IF_EQUAL, numbers[column], _FAIL | errno.ENOSYS)
    # Every call but socket() jumps to the last step.
    yield _step(_IF_EQUAL, _SOCKET[column], 0, 2 + 2 * len(_FAMILIES))
    yield _step(_LOAD, _FIRST_ARGUMENT)
    for family in _FAMILIES:
        yield from _if(_IF_EQUAL, family, _ALLOW)
    yield _step(_RETURN, _FAIL | errno.EAFNOSUPPORT)
    yield _step(_RETURN, _ALLOW)


def _if(test: int, value: int, answer: int) -> Iterator[bytes]:
    """Return `answer` if the loaded value passes the test."""
    yield _step(test, value, 0, 1)
    yield _step(_RETURN, answer)


def _unless_equal(value: int, answer: int) -> Iterator[bytes]:
    yield _step(_IF_EQUAL, value, 1, 0)
    yield _step(_RETURN, answer)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """One instruction (struct sock_filter). Jumps are relative to the next instruction."""
    return struct.pack("=HBBI", code, if_true, if_false, value)
