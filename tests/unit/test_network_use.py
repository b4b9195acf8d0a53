"""Which modules of the kit can use the network: docs/privacy.md says what for."""

import ast
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parents[2] / "autograder"
NETWORK = {
    "aiohttp",
    "asyncio",
    "distributed",
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
# Module: what it imports, and why that sends nothing of a student.
ALLOWED = {
    "classroom/dask.py": {"socket", "distributed"},  # workers of the instructor's own cluster
    "datasets/download.py": {"http", "urllib"},  # `make data`
    "sandbox/host/launcher.py": {"socket"},  # Unix sockets, between processes of this machine
    "sandbox/host/probe.py": {"socket"},  # a port of this machine, which no sandbox may reach
    "sandbox/zygote/server.py": {"socket"},  # Unix sockets
}


def network_imports(path: Path) -> set[str]:
    """The modules of NETWORK that a module imports; urllib.parse only splits addresses."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names - {"urllib.parse"}} & NETWORK


@pytest.mark.parametrize("path", sorted(KIT.rglob("*.py")), ids=lambda path: path.stem)
def test_a_module_without_a_reason_does_not_use_the_network(path: Path) -> None:
    name = path.relative_to(KIT).as_posix()
    assert network_imports(path) <= ALLOWED.get(name, set()), name
