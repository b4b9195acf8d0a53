"""README and the guides keep their promises: the example works, figures and names are right."""

import re
import shutil
import textwrap
import tomllib
from pathlib import Path

import pytest
from rich.console import Console

from autograder.authoring.new import new_course
from autograder.authoring.release import build, release
from autograder.authoring.validate import validate
from autograder.authoring.wrong_solutions import missing_wrong_solutions
from autograder.course.course import find_course
from autograder.results.thresholds import read_thresholds
from autograder.training.calibration_report import by_machine, markdown
from autograder.training.runs import read_runs

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
CHINESE = (ROOT / "docs" / "README.zh-CN.md").read_text()
GUIDES = {path.name: path.read_text() for path in sorted((ROOT / "docs").glob("*.md"))}


def code_block(after: str, guide: str = "authoring.md") -> str:
    """The first indented block after a text."""
    rest = GUIDES[guide].split(after, 1)[1]
    match = re.search(r"\n\n((?:    .*\n|\n)+)", rest)
    assert match
    return textwrap.dedent(match[1]).strip() + "\n"


def test_the_assignment_in_the_guide_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "solutions").mkdir()
    graders = tmp_path / "autograder" / "graders"
    graders.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "solutions" / "strides.py").write_text(code_block("`solutions/strides.py`:"))
    (graders / "strides.py").write_text(code_block("`autograder/graders/strides.py`"))
    course = find_course(tmp_path)
    assert release(course)
    assert "import check, hint" in (tmp_path / "solutions" / "strides.py").read_text()
    # What is still missing is said where the reader looks for it; nothing else is wrong.
    assert not validate(course, Console(soft_wrap=True))
    line = course.assignments["strides"].questions[0].line
    assert capsys.readouterr().out.splitlines() == [
        f"solutions/strides.py:{line}: question 'jump' has no wrong solution. "
        "Add one to tests/wrong/cells/strides.py",
        "1 defect",
    ]


def test_the_assignment_in_your_own_course_is_one(tmp_path: Path) -> None:
    """It is released as it stands, and nothing is missing."""
    new_course(tmp_path / "own")
    for file in ("solutions/{}", "autograder/graders/{}", "tests/wrong/cells/{}"):
        name = file.format("small_net.py")
        (tmp_path / "own" / name).write_text(code_block(f"`{name}`", "your-own-course.md"))
    course = find_course(tmp_path / "own")
    assert set(build(course)) == {"first_steps", "small_net"}
    assert missing_wrong_solutions(course, "small_net") == []
    assert "import check, hint" in (tmp_path / "own/solutions/small_net.py").read_text()
    assignment = course.assignments["small_net"]
    assert [question.name for question in assignment.written] == ["most-parameters", "fewer"]


def test_the_points_in_the_readme_are_the_courses() -> None:
    for name, assignment in find_course(ROOT).assignments.items():
        row = next(line for line in README.splitlines() if line.startswith(f"| [{name}]"))
        assert row.endswith(f" {assignment.points:g} |")
        row = next(line for line in CHINESE.splitlines() if line.startswith(f"| [{name}]"))
        assert row.endswith(f" {assignment.points:g} |")


def test_every_target_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.M))
    pages = "".join([README, *GUIDES.values()])
    named = set(re.findall(r"`make ([a-z]+)", pages)) | {"grade", "test"}
    assert named <= targets
    assert targets >= {
        *[
            "help",
            "setup",
            "data",
            "release",
            "grade",
            "validate",
            "test",
            "lint",
            "report",
            "clean",
        ]
    }


def test_the_ladder_in_the_guide_is_the_calibrated_one() -> None:
    thresholds = read_thresholds(ROOT / "autograder" / "graders" / "fashion_ladder.json")
    assert markdown(thresholds) in GUIDES["calibration.md"]
    runs = read_runs(ROOT / "docs" / "calibration" / "fashion_ladder.csv")
    assert by_machine(runs) in GUIDES["calibration.md"]


def test_the_readme_is_understood_in_a_minute() -> None:
    assert len(README.split()) <= 500
    for fact in ("tensorflow", "numpy", "pytest", "nbgrader", "jupyter", "62,346"):
        assert fact in README
    for accuracy in ("85.93", "86.28", "90.99", "92.56", "94.54"):
        assert accuracy in README
        assert accuracy in CHINESE


def test_the_readme_names_the_commands_of_ci() -> None:
    steps = re.findall(r"^make (\w+)$", (ROOT / ".ci" / "run").read_text(), re.M)
    assert steps == ["lint", "grade", "validate", "test"]
    assert f"`make {' '.join(steps)}`" in GUIDES["ci.md"]
    for name in ("grade", "test"):
        assert re.search(rf"^make {name} ", README, re.M)


def test_the_index_leads_to_every_page() -> None:
    index = GUIDES["index.md"]
    for name in GUIDES.keys() - {"index.md"}:
        assert f"]({name})" in index, name
    assert "](docs/index.md)" in README


def test_the_version_has_an_entry_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## (\S+)", GUIDES["CHANGELOG.md"], re.M)
    assert newest
    assert newest[1] == version


def test_every_test_that_the_promises_name_exists() -> None:
    for page in ((ROOT / "SECURITY.md").read_text(), GUIDES["privacy.md"]):
        paths = re.findall(r"`((?:tests|autograder)/[\w/]+\.\w+)`", page)
        assert paths
        for path in paths:
            assert (ROOT / path).is_file(), path


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", *(f"docs/{name}" for name in GUIDES)])
def test_every_link_leads_to_a_file(name: str) -> None:
    page = ROOT / name
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_what_the_privacy_guide_lists_is_never_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    places = re.findall(
        r"`([^`]+)`", "".join(re.findall(r"^\| (`.*?) \|", GUIDES["privacy.md"], re.M))
    )
    assert len(places) >= 9
    for place in places:
        assert {
            f"/{place}",
            place.split("/")[0] + "/",
            f"/{place.split('/')[0]}/",
            f"/{place}*",
        } & set(ignored), place


def test_what_the_privacy_guide_packs_for_a_student_is_never_committed() -> None:
    (archive,) = re.findall(r"tar czf (\S+)", GUIDES["privacy.md"])
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert f"/*{Path(archive).suffix}" in ignored
    template = ROOT / "autograder/authoring/templates/course/gitignore.tmpl"
    assert f"/*{Path(archive).suffix}" in template.read_text().splitlines()
