"""A course in another language: its notebooks, check(), grades; and the catalogs that hold it."""

import ast
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib
import nbformat
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from autograder._util.i18n import ENGLISH, gettext, use_language
from autograder.authoring import catalogs
from autograder.authoring.release import release
from autograder.authoring.translated_cells import texts, translated
from autograder.course.course import Course, find_course
from autograder.course.grader_syntax import assigned
from autograder.course.settings import CourseError
from autograder.course.solution_file import Cell, NbgraderCell
from autograder.feedback.render import comment_text, question_text
from autograder.figures import fonts
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from tests.support.small_course import answered, make_course

KIT = Path(__file__).resolve().parents[3]
CHINESE = "zh_CN"


def a_course(root: Path, language: str) -> Course:
    """The kit's first assignment, as a course of its own in `language`."""
    (root / "solutions").mkdir(parents=True)
    shutil.copy(KIT / "solutions" / "convolution.py", root / "solutions")
    for path in (KIT / "autograder" / "graders").rglob("convolution*"):
        if path.suffix in (".py", ".po"):
            there = root / path.relative_to(KIT)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, there)
    (root / "pyproject.toml").write_text(f'[tool.autograder]\nlanguage = "{language}"\n')
    return find_course(root)


def po(course: Course) -> Path:
    return course.graders / "languages" / CHINESE / "convolution.po"


def messages(catalog: Path) -> list[Message]:
    with catalog.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def role(cell: nbformat.NotebookNode) -> dict[str, object]:
    """What a cell is to nbgrader, but for the digest of its text."""
    return dict(cell.metadata.get("nbgrader", {})) | {"checksum": ""}


def released(course: Course) -> nbformat.NotebookNode:
    return nbformat.read(course.released_notebook("convolution"), as_version=4)


def write_below(root: Path) -> Callable[[Path, bytes], int]:
    """`Path.write_bytes` that writes below `root` only."""
    write = Path.write_bytes

    def checked(path: Path, data: bytes) -> int:
        assert path.is_relative_to(root), f"{path} is written"
        return write(path, data)

    return checked


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = a_course(tmp_path_factory.mktemp("chinese") / "course", CHINESE)
    release(course)
    return course


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = a_course(tmp_path_factory.mktemp("english") / "course", ENGLISH)
    release(course)
    return course


def test_what_the_kit_ships_is_translated_in_whole() -> None:
    course = find_course(KIT)
    assert list(catalogs.defects(course)) == []
    for graders in (course.graders, course.hidden_grader("convolution").parent):
        names = {path.stem for path in (graders / "languages" / CHINESE).glob("*.po")}
        assert names == set(course.assignments)


def test_no_help_is_left_in_english() -> None:
    """Also what graders share: the modules beside them, and those of the kit."""
    use_language(CHINESE)
    tables = {
        f"{path.stem}.{assigned(node)}": ast.literal_eval(getattr(node, "value", None) or "")
        for path in [
            *(KIT / "autograder/graders").glob("*.py"),
            *(KIT / "autograder/testing").glob("*.py"),
        ]
        for node in ast.parse(path.read_text()).body
        if assigned(node).endswith(("HELP", "HINTS"))
        and isinstance(getattr(node, "value", None), ast.Dict)
    }
    assert {
        "fashion_ladder_help.HELP",
        "train_checks.TRAIN_HELP",
        "layer_mistakes.MODEL_HELP",
    } <= set(tables)
    for name, table in tables.items():
        for entry in table.values():
            for text in (entry,) if isinstance(entry, str) else entry:
                assert gettext(text) != text, (name, text)


def test_the_kits_catalogs_are_as_translate_writes_them(tmp_path: Path) -> None:
    kit = tmp_path / "autograder"
    shutil.copytree(KIT / "autograder", kit, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copytree(KIT / "solutions", tmp_path / "solutions")
    code = (
        "import sys; from pathlib import Path; from autograder.course.course import find_course; "
        f"from autograder.authoring.catalogs import update; update(find_course(Path('.')), '{CHINESE}', [])"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    written = sorted(kit.rglob("*.po"))
    assert len(written) > len(find_course(KIT).assignments)
    for path in written:
        assert path.read_bytes() == (KIT / path.relative_to(tmp_path)).read_bytes(), path


def test_a_notebook_keeps_its_cells_in_another_language(chinese: Course, english: Course) -> None:
    there, here = released(chinese).cells, released(english).cells
    assert [cell.id for cell in there] == [cell.id for cell in here]
    assert [role(cell) for cell in there] == [role(cell) for cell in here]
    prose = [cell.source for cell in there if cell.cell_type == "markdown"]
    assert not any(cell.source in prose for cell in here if cell.cell_type == "markdown")
    blanks = [cell.source for cell in there if cell.metadata.get("nbgrader", {}).get("solution")]
    assert '"""窗口沿图像一边的位置数。\n\n    size：' in blanks[0]
    assert "{{" not in "".join(cell.source for cell in there)
    assert '\nuse_language("zh_CN")' in next(c.source for c in there if c.cell_type == "code")


def test_check_and_hint_speak_the_language_of_the_notebook(tmp_path: Path) -> None:
    code = """
from autograder import check, hint, unless_blank
from autograder._util.i18n import use_language
use_language("zh_CN")
def conv_output_size(size, kernel):
    return size - kernel
print(check("window"))
print(hint("window"))
print(check("windo"))
print(check("stride"))
with unless_blank():
    raise NotImplementedError
"""
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    for line in (
        "✗ window: 还不对（1 分中得 0；评分时还有 1 个测试）",
        "调用 conv_output_size(5, 3)",
        "返回 2",
        "应为 3",
        "少了一个。窗口的第一个位置也要算",
        "窗口所在的位置: 大小为 3 的窗口依次从 0, 1, 2 开始",
        "目前 8 道题中有 0 道通过了这里的测试。",
        "提示 1：画一行五个方格",
        "没有名为 'windo' 的题目。 你是不是想写 'window'？",
        "○ stride: 尚未作答",
        "strided_output_size 没有定义",
        "尚未作答：填好空",
    ):
        assert line in printed, printed
    assert "returned" not in printed


def test_a_grade_speaks_the_language_of_the_course(chinese: Course, tmp_path: Path) -> None:
    notebook = chinese.released_notebook("convolution").read_bytes()
    answers = {
        "window": "def conv_output_size(size, kernel):\n    return size - kernel",
        "stride": "def strided_output_size(size, kernel, stride):\n    return 1 / 0",
    }
    (tmp_path / "convolution.ipynb").write_text(answered(notebook, answers))
    submission = read_submission(tmp_path, "convolution", chinese)
    assert submission.problems == []
    record = grade(submission, chinese)
    states = {Status.FAILED, Status.CRASHED, Status.NOT_ATTEMPTED}
    assert {record.status(name) for name in record.questions()} == states
    text = question_text("window", record.outcomes_of("window"))
    assert "任意放得下的窗口。" in text  # the title of a hidden test
    assert "少了一个。" in text
    assert "strided_output_size 抛出 ZeroDivisionError" in question_text(
        "stride", record.outcomes_of("stride")
    )
    assert "padded_output_size 还是空的" in question_text("padding", record.outcomes_of("padding"))
    assert comment_text(record.outcomes_of("window")).startswith("还不对（0 / 2 分）")
    outputs = "".join(str(output) for actual in record.outputs.values() for output in actual)
    assert "尚未作答：填好空" in outputs  # what the sandbox itself says


def test_another_language_is_another_grade(
    chinese: Course, english: Course, tmp_path: Path
) -> None:
    (tmp_path / "convolution.ipynb").write_text("no notebook")
    keys = {
        grade(read_submission(tmp_path, "convolution", course), course).key
        for course in (chinese, english)
    }
    assert len(keys) == 2


def test_a_first_catalog_needs_the_name_of_an_assignment(tmp_path: Path) -> None:
    with pytest.raises(
        CourseError, match=r"yet\. Name those that shall have one: autograder translate"
    ):
        catalogs.update(find_course(make_course(tmp_path)), CHINESE, [])


def test_a_language_without_a_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="language 'xx' has no catalog; there are en, zh_CN"):
        a_course(tmp_path / "course", "xx")


@pytest.mark.parametrize(
    "code", ["klingon", "", "../zh_CN", "zh_cn", "de_DE.UTF-8", "fr.x/../../fr", "en"]
)
def test_a_catalog_is_of_a_language(chinese: Course, code: str) -> None:
    with pytest.raises(CourseError, match=r"is no language|is the language of the source"):
        catalogs.update(chinese, code, [])


def test_a_changed_text_keeps_its_translation_but_does_not_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = a_course(tmp_path / "course", CHINESE)
    solution = course.assignments["convolution"].path
    solution.write_text(solution.read_text().replace("for any stride. The", "for any step. The"))
    course = find_course(course.root)
    (actual,) = catalogs.defects(course)
    assert "**Your turn.** Write the rule for any step" in actual
    assert "solutions/convolution.py:" in actual
    assert actual.endswith("Run `autograder translate zh_CN`, and translate it")
    count = len(messages(po(course)))
    line = f"{course.relative(po(course))}: 1 of {count} to translate"
    # The kit has its own Chinese, and is not the course's to write.
    monkeypatch.setattr(Path, "write_bytes", write_below(course.root))
    assert catalogs.update(course, CHINESE, [])[0] == line
    (fuzzy,) = [message for message in messages(po(course)) if message.fuzzy]
    assert "写出适用于任意步幅的规则" in str(fuzzy.string)
    assert len(list(catalogs.defects(course))) == 1
    use_language(CHINESE, course.graders)
    assert gettext(str(fuzzy.id)) == fuzzy.id


def test_a_translation_computes_what_the_text_computes(tmp_path: Path) -> None:
    course = a_course(tmp_path / "course", CHINESE)
    text = po(course).read_text()
    computed = "而不是 {{strided_output_size(5, 3, 1)}} 个"
    assert computed in text
    po(course).write_text(text.replace(computed, "而不是 3 个"))
    (actual,) = catalogs.defects(course)
    assert "another, {{strided_output_size(5, 3, 1)}}. Correct it" in actual
    line = int(actual.split(":")[1])
    assert text.splitlines()[line - 1].startswith("msgid")


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (('msgstr "', "msgstr "), "missing quotation mark"),
        (('"\nmsgstr "', '\nmsgstr "'), "missing quotation mark"),
        (("msgstr", "msgst"), "no line of a PO file"),
    ],
)
def test_a_damaged_catalog_is_told_and_stays_as_it_is(
    tmp_path: Path, damage: tuple[str, str], complaint: str
) -> None:
    """Babel leaves out what it cannot read, and what is left out would be lost."""
    course = a_course(tmp_path / "course", CHINESE)
    whole = po(course).read_text()
    start = whole.index('msgid "', 200)
    po(course).write_text(damaged := whole[:start] + whole[start:].replace(*damage, 1))
    assert damaged != whole
    with pytest.raises(CourseError, match=complaint) as error:
        catalogs.update(course, CHINESE, ())
    assert f"{po(course)}:" in str(error.value)
    assert po(course).read_text() == damaged
    assert list(catalogs.defects(course)) == [str(error.value)]


def test_a_line_separator_in_a_translation_is_no_damage(tmp_path: Path) -> None:
    course = a_course(tmp_path / "course", CHINESE)
    whole = po(course).read_text(encoding="utf-8")
    start = whole.index('msgstr "', 200) + len('msgstr "')
    po(course).write_text(f"{whole[:start]}\u2028{whole[start:]}", encoding="utf-8")
    assert catalogs.update(course, CHINESE, ())


def test_a_new_language_begins_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = a_course(tmp_path / "course", ENGLISH)
    monkeypatch.setattr(Path, "write_bytes", write_below(course.root))
    kit, *_ = catalogs.update(course, "fr", ["convolution"])
    assert kit.startswith("autograder/graders/languages/fr/kit.po: ")
    french = messages(course.graders / "languages" / "fr" / "convolution.po")
    assert {message.id for message in french} == {message.id for message in messages(po(course))}
    assert not any(message.string for message in french)
    use_language("fr", course.graders)
    assert gettext("# 1. Convolution") == "# 1. Convolution"
    kit_po = course.graders / "languages" / "fr" / "kit.po"
    source = "Not attempted yet: fill in the blank, then run this cell again."
    entry = f'msgid "{source}"\nmsgstr '
    text = kit_po.read_text()
    assert entry in text
    kit_po.write_text(text.replace(f'{entry}""', f'{entry}"Pas encore"'))
    use_language("fr", Path(shutil.copytree(course.graders, tmp_path / "translated")))
    assert gettext(source) == "Pas encore"


def a_cell(source: str, kind: str = "code", **meta: bool) -> Cell:
    known = {"grade": False, "locked": False, "solution": False, "task": False} | meta
    nbgrader = NbgraderCell(grade_id="x", schema_version=3, **known) if meta else None
    return Cell(kind, source, 1, 2, nbgrader, ())


def test_texts_are_paragraphs_without_code() -> None:
    prose = "# Title\n\nOne\ntwo.\n\n```\ncode\n\ncode\n```\n\n- last"
    assert list(texts(a_cell(prose, "markdown"))) == ["# Title", "One\ntwo.", "- last"]


def test_only_what_is_translated_changes() -> None:
    use_language(CHINESE)
    prose = a_cell("# 1. Convolution\n\n```\n# 1. Convolution\n```\n\nno such text\n", "markdown")
    assert translated(prose).source == "# 1. 卷积\n\n```\n# 1. Convolution\n```\n\nno such text\n"
    source = (
        'def f():\n    """The zeros of "same" for any window and stride."""\n    return "\\n"\n\n\n'
        "class C:\n    pass"
    )
    blank = a_cell(source, solution=True)
    assert translated(blank).source == source.replace(
        'The zeros of "same" for any window and stride.', '"same" 在任意窗口和步幅下补的零。'
    )
    for other in (a_cell(source), a_cell("check('x')", locked=True, grade=True)):
        assert translated(other) is other


def test_a_picture_is_labelled_in_a_script_that_a_font_here_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_language(CHINESE)
    monkeypatch.setattr(fonts, "_FAR_EASTERN", ("no such font",))
    assert fonts.translated("image") == "image"
    monkeypatch.setattr(fonts, "_", lambda text: "изображение")
    assert fonts.translated("image") == "изображение"  # matplotlib's own font has it


def test_the_first_face_of_a_font_collection_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matplotlib before 3.11 lists no other of Debian's fonts-noto-cjk."""

    class Everything:
        def get_charmap(self) -> dict[int, int]:
            return dict.fromkeys(range(0x10000), 0)

    manager = "matplotlib.font_manager"
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["sans-serif"])
    monkeypatch.setattr(f"{manager}.get_font_names", lambda: ["DejaVu Sans", "Noto Sans CJK JP"])
    monkeypatch.setattr(f"{manager}.findfont", str)
    monkeypatch.setattr(f"{manager}.get_font", lambda path: Everything())
    use_language(CHINESE)
    assert fonts.translated("image") == "图像"
    assert "Noto Sans CJK JP" in matplotlib.rcParams["font.family"]


def test_a_font_without_a_bold_face_says_nothing_in_the_notebook(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["sans-serif"])
    monkeypatch.setattr(fonts, "_", lambda text: "изображение")  # matplotlib's own font has it
    fonts.translated("image")
    log = logging.getLogger("matplotlib.font_manager")
    log.warning("findfont: Failed to find font weight %s for %s.", "bold", "Noto Sans CJK SC")
    log.warning("findfont: Font family %s not found.", "Mine")  # the student's own
    assert [record.args for record in caplog.records] == [("Mine",)]
