"""What the class of a term hands in, and the scores that this earns."""

from __future__ import annotations

from datetime import datetime

from tests.support.term import CLASS, Term, in_moodles_zip, write_zip

ALPHA = {"add": "def add(a, b):\n    return a + b", "double": "def double(a):\n    return 2 * a"}
WRONG_ADD = ALPHA | {"add": "def add(a, b):\n    return a - b"}
ALPHA_OF = {
    "dee": WRONG_ADD,
    "gil": WRONG_ADD,
    "hal": ALPHA | {"add": "def add(a, b):\n    return 3"},
    "pia": {},
    "tom": ALPHA | {"add": "def add(a, b):\n    return a / 0"},
}
BETA = {"times": "def times(a, b):\n    return a * b"}
BETA_OF = {"dee": {"times": "def times(a, b):\n    return a + b"}}
GAMMA = {"gamma-visits": "def gamma_visits(size, step):\n    return len(range(0, size, step))"}
ONE_MORE = {"gamma-visits": "def gamma_visits(size, step):\n    return size // step + 1"}
GAMMA_OF = {"hal": ONE_MORE, "ida": ONE_MORE}
GAMMA_BY = ("ada", "hal", "ida", "jon", "lea", "xia")  # the term ends before the others do it


def alpha_scores(**changed: float) -> dict[str, float | None]:
    """Of 4 points."""
    others = {"ada": 3.5, "dee": 1.0, "gil": 1.0, "hal": 2.0, "lea": 0.0, "nia": None}
    return dict.fromkeys(CLASS, 4.0) | others | {"pia": 0.0, "tom": 1.0} | changed


def final_alpha() -> dict[str, float | None]:
    """Of 5 points: with `twice` for 2 instead of `double` for 1."""
    others = {"ada": 4.0, "dee": 4.0, "hal": 3.0, "lea": 0.0, "nia": None, "pia": 0.0, "tom": 2.0}
    return dict.fromkeys(CLASS, 5.0) | others


def beta_scores() -> dict[str, float | None]:
    return dict.fromkeys(CLASS, 1.0) | {"dee": 0.0, "gil": 0.0, "uma": None}


def gamma_scores(**others: float) -> dict[str, float | None]:
    return dict.fromkeys(CLASS) | dict.fromkeys(GAMMA_BY, 3.0) | others


def moodles_zip(
    term: Term, time: datetime, changed: dict[str, dict[str, str]] | None = None
) -> str:
    """What Moodle has of alpha: not that of Lea, Leo and Nia, and of Ada what is here already."""
    answers = ALPHA_OF | (changed or {})
    files = {
        f"{in_moodles_zip(student)}alpha.ipynb": term.notebook("alpha", answers.get(student, ALPHA))
        for student in CLASS.keys() - {"lea", "leo", "nia"}
    }
    of_ada = (term.root / "submitted/ada/alpha/alpha.ipynb").read_bytes()
    files[f"{in_moodles_zip('ada')}alpha.ipynb"] = of_ada
    write_zip(term.root.parent / "alpha.zip", files, time)
    return str(term.root.parent / "alpha.zip")
