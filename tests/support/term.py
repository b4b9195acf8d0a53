"""A course in use for a term: its class, what an LMS gives and takes, and commands with their phase."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook

from tests.support.commands import run_here
from tests.support.small_course import answered

OLD_COURSE = Path(__file__).parent / "version_0_1_0"
COURSE_ID = "small"
# Student -> first and last name; the position from 1000 on is the number in Canvas.
CLASS = {
    "ada": ("Ada", "Lovelace"), "bea": ("Bea", "Berg"), "cem": ("Cem", "Çelik"),
    "dee": ("Dee", "Dahl"), "eva": ("Eva", "Ek"), "fay": ("Fay", "Fox"), "gil": ("Gil", "Gold"),
    "hal": ("Hal", "Holm"), "ida": ("Ida", "Iven"), "jon": ("Jürgen", "O'Neill-Peña"),
    "kim": ("Kim", "Koch"), "lea": ("Lea", "Lind"), "leo": ("Leo", "Lind"), "max": ("Max", "Moll"),
    "nia": ("Nia", "Noor"), "oda": ("Oda", "Ong"), "pia": ("Pia", "Paul"), "quy": ("Quy", "Quach"),
    "ron": ("Ron", "Roth"), "sue": ("Sue", "Sand"), "tom": ("Tom", "Thal"), "uma": ("Uma", "Urs"),
    "vic": ("Vic", "Voss"), "xia": ("小龙", "李"), "yuri": ("Yuri", "Yao"),
}  # fmt: skip
_LMS_USER_IDS = {student: str(1000 + at) for at, student in enumerate(CLASS)}
_PARTICIPANTS = {student: 4700 + at for at, student in enumerate(CLASS)}


class Term:
    """The course in `root`, and the commands that an instructor types there."""

    def __init__(self, root: Path) -> None:
        """Begin with what a course of version 0.1.0 left."""
        self.root = Path(shutil.copytree(OLD_COURSE, root))
        self._last = "no command yet"

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Name the phase and the last command, with what it printed, where an error comes through."""
        try:
            yield
        except Exception as error:
            error.add_note(f"In the phase: {name}\nThe last command was {self._last}")
            raise

    def run(self, *arguments: str, status: int = 0) -> str:
        """What `autograder arguments` prints; it has to end with this status."""
        actual_status, output = run_here(self.root, *arguments)
        self._last = (
            f"`autograder {' '.join(arguments)}`, which ended with {actual_status}:\n{output}"
        )
        assert actual_status == status
        return output

    def path(self, name: str) -> str:
        """A file of the course, as an argument."""
        return str(self.root / name)

    def notebook(self, assignment: str, answers: Mapping[str, str]) -> bytes:
        """The released notebook with these answers, by question."""
        released = self.root / "assignments" / assignment / f"{assignment}.ipynb"
        return answered(released.read_bytes(), answers).encode()

    def give_by_hand(self, student: str, assignment: str, question: str, score: float) -> None:
        """Give points as the formgrader stores them."""
        with self._gradebook() as gradebook:
            grade = gradebook.find_grade(question, assignment, assignment, student)
            grade.manual_score, grade.needs_manual_grade = score, False
            gradebook.db.commit()

    def by_hand(self) -> dict[tuple[str, str, str], float]:
        """(student, assignment, question) -> the points given by hand, in nbgrader's gradebook."""
        with self._gradebook() as gradebook:
            return {
                (str(submission.student.id), str(assignment.name), str(grade.name)): float(
                    grade.manual_score
                )
                for assignment in gradebook.assignments
                for submission in assignment.submissions
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.manual_score is not None
            }

    def scores(self, assignment: str) -> dict[str, float | None]:
        """Student -> the score in the kit's CSV export; None for an empty one."""
        for name in ("now.csv", "now-questions.csv"):
            (self.root / name).unlink(missing_ok=True)
        self.run("export", "csv", "--assignment", assignment, "--to", self.path("now.csv"))
        with (self.root / "now.csv").open(newline="") as file:
            return {
                row["student_id"]: float(row["score"]) if row["score"] else None
                for row in csv.DictReader(file)
            }

    def page(self, student: str, assignment: str) -> str:
        """The student's page of feedback."""
        return (self.root / "feedback" / student / assignment / f"{assignment}.html").read_text()

    def _gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root}/gradebook.db", COURSE_ID)


def table(output: str) -> dict[str, list[str]]:
    """First cell -> the other cells of each row that a command printed in tables."""
    rows = re.findall(r"^│(.*)│$", output, re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("│")] for row in rows]
    return {first: others for first, *others in cells}


def write_roster(path: Path, *dropped: str) -> None:
    """The roster of the class as a CSV file."""
    lines = ["id,first_name,last_name,email,lms_user_id,dropped"]
    lines += [
        f"{student},{first},{last},{student}@example.org,{_LMS_USER_IDS[student]},"
        f"{'yes' * (student in dropped)}"
        for student, (first, last) in CLASS.items()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_zip(path: Path, files: Mapping[str, bytes], time: datetime) -> None:
    """An archive of these files, all with this time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in files.items():
            bundle.writestr(zipfile.ZipInfo(name, time.timetuple()[:6]), data)


def in_moodles_zip(student: str) -> str:
    """The folder that a student has in Moodle's archive."""
    return f"{' '.join(CLASS[student])}_{_PARTICIPANTS[student]}_assignsubmission_file_/"


def in_canvas_zip(student: str, assignment: str, *, late: bool = False, attempt: int = 0) -> str:
    """The name of a student's file in Canvas's archive."""
    who = re.sub(r"\W", "", "".join(reversed(CLASS[student]))).lower()
    mark = "_LATE" * late
    again = f"-{attempt}" if attempt else ""
    return (
        f"{who}{mark}_{_LMS_USER_IDS[student]}_5{_LMS_USER_IDS[student]}_{assignment}{again}.ipynb"
    )


def write_canvas_gradebook(path: Path, columns: Mapping[str, float]) -> None:
    """The gradebook that Canvas exports, without scores; `columns` maps titles to points."""
    titles = [f"{title} ({501 + at})" for at, title in enumerate(columns)]
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file)
        sheet.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles])
        sheet.writerow(["    Points Possible", "", "", "", "", *columns.values()])
        for student, (first, last) in CLASS.items():
            name, number = f"{last}, {first}", _LMS_USER_IDS[student]
            sheet.writerow([name, number, "", student, "Lab", *("" for _ in columns)])


def write_moodle_worksheet(path: Path, maximum: float) -> None:
    """The grading worksheet that Moodle offers, without grades."""
    headings = [
        "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade",
        "Grade can be changed", "Last modified (submission)", "Last modified (grade)",
        "Feedback comments",
    ]  # fmt: skip
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        sheet = csv.writer(file)
        sheet.writerow(headings)
        for student, names in CLASS.items():
            who = [f"Participant {_PARTICIPANTS[student]}", " ".join(names)]
            row = [*who, f"{student}@example.org", "-", "", f"{maximum:.2f}", "Yes", "-", "-", ""]
            sheet.writerow(row)


def read_sheet(path: Path, key: str) -> dict[str, dict[str, str]]:
    """A CSV file's rows by what stands in a column."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def read_zip(path: Path) -> dict[str, bytes]:
    """Name -> content of each file in a zip."""
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}
