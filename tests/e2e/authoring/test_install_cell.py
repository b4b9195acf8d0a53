"""The first cell of a kit's notebook: it installs the kit that came with it, or says what is in its way.

Each test has an environment of its own, with pip and what the kit needs, but without the kit.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SITE = Path(sysconfig.get_path("purelib"))
USE = "\nimport autograder\nprint('FROM', autograder.__file__)\n"


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but pip, to copy: pip takes longer to install than to copy."""
    directory = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", directory], check=True)
    return directory


@pytest.fixture
def python(empty_environment: Path, tmp_path: Path) -> Path:
    """The Python of an environment that has all that the kit needs."""
    shutil.copytree(empty_environment, tmp_path / "venv", symlinks=True)
    packages = tmp_path / "packages"
    packages.mkdir()
    for entry in SITE.iterdir():
        if not entry.name.startswith(("cnn_exercises", "_cnn_exercises", "pip")):
            (packages / entry.name).symlink_to(entry)
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    (site / "needed.pth").write_text(str(packages))
    return tmp_path / "venv" / "bin" / "python"


def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "home").mkdir(exist_ok=True)
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "PIP_NO_INDEX": "1"}


def install_cell(kit: Path, name: str = "convolution") -> str:
    notebook = json.loads((kit / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    return "".join(notebook["cells"][0]["source"])


def run(python: Path, cell: str, place: Path, tmp_path: Path) -> tuple[str, str]:
    """What running the cell in a directory printed, and the last line of the error, if any."""
    completed = subprocess.run(
        [python, "-c", cell],
        cwd=place,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    return completed.stdout, (completed.stderr.splitlines() or [""])[
        -1
    ] if completed.returncode else ""


def wheel_of(directory: Path, name: str, version: str, content: str) -> Path:
    """A small wheel that installs a package called autograder."""
    file_name = f"{name.replace('-', '_')}-{version}"
    info = f"{file_name}.dist-info"
    files = {
        "autograder/__init__.py": content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{info}/RECORD,,"]
    for path, text in files.items():
        digest = urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()
        record.append(f"{path},sha256={digest},{len(text)}")
    target = directory / f"{file_name}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": "\n".join(record) + "\n"}.items():
            archive.writestr(path, text)
    return target


def pip_install(python: Path, wheel: Path, tmp_path: Path) -> None:
    command = [python, "-m", "pip", "install", "--quiet", "--no-deps", wheel]
    subprocess.run(command, env=environment(tmp_path), check=True)


def version_of(kit: Path) -> str:
    (wheel,) = kit.glob("*.whl")
    return wheel.name.split("-")[1]


def test_it_installs_the_kit_once(kit: Path, python: Path, tmp_path: Path) -> None:
    printed, problem = run(python, install_cell(kit) + USE, kit / "convolution", tmp_path)
    assert problem == ""
    installed = f"The exercise kit {version_of(kit)} is installed."
    first, *rest = printed.splitlines()
    assert first.startswith(f"Installing the exercise kit {version_of(kit)} from ")
    assert rest[0] == installed
    assert rest[1].startswith(f"FROM {tmp_path / 'venv'}")
    assert run(python, install_cell(kit), kit / "convolution", tmp_path) == (installed + "\n", "")


def test_where_only_a_package_is_missing_no_kit_is_replaced(
    kit: Path, python: Path, tmp_path: Path
) -> None:
    run(python, install_cell(kit), kit / "convolution", tmp_path)
    (wheel,) = kit.glob("*.whl")
    lacking = (
        "from autograder.notebook import install_kit\n"
        "install_kit._is_complete = lambda *_: False\n"
        "install_kit._pip_install = lambda *_, anew: 'the kit again' if anew else ''\n"
        f"print(install_kit.install({str(wheel)!r}, keras=True))"
    )
    printed, problem = run(python, lacking, kit / "convolution", tmp_path)
    assert problem == ""
    last = f"\nThe exercise kit {version_of(kit)} is installed.\n\n"
    assert printed.endswith(last), printed


@pytest.mark.parametrize("version", ["0.1.0", "same"])
def test_another_kit_is_replaced(version: str, kit: Path, python: Path, tmp_path: Path) -> None:
    version = version_of(kit) if version == "same" else version
    old = wheel_of(tmp_path, "cnn-exercises", version, "OLD = True\n")
    pip_install(python, old, tmp_path)
    cell = f"import autograder\n{install_cell(kit)}"
    printed, problem = run(python, cell, kit / "convolution", tmp_path)
    assert problem == ""
    assert f"is installed, in place of {version}." in printed
    assert "Restart the kernel now: this notebook still uses the old cnn-exercises." in printed
    check = "import autograder; assert not hasattr(autograder, 'OLD'); autograder.check"
    assert run(python, check, kit / "convolution", tmp_path) == ("", "")


def test_somebody_elses_package_is_named(kit: Path, python: Path, tmp_path: Path) -> None:
    pip_install(python, wheel_of(tmp_path, "grade-it", "3.0", "FOREIGN = True\n"), tmp_path)
    printed, problem = run(python, install_cell(kit), kit / "convolution", tmp_path)
    assert printed == ""
    assert "KitIsMissing: The package grade_it has the same import name" in problem.replace(
        "-", "_"
    )
    assert "pip uninstall grade-it" in problem
    kept = "import autograder; assert autograder.FOREIGN"
    assert run(python, kept, kit / "convolution", tmp_path) == ("", "")


def test_a_file_that_hides_the_kit_is_named(kit: Path, python: Path, tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.mkdir()
    shutil.copy(next(kit.glob("*.whl")), place)
    (place / "autograder.py").write_text("")
    _, problem = run(python, install_cell(kit), place, tmp_path)
    assert f"{place / 'autograder.py'} hides the installed exercise kit" in problem


def test_what_is_missing_without_internet_is_named(kit: Path, python: Path, tmp_path: Path) -> None:
    (tmp_path / "packages" / "msgspec").unlink()
    for info in (tmp_path / "packages").glob("msgspec-*.dist-info"):
        info.unlink()
    _, problem = run(python, install_cell(kit), kit / "convolution", tmp_path)
    assert "KitIsMissing: The exercise kit was not installed: ERROR: " in problem
    assert "msgspec" in problem
    assert "README.txt" in problem


def test_a_missing_wheel_is_named_unless_the_kit_is_installed(
    kit: Path, python: Path, tmp_path: Path
) -> None:
    place = tmp_path / "alone"
    place.mkdir()
    _, problem = run(python, install_cell(kit), place, tmp_path)
    assert f"cnn_exercises-{version_of(kit)}-py3-none-any.whl is missing. Put it beside" in problem
    pip_install(python, next(kit.glob("*.whl")), tmp_path)
    assert run(python, install_cell(kit), place, tmp_path) == ("", "")


def test_an_old_python_is_named_in_a_line(kit: Path, tmp_path: Path) -> None:
    cell = install_cell(kit)
    ast.parse(cell, feature_version=(3, 4))
    assert "f'" not in cell
    assert 'f"' not in cell
    old = f"import sys; sys.version_info = (3, 8, 1)\n{cell}"
    printed, problem = run(Path(sys.executable), old, kit / "convolution", tmp_path)
    assert printed == ""
    assert "needs Python 3.11 or newer, and its kernel is Python 3.8." in problem


def test_a_notebook_shows_a_problem_as_one_line(kit: Path, tmp_path: Path) -> None:
    # The version is one that this environment does not have, and no wheel lies beside the cell.
    (tmp_path / "cell.py").write_text(install_cell(kit).replace(version_of(kit), "9.9.9"))
    completed = subprocess.run(
        [
            sys.executable,
            "-c",
            "from IPython.core.interactiveshell import InteractiveShell as Shell\n"
            "result = Shell.instance().run_cell(open('cell.py').read())\n"
            "assert result.error_in_exec\n",
        ],
        cwd=tmp_path,
        env={**os.environ, "IPYTHONDIR": str(tmp_path / "ipython"), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert completed.stdout.startswith(
        "cnn_exercises-9.9.9-py3-none-any.whl is missing. Put it beside"
    )
    assert completed.stdout.strip().count("\n") == 0
