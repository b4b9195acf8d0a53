"""Families 11 to 15: reading what is not a student's, and getting it out."""

from __future__ import annotations

from autograder.results.outcome import Status
from tests.evil import Catalogue

EVIL = Catalogue()
CRASHED = Status.CRASHED

# 11: the disk, and what /proc shows of others.
for _name, _path in {
    "the solution": "@ROOT@/solutions/alpha.py",
    "the hidden grader": "@ROOT@/autograder/graders/hidden/alpha.py",
    "another student": "@ROOT@/submitted/honest/alpha/alpha.ipynb",
    "the root of the grader": "/proc/1/root@ROOT@/solutions/alpha.py",
    "passwords": "/etc/shadow",
    "users": "/etc/passwd",
    "the memory of the first process": "/proc/1/mem",
    "the kernel's messages": "/dev/kmsg",
    "the disk itself": "/dev/sda",
    "the kit's graders": "/kit/autograder/graders/__init__.py",
}.items():
    EVIL.blocked(11, _name, f"def attack():\n    return open({_path!r}, 'rb').read(100)")
EVIL.blocked(
    11,
    "environments",
    """
    import glob
    def attack():
        for path in glob.glob("/proc/[0-9]*/environ"):
            try:
                if b"CANARY" in open(path, "rb").read():
                    return True
            except OSError:
                pass
    """,
)
EVIL.blocked(
    11,
    "command lines",
    """
    import glob
    def attack():
        return any(b"@ROOT@" in open(p, "rb").read() for p in glob.glob("/proc/[0-9]*/cmdline"))
    """,
)
EVIL.blocked(
    11,
    "mounts",
    "def attack():\n    return '@ROOT@' in open('/proc/self/mountinfo').read()",
)
EVIL.blocked(
    11,
    "a walk through everything",
    """
    import os
    def attack():
        for folder, folders, files in os.walk("/"):
            folders[:] = [f for f in folders if folder != "/" or f not in ("usr", "proc", "sys", "site", "site1", "site2", "opt", "root")]
            if "solutions" in folders or "alpha.py" in files or any(f.endswith(".db") for f in files):
                return True
    """,
)

# 12: the solution as a module, and what earlier students left.
EVIL.blocked(
    12,
    "import of the solution",
    "import sys\ndef attack():\n    sys.path.insert(0, '@ROOT@/solutions')\n    import alpha\n    return alpha.add(1, 2) == 3",
)
EVIL.blocked(
    12,
    "the reference",
    "def attack():\n    from autograder.authoring import release\n    return True",
)
EVIL.blocked(
    12,
    "what others left",
    """
    import os
    def attack():
        mine = {"seen-before"}
        left = [f for d in ("/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~")) if os.path.isdir(d) for f in os.listdir(d)]
        for d in ("/tmp", "/dev/shm", os.path.expanduser("~")):
            open(f"{d}/seen-before", "w").close()
        return mine & set(left)
    """,
)

# 13: the network.
for _name, _code in {
    "tcp": "socket.create_connection(('127.0.0.1', @PORT@), timeout=2)",
    "tcp version 6": "socket.create_connection(('::1', @PORT@), timeout=2)",
    "udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "names": "socket.getaddrinfo('example.org', 80)",
    "a unix socket": "socket.socket(socket.AF_UNIX).connect('@UNIX@')",
    "an abstract socket": "socket.socket(socket.AF_UNIX).connect('\\0autograder-evil')",
    "vsock": "socket.socket(socket.AF_VSOCK).connect((2, @PORT@))",
    "raw": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "packets": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
}.items():
    EVIL.blocked(13, _name, f"import socket\ndef attack():\n    {_code}\n    return True")
EVIL.blocked(
    13,
    "the web",
    "def attack():\n    import urllib.request\n    return urllib.request.urlopen('http://127.0.0.1:@PORT@', timeout=2)",
)

# 14: a canary out by whatever a page shows.
STEAL = """
def steal():
    found = []
    for path in ("@ROOT@/solutions/alpha.py", "@ROOT@/autograder/graders/hidden/alpha.py",
                 "@ROOT@/submitted/honest/alpha/alpha.ipynb", "/proc/1/environ", "/proc/self/environ"):
        try:
            found.append(open(path).read())
        except OSError as error:
            found.append(str(error))
    return "\\n".join(found)
"""
EVIL.source(14, "printed", f"{STEAL}\nprint(steal())\ndef add(a, b): return 0")
EVIL.source(14, "returned", f"{STEAL}\ndef add(a, b): return steal()")
EVIL.source(14, "raised", f"{STEAL}\ndef add(a, b): raise Exception(steal())", CRASHED)
EVIL.source(
    14,
    "drawn",
    f"{STEAL}\nimport matplotlib.pyplot as plt\nplt.text(0, 0, steal()[:80])\nplt.show()\ndef add(a, b): return 0",
)
EVIL.source(
    14,
    "in a file's name",
    f"{STEAL}\nopen(steal()[:100].replace('/', '_'), 'w').close()\ndef add(a, b): return 0",
)

# 15: what is inherited.
EVIL.blocked(
    15,
    "descriptors",
    """
    import os
    def attack():
        for fd in os.listdir("/proc/self/fd"):
            try:
                if "@ROOT@" in os.readlink(f"/proc/self/fd/{fd}") or b"CANARY" in os.pread(int(fd), 1 << 20, 0):
                    return True
            except OSError:
                pass
    """,
)
EVIL.blocked(15, "environment", "import os\ndef attack():\n    return 'CANARY' in str(os.environ)")
EVIL.blocked(
    15,
    "own memory",
    """
    def attack():
        text = "CAN" + "ARY-" + "of-the-tests"
        with open("/proc/self/mem", "rb", 0) as memory:
            for line in open("/proc/self/maps"):
                where, rights = line.split()[:2]
                if rights.startswith("r") and line.rstrip().endswith(("[heap]", "[stack]")):
                    start, end = (int(part, 16) for part in where.split("-"))
                    memory.seek(start)
                    if memory.read(end - start).count(text.encode() + b"-"):
                        return True
    """,
)
EVIL.blocked(
    15,
    "the parent's memory",
    "import os\ndef attack():\n    return open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
)
