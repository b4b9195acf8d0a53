"""The pictures of a feedback page as data: records store the data, the page draws the image."""

from __future__ import annotations

import math

import msgspec

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _

# The labels of the lines of a learning curve, in English and translated where they are drawn.
TRAINING, VALIDATION = N_("training images"), N_("validation images")
TAKEN_FOR = N_("taken for")  # likewise, in the caption of a misread image
_MAX_MISTAKES = 3  # in the text of a confusion matrix


def whole_tenths(percent: float) -> float:
    """A percentage rounded down to tenths: 89.66 % must not read as the threshold 89.7 %, which it misses."""
    return math.floor(10 * percent + 1e-6) / 10  # 100 * 0.897 is a little less than 89.7


class Curves(msgspec.Struct, frozen=True, tag=True):
    """A chart of `lines` over 1, 2, ...; `level` is a horizontal line.

    In all classes here, `title` is in English and translated on display; `text` describes the
    picture in the student's language, for those who cannot see it.
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
    def from_counts(cls, title: str, names: list[str], counts: list[list[int]]) -> Confusion:
        """The matrix, with a text that names its most frequent mistakes."""
        matrix = cls(title, names, counts, "")
        mistakes = [
            _("{mistake} {count:,} times").format(
                mistake=matrix.pair_text(pair), count=counts[pair[0]][pair[1]]
            )
            for pair in matrix.mistakes()
        ]
        text = _("The commonest mistakes: {mistakes}.").format(
            mistakes=", ".join(mistakes[:_MAX_MISTAKES]) or _("none")
        )
        return msgspec.structs.replace(matrix, text=text)

    def mistakes(self) -> list[tuple[int, int]]:
        """The mistakes as pairs (true class, predicted class), the most frequent first."""
        classes = range(len(self.names))
        pairs = [(i, j) for i in classes for j in classes if i != j and self.counts[i][j]]
        return sorted(pairs, key=lambda pair: -self.counts[pair[0]][pair[1]])

    def pair_text(self, pair: tuple[int, int]) -> str:
        """A pair of mistakes() in words."""
        return f"{self.names[pair[0]]} {_(TAKEN_FOR)} {self.names[pair[1]]}"

    def caption(self, pair: tuple[int, int]) -> str:
        """A pair of mistakes() in English, for an image: its picture translates it."""
        return f"{self.names[pair[0]]} {TAKEN_FOR} {self.names[pair[1]]}"


class Images(msgspec.Struct, frozen=True, tag=True):
    """Square grey images, each as the bytes of its pixels row by row, with captions."""

    title: str
    pixels: list[bytes]
    captions: list[str]
    text: str


class LadderRung(msgspec.Struct, frozen=True):
    """A rung of a ladder, with accuracies in per cent or None.

    `threshold` is required, `article` is the article's, `own` is that of the student's recipe.
    """

    name: str
    threshold: float | None = msgspec.field(default=None, name="bar")  # the name in older records
    article: float | None = None
    own: float | None = None

    @property
    def rounded_own(self) -> float | None:
        """`own` as a reader sees it: rounded down to tenths where a threshold stands beside it."""
        return whole_tenths(self.own) if self.own is not None and self.threshold else self.own


class Ladder(msgspec.Struct, frozen=True, tag=True):
    """The rungs side by side, each with its threshold, the article's and the student's accuracy."""

    title: str
    rungs: list[LadderRung]
    text: str

    @classmethod
    def from_rungs(cls, title: str, rungs: list[LadderRung]) -> Ladder:
        """The ladder, with a text that lists the student's accuracies."""
        with_threshold = _("{rung} {accuracy:.1f} % (threshold {threshold:.1f} %)")
        accuracies = [
            with_threshold.format(
                rung=rung.name, accuracy=rung.rounded_own, threshold=rung.threshold
            )
            if rung.threshold
            else f"{rung.name} {rung.own:.1f} %"
            for rung in rungs
            if rung.own is not None
        ]
        yours = _("Yours: {accuracies}.").format(accuracies=", ".join(accuracies) or _("none yet"))
        return cls(title, rungs, yours)


class NumberGrid(msgspec.Struct, frozen=True):
    """Numbers in boxes, as text; `marked` boxes (row, column, rows, columns) are shaded.

    `channel` is the channel of the numbers, if there are several.
    """

    title: str
    rows: list[list[str]]
    marked: tuple[int, int, int, int] | None = None
    channel: int | None = None


class Grids(msgspec.Struct, frozen=True, tag=True):
    """Grids of numbers side by side: an input, the returned result, the expected result.

    `below` is drawn below them: arithmetic, which no language needs to translate.
    """

    title: str
    grids: list[NumberGrid]
    text: str
    below: str = ""


class Windows(msgspec.Struct, frozen=True, tag=True):
    """A row of `size` pixels, drawn once for each window position; `padding` is before and after it."""

    title: str
    size: int
    kernel: int
    stride: int
    padding: tuple[int, int]
    text: str


Picture = Curves | Confusion | Images | Ladder | Grids | Windows
