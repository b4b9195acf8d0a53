"""What a feedback page draws, as data: a record keeps it, and the page makes the image."""

from __future__ import annotations

import msgspec

# The lines of a learning curve.
TRAINING, VALIDATION = "training images", "validation images"
_TOLD = 3  # mistakes that the text of a confusion matrix names


class Curves(msgspec.Struct, frozen=True, tag=True):
    """Each of `lines` over 1, 2, ...; `level` is a horizontal line.

    Titles are in English, and translated where they are shown. `text`, in the student's
    language, says what there is to see, for those who do not see it; so do those below.
    """

    title: str
    across: str
    up: str
    lines: dict[str, list[float]]
    text: str
    level: float | None = None


class Confusion(msgspec.Struct, frozen=True, tag=True):
    """A confusion matrix: `counts` of images, true classes down and predicted ones across."""

    title: str
    names: list[str]
    counts: list[list[int]]
    text: str

    @classmethod
    def of(cls, title: str, names: list[str], counts: list[list[int]]) -> Confusion:
        """The matrix, with a text that names its commonest mistakes."""
        bare = cls(title, names, counts, "")
        told = [
            f"{bare.pair_text(pair)} {counts[pair[0]][pair[1]]:,} times" for pair in bare.mistakes()
        ]
        text = f"The commonest mistakes: {', '.join(told[:_TOLD]) or 'none'}."
        return msgspec.structs.replace(bare, text=text)

    def mistakes(self) -> list[tuple[int, int]]:
        """Pairs of (true class, another one predicted) that occur, the most frequent first."""
        classes = range(len(self.names))
        pairs = [(i, j) for i in classes for j in classes if i != j and self.counts[i][j]]
        return sorted(pairs, key=lambda pair: -self.counts[pair[0]][pair[1]])

    def pair_text(self, pair: tuple[int, int]) -> str:
        """A pair of mistakes() in words."""
        return f"{self.names[pair[0]]} taken for {self.names[pair[1]]}"


class Images(msgspec.Struct, frozen=True, tag=True):
    """Square grey images, each as the bytes of its pixels row by row, and a caption for each."""

    title: str
    pixels: list[bytes]
    captions: list[str]
    text: str


class LadderRung(msgspec.Struct, frozen=True):
    """A rung of a ladder by its name, with accuracies in per cent.

    `threshold` is what is demanded, `article` what the article states, `own` what the student's recipe
    reached; None where there is none.
    """

    name: str
    threshold: float | None = msgspec.field(default=None, name="bar")  # so in older records
    article: float | None = None
    own: float | None = None


class Ladder(msgspec.Struct, frozen=True, tag=True):
    """The rungs side by side, each with its threshold, the article's figure and the student's accuracy."""

    title: str
    rungs: list[LadderRung]
    text: str

    @classmethod
    def of(cls, title: str, rungs: list[LadderRung]) -> Ladder:
        """The ladder, with a text that says how far the student's own accuracies reach."""
        own = [
            f"{rung.name} {rung.own:.1f} %"
            + (f" (threshold {rung.threshold:.1f} %)" if rung.threshold else "")
            for rung in rungs
            if rung.own is not None
        ]
        return cls(title, rungs, f"Yours: {', '.join(own) or 'none yet'}.")


class NumberGrid(msgspec.Struct, frozen=True):
    """Numbers in boxes, as text; `marked` boxes (row, column, rows, columns) are shaded.

    `channel` is that of the numbers, where there are several.
    """

    title: str
    rows: list[list[str]]
    marked: tuple[int, int, int, int] | None = None
    channel: int | None = None


class Grids(msgspec.Struct, frozen=True, tag=True):
    """Grids of numbers beside one another: an input, what was returned, what was expected."""

    title: str
    grids: list[NumberGrid]
    text: str


class Windows(msgspec.Struct, frozen=True, tag=True):
    """A row of `size` pixels once for each position of a window; `padding` before and after it."""

    title: str
    size: int
    kernel: int
    stride: int
    padding: tuple[int, int]
    text: str


Picture = Curves | Confusion | Images | Ladder | Grids | Windows
