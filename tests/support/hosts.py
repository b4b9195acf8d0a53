"""Hosts of a network of their own, on this machine: network namespaces at one bridge."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

IP = shutil.which("ip", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
MISSING = "no network namespaces here (they need root, and `apt-get install iproute2`)"


class Host(NamedTuple):
    """A namespace by its name, and its address in the network that all hosts share."""

    name: str
    address: str

    def command(self, *command: str) -> list[str]:
        """`command`, to be run on this host, which has no other network."""
        return [str(IP), "netns", "exec", self.name, *command]


def possible() -> bool:
    """Whether this machine lets a test make a host."""
    if IP is None or os.geteuid() != 0:
        return False
    name = _name("try")
    completed = subprocess.run([IP, "netns", "add", name], capture_output=True, check=False)
    if completed.returncode == 0:
        _ip("netns", "delete", name)
    return completed.returncode == 0


@contextmanager
def hosts(count: int) -> Iterator[list[Host]]:
    """So many hosts, which reach one another and this machine, and nothing else."""
    net = f"10.{random.randrange(64, 128)}.{random.randrange(256)}"
    bridge = _name("br")
    with ExitStack() as stack:
        _ip("link", "add", bridge, "type", "bridge")
        stack.callback(_ip, "link", "delete", bridge)
        _ip("address", "add", f"{net}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        all_hosts = []
        for number in range(2, count + 2):
            host = Host(_name(f"h{number}"), f"{net}.{number}")
            _ip("netns", "add", host.name)
            stack.callback(_ip, "netns", "delete", host.name)  # and with it both ends of its wire
            wire = _name(f"w{number}")
            _ip("link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", host.name)
            _ip("link", "set", wire, "master", bridge, "up")
            _ip("-n", host.name, "address", "add", f"{host.address}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                _ip("-n", host.name, "link", "set", device, "up")
            all_hosts.append(host)
        yield all_hosts


def _name(prefix: str) -> str:
    """A name that no other test has; the kernel takes 15 characters."""
    return f"{prefix}-{random.randrange(2**32):08x}"


def _ip(*arguments: str) -> None:
    subprocess.run([str(IP), *arguments], check=True, capture_output=True)
