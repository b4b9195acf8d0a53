"""Writes docs/api.md, the reference for authors of graders, from the docstrings.

Run `python -m tests.support.api_page`; tests/unit/testing/test_api_page.py fails until it is done.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from types import FunctionType

import griffe

import autograder.testing as interface

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
CONSTANTS = {
    "N_": 'Marks a text for translation: `N_("text")` is the text itself.',
    "SEED": "The seed of all that graders draw: every student of a class gets the same cases.",
    "Draw": "A function from a wrong answer to a `Picture`, or to None.",
}


def page() -> str:
    """The text of docs/api.md."""
    entries = [_entry(name) for name in sorted(interface.__all__, key=str.lower)]
    return "\n".join(
        [
            "# The interface for graders",
            "",
            "A grader imports these names from `autograder.testing`. This page is made from their "
            "docstrings by",
            "`python -m tests.support.api_page`; [authoring.md](authoring.md) shows how they are used.",
            "",
            *entries,
        ]
    )


def _entry(name: str) -> str:
    value = getattr(interface, name)
    if name in CONSTANTS:
        return f"## {name}\n\n{CONSTANTS[name]}\n"
    parts = [f"## {name}", *_described(name, value)]
    if inspect.isclass(value):
        for member, function in vars(value).items():
            if isinstance(function, FunctionType) and not member.startswith("_"):
                parts += [f"### {name}.{member}", *_described(member, function)]
    return "\n\n".join(parts) + "\n"


def _described(name: str, value: object) -> list[str]:
    """The signature, if the value is a function, and the docstring."""
    signature = [f"```python\n{name}{_signature(value)}\n```"] if inspect.isroutine(value) else []
    return [*signature, _as_markdown(inspect.getdoc(value) or "")]


def _signature(function: object) -> str:
    """The signature without annotations that only a type checker reads."""
    signature = inspect.signature(function)  # type: ignore[arg-type]
    plain = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
        if parameter.name not in ("self", "draw") or parameter.default is not parameter.empty
    ]
    text = str(signature.replace(parameters=plain, return_annotation=inspect.Signature.empty))
    return text.replace("'", '"')


def _as_markdown(docstring: str) -> str:
    """A docstring in Google's style: its sections as bold words, its example as code."""
    parts = []
    sections = griffe.Docstring(docstring, parser="google").parse(
        returns_multiple_items=False, returns_named_value=False, warnings=False
    )
    for section in sections:
        match section.kind:
            case griffe.DocstringSectionKind.text:
                parts.append(str(section.value))
            case griffe.DocstringSectionKind.admonition:
                parts.append(f"**Example**\n\n```python\n{section.value.description}\n```")
            case griffe.DocstringSectionKind.raises:
                rows = [f"- `{row.annotation}`: {_line(row.description)}" for row in section.value]
                parts.append("\n".join(["**Raises**", "", *rows]))
            case griffe.DocstringSectionKind.returns:
                (row,) = section.value
                parts.append(f"**Returns** {_line(row.description)}")
            case kind:
                rows = [
                    f"- `{row.name}`: {_line(row.description)}"
                    for row in section.value
                    if not row.description.startswith("given by Hypothesis")
                ]
                parts.append("\n".join([f"**{kind.value.capitalize()}**", "", *rows]))
    return "\n\n".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    PAGE.write_text(page())
