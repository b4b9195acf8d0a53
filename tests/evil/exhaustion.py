"""Families 22 to 28: using everything up, staying behind, and breaking out through the kernel."""

from __future__ import annotations

from autograder.results.outcome import Status
from tests.evil import BLOCKED, Catalogue

EVIL = Catalogue()
CRASHED, FAILED = Status.CRASHED, Status.FAILED

# 22: processes and threads.
EVIL.source(
    22,
    "fork bomb",
    """
    import os
    def add(a, b):
        while True:
            try:
                os.fork()
            except OSError:
                pass
    """,
    CRASHED,
)
EVIL.source(
    22,
    "thread bomb",
    """
    import threading, time
    def add(a, b):
        while True:
            try:
                threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
            except RuntimeError:
                return 0
    """,
    FAILED,
)
EVIL.source(
    22,
    "shell bomb",
    "import subprocess\ndef add(a, b):\n    subprocess.run(':(){ :|:& };:', shell=True)\n    return 0",
    FAILED,
)

# 23: memory.
EVIL.source(23, "heap at once", "def add(a, b): return len(bytearray(10 ** 13))", CRASHED)
EVIL.source(
    23,
    "heap piece by piece",
    "def add(a, b):\n    kept = []\n    while True: kept.append(bytearray(10 ** 8))",
    CRASHED,
)
EVIL.source(
    23,
    "heap of many processes",
    """
    import os, time
    def add(a, b):
        for _ in range(20):
            if os.fork() == 0:
                kept = bytearray(os.urandom(1)) * (2 * 10 ** 8)
                time.sleep(60)
        time.sleep(60)
    """,
    CRASHED,
)
for _name, _directory in {
    "shared memory": "/dev/shm",
    "scratch space": "/tmp",
    "home": ".",
}.items():
    EVIL.source(
        23,
        f"{_name} filled",
        f"""
        def add(a, b):
            with open("{_directory}/big", "wb") as file:
                while True:
                    file.write(bytes(10 ** 7))
        """,
        CRASHED,
    )

# 24: files and floods.
EVIL.source(
    24,
    "many files",
    """
    def add(a, b):
        for number in range(100_000_000):
            open(f"/tmp/{number}", "w").close()
    """,
    CRASHED,
)
EVIL.source(24, "flood of stdout", "def add(a, b):\n    while True: print('x' * 10 ** 6)", CRASHED)
EVIL.source(
    24,
    "flood of stderr",
    "import os\ndef add(a, b):\n    while True: os.write(2, b'x' * 10 ** 6)",
    CRASHED,
)
EVIL.source(
    24,
    "flood in a cell",
    "for _ in range(100): print('x' * 10 ** 6)\ndef add(a, b): return 0",
)

# 25: not going away.
EVIL.source(
    25,
    "deaf to signals",
    """
    import signal, time
    def add(a, b):
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            try:
                time.sleep(1000)
            except BaseException:
                pass
    """,
    CRASHED,
)
EVIL.source(25, "asleep", "import time\ndef add(a, b): time.sleep(10 ** 6)", CRASHED)
EVIL.source(
    25,
    "stops everyone else",
    """
    import os, signal
    def add(a, b):
        for pid in (1, -1):
            try:
                os.kill(pid, signal.SIGSTOP)
            except OSError:
                pass
        return 0
    """,
    FAILED,
)
EVIL.source(
    25,
    # A fork sees no parent, and 0 means itself; in a fresh sandbox it is the init, which cannot be stopped.
    "stops its parent",
    "import os, signal\ndef add(a, b): os.kill(os.getppid(), signal.SIGSTOP); raise OSError('it goes on')",
    CRASHED,
)
EVIL.source(
    25,
    "swallows its end",
    """
    def add(a, b):
        while True:
            try:
                while True: pass
            except BaseException:
                pass
    """,
    CRASHED,
)
EVIL.source(
    25,
    "a regular expression",
    "import re\ndef add(a, b): return len(re.match('(a+)+$', 'a' * 60 + 'b') or '')",
    CRASHED,
)

# 26: children that are meant to stay.
DAEMON = """
import os
def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "@SLEEP@"])
        os._exit(0)
"""
EVIL.source(26, "a daemon from a call", f"{DAEMON}\ndef add(a, b):\n    daemon()\n    return 0")
EVIL.source(26, "a daemon from a cell", f"{DAEMON}\ndaemon()\ndef add(a, b): return 0")
EVIL.source(
    26,
    "a sleeper by nohup",
    "import subprocess\nsubprocess.Popen('nohup setsid sleep @SLEEP@ &', shell=True)\ndef add(a, b): return 0",
)

# 27: the kernel. Numbers of system calls are those of x86-64, and on other machines name none.
SYSCALL = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def syscall(number, *args):
    return libc.syscall(number, *args) >= 0
"""
for _name, _call in {
    "a user namespace": "libc.unshare(0x10000000) == 0",
    "all namespaces": "libc.unshare(0x7E020000) == 0",
    "mount": "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0",
    "unmount": "libc.umount2(b'/tmp', 2) == 0",
    "chroot": "libc.chroot(b'/tmp') == 0",
    "pivot root": "syscall(155, b'/tmp', b'/tmp')",
    "ptrace of the first process": "libc.ptrace(16, 1, 0, 0) == 0",
    "reading the first process": "syscall(310, 1, 0, 0, 0, 0, 0) and False",
    "io_uring": "syscall(425, 4, ctypes.create_string_buffer(120))",
    "keys": "syscall(250, 0, -3, 1)",
    "adding a key": "syscall(248, b'user', b'evil', b'x', 1, -3)",
    "bpf": "syscall(321, 0, ctypes.create_string_buffer(120), 120)",
    "performance events": "syscall(298, ctypes.create_string_buffer(120), 0, -1, -1, 0)",
    "userfaultfd": "syscall(323, 1)",
    "kernel modules": "syscall(175, b'', 0, b'')",
    "the clock": "syscall(227, 0, ctypes.create_string_buffer(16))",
    "the host's name": "libc.sethostname(b'evil', 4) == 0",
    "reboot": "libc.reboot(0x1234567) == 0",
    "root again": "libc.setuid(0) == 0",
    "devices": "os.mknod('/tmp/disk', 0o60644, os.makedev(8, 0)) is None",
}.items():
    _source = f"{BLOCKED}\n{SYSCALL}\ndef attack():\n    return {_call}\ndef add(a, b): return blocked(attack)"
    EVIL.source(27, _name, _source, FAILED, "returned 0")
