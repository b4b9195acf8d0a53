"""Every package that the kit imports by itself is declared, each for those who need it."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((KIT / "pyproject.toml").read_text())["project"]
# What a student's notebook imports; the rest is the course's.
STUDENT = (
    *("_util", "course", "datasets", "feedback", "figures", "keras_objects", "models"),
    *("notebook", "results"),
    *("sandbox/guest", "sandbox/protocol", "testing"),
)
# Modules of the student's half that only a course's commands import.
OF_COMMANDS = {
    *("_util/images.py", "_util/terminal.py", "course/solution_file.py", "datasets/download.py"),
}
# Only notebooks that import Keras import these.
OF_KERAS = {"time_left.py"}


def imported(path: Path, *, top: bool = False) -> set[str]:
    """The first names of what a module imports, but for Python's own and ours.

    With `top` only what importing the module imports, not what its functions do.
    """
    names: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text())]
    while waiting:
        node = waiting.pop()
        if not (top and isinstance(node, ast.FunctionDef)):
            waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    first = {name.partition(".")[0] for name in names}
    return first - sys.stdlib_module_names - {"autograder"}


def declared(*extras: str) -> set[str]:
    """The distributions that pyproject.toml names, in lower case."""
    lines = [*PROJECT["dependencies"]]
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    return {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in lines}


def distributions(names: set[str]) -> dict[str, set[str]]:
    known = packages_distributions()
    return {name: {each.lower() for each in known[name]} for name in names}


def undeclared(paths: list[Path], *extras: str, top: bool = False) -> dict[str, str]:
    names = {name: str(path) for path in paths for name in imported(path, top=top)}
    actual = distributions(set(names))
    return {name: names[name] for name in names if not actual[name] & declared(*extras)}


def test_what_is_imported_is_declared() -> None:
    paths = sorted((KIT / "autograder").rglob("*.py"))
    assert len(paths) > 100
    # markupsafe is half of jinja2, which hands out its Markup.
    assert undeclared(paths, "keras", "course", "cluster").keys() <= {"markupsafe"}


def test_a_notebook_needs_the_base_alone() -> None:
    paths = [
        path
        for package in STUDENT
        for path in (KIT / "autograder" / package).rglob("*.py")
        if path.relative_to(KIT / "autograder").as_posix() not in OF_COMMANDS
    ]
    without_keras = [path for path in paths if path.name not in OF_KERAS]
    assert undeclared(without_keras, top=True) == {}
    assert undeclared(paths).keys() == {"keras", "tensorflow"}
    assert undeclared(paths, "keras") == {}


def test_each_dependency_says_why_it_is_there() -> None:
    text = (KIT / "pyproject.toml").read_text()
    project = text[text.index("dependencies = [") : text.index("[tool.uv]")]
    lines = [line for line in project.splitlines() if line.startswith('    "')]
    assert len(lines) > 30
    assert [line for line in lines if "  # " not in line] == []
