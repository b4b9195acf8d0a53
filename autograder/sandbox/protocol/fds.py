"""Passes options and filters to bubblewrap in descriptors, so that none is on a command line."""

from __future__ import annotations

import os


def options_fd(options: list[str], passed: list[int]) -> int:
    """A descriptor that holds the options: every user of the machine can read a command line."""
    return memory_fd(b"".join(option.encode() + b"\0" for option in options), passed)


def memory_fd(data: bytes, passed: list[int]) -> int:
    """A descriptor from which `data` can be read; it is appended to `passed`."""
    fd = os.memfd_create("sandbox")
    os.write(fd, data)
    os.lseek(fd, 0, os.SEEK_SET)
    passed.append(fd)
    return fd
