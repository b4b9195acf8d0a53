"""What graders may import: each public name exists, is documented, and is the only thing public."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import autograder

PACKAGES = ("datasets", "keras_objects", "models", "results", "testing", "training")
CONSTANTS = {"FASHION_CLASSES", "OPTIMIZERS", "SEED", "TRAINING", "VALIDATION"}
ALIASES = {"Callback", "Draw", "Layer", "Picture", "Schedule"}


@pytest.fixture(params=PACKAGES)
def package(request: pytest.FixtureRequest) -> ModuleType:
    return importlib.import_module(f"autograder.{request.param}")


def test_each_public_name_exists_and_is_documented(package: ModuleType) -> None:
    assert package.__all__
    for name in package.__all__:
        value = getattr(package, name)
        assert name in CONSTANTS | ALIASES or value.__doc__, f"{package.__name__}.{name}"


def test_no_public_name_is_that_of_a_module(package: ModuleType) -> None:
    """Or `from package import name` would mean one or the other, by what was imported before."""
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert not modules & set(package.__all__)


def test_importing_a_package_imports_none_of_its_modules() -> None:
    """A sandbox has few of the modules of `results`, and check() needs few of `testing`."""
    code = (
        "import sys\n"
        "import autograder.results, autograder.testing, autograder.models, autograder.training\n"
        "print([n for n in sys.modules if n.count('.') == 2 and n.startswith(('autograder.results.', "
        "'autograder.testing.', 'autograder.models.', 'autograder.training.'))])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "[]"


def test_the_types_are_there_for_type_checkers() -> None:
    assert (Path(autograder.__file__).parent / "py.typed").exists()
