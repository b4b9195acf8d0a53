"""Read a catalogue of right or wrong answers to an assignment: one text file, one cell an answer.

The file is in Jupytext's percent format: a cell for each answer, headed `# %% question label`.
The heading may go on with a tag in brackets, the kind of the answer: `# %% question label [kind]`.
Code that several answers share is a cell headed `# %% part: name`. It is put in front of each
answer whose heading ends in `with name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PART = r"part: (?P<part>[a-z-]+)"
_ANSWER = r"(?P<question>[a-z0-9-]+) (?P<label>[a-z0-9-]+)(?: \[(?P<kind>[a-z]+)\])?"
_HEADING = re.compile(rf"# %% (?:{_PART}|{_ANSWER})(?: with (?P<parts>[a-z, -]+))?\n")


class Answer(NamedTuple):
    """An answer to one question: `source` is a notebook cell, `label` is unique in the question.

    The label of a wrong answer is the key in the grader's HELP of the text that it must get.
    `kind` is the tag of the heading, "" without one. A course may count its answers by it. `line` is
    that of the heading in its file.
    """

    assignment: str
    question: str
    label: str
    source: str
    kind: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.assignment}-{self.question}-{self.label}"


def read_answers(path: Path) -> list[Answer]:
    """Read all answers from a catalogue.

    Args:
        path: a text file in percent format, named after the assignment, such as `pooling.py`.

    Returns:
        The answers in the order of the file.

    Raises:
        SyntaxError: with the line, if a heading is malformed or names a part not defined above it.

    Example:
        read_answers(Path("tests/wrong/cells/pooling.py"))[0].label  # 'no-plus-one'

    """
    return list(_parse(path))


def _parse(path: Path) -> Iterator[Answer]:
    parts: dict[str, str] = {}
    introduction, *cells = re.split(
        r"^(?=# %%)", path.read_text(encoding="utf-8-sig"), flags=re.MULTILINE
    )
    line = introduction.count("\n") + 1
    for cell in cells:
        heading = _HEADING.match(cell)
        names = [name for name in ((heading and heading["parts"]) or "").split(", ") if name]
        if not heading or not parts.keys() >= set(names):
            raise SyntaxError(
                "this heading is not understood. Write `# %% question label`, "
                "`# %% question label [kind]`, either of them with ` with part` at its end, "
                "or `# %% part: name` above its first use",
                (str(path), line, 1, cell.splitlines()[0]),
            )
        source = "\n\n\n".join([*(parts[name] for name in names), cell[heading.end() :].strip()])
        if heading["part"]:
            parts[heading["part"]] = source
        else:
            kind = heading["kind"] or ""
            yield Answer(path.stem, heading["question"], heading["label"], source, kind, line)
        line += cell.count("\n")
