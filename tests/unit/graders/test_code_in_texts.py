"""Code in hints and help stands between backticks, in each language."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import autograder.graders
from autograder._util.i18n import graders_directory, translation

TABLES = ("HINTS", "HELP")
SPAN = re.compile(r"`[^`\n]+`")
# What is code wherever it stands. A word such as "fit" or "max" may be plain English.
CODE = re.compile(
    r"""
    \w[(\[=]                     # a call, an index, an argument
    | "\w+"                      # a value such as "same"
    | \w_\w | \b(np|keras)\.\w | //
    | \b(True|False|None|nan|u?int\d*|float\d*)\b
    | \b(Conv2D|MaxPooling2D|Flatten|BatchNormalization|Dropout|History)\b
    """,
    re.VERBOSE | re.ASCII,
)


def texts() -> Iterator[str]:
    graders = pkgutil.iter_modules(autograder.graders.__path__, "autograder.graders.")
    names = [module.name for module in graders if not module.ispkg]
    kit = [
        f"autograder.testing.{name}"
        for name in ("common_help", "frequent_crashes", "keras_crashes", "layer_mistakes")
    ]
    for name in (*names, *kit):
        for variable, table in vars(importlib.import_module(name)).items():
            if variable.endswith(TABLES):
                for entry in table.values() if isinstance(table, dict) else table:
                    yield from (entry,) if isinstance(entry, str) else entry


TEXTS = sorted(set(texts()))


def test_the_tables_are_found() -> None:
    assert len(TEXTS) > 200
    assert any(SPAN.search(text) for text in TEXTS)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_code_stands_between_backticks(code: str) -> None:
    translations = [translation(text, code, graders_directory()) for text in TEXTS]
    assert [text for text in translations if CODE.search(SPAN.sub("", text))] == []
    assert [text for text in translations if text.count("`") % 2] == []


def test_a_translation_has_the_same_code() -> None:
    for text in TEXTS:
        translated = translation(text, "zh_CN", graders_directory())
        assert set(SPAN.findall(translated)) == set(SPAN.findall(text)), translated
