"""The examples in docstrings give what they say."""

import doctest
import importlib
from pathlib import Path

import pytest

import autograder

PACKAGE = Path(autograder.__file__).parent
WITH_EXAMPLES = sorted(
    ".".join(("autograder", *path.relative_to(PACKAGE).with_suffix("").parts))
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed
