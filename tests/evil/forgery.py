"""Families 1 to 10 and 20: grades that a submission tries to give itself, and forged arrays."""

from __future__ import annotations

from typing import Any

from autograder.results.outcome import Status
from tests.evil import Catalogue, Evil

EVIL = Catalogue()
CRASHED, FAILED, BLANK = Status.CRASHED, Status.FAILED, Status.NOT_ATTEMPTED

# 1: ending the process before anybody judges.
for _name, _end in {
    "os._exit": "import os; os._exit(0)",
    "sys.exit": "import sys; sys.exit(0)",
    "abort": "import os; os.abort()",
    "kill": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "quit": "quit()",
    "interrupt": "raise KeyboardInterrupt",
    "generator exit": "raise GeneratorExit",
}.items():
    EVIL.source(1, f"{_name} in a call", f"def add(a, b):\n    {_end}", CRASHED)
    if _name != "quit":  # IPython's own way to end a notebook, and no error there
        EVIL.source(1, f"{_name} at import", f"{_end}\ndef add(a, b): return 0", CRASHED)
EVIL.source(
    1,
    "atexit",
    """
    import atexit, os
    atexit.register(lambda: os.write(1, b'{"passed": true}'))
    def add(a, b):
        raise SystemExit(0)
    """,
    CRASHED,
    "SystemExit",
)

# 2: replies on every descriptor, in the kit's own format.
FORGE = """
import json, os, struct
def frame(body, blobs=()):
    head = json.dumps({"body": body, "blobs": [len(b) for b in blobs]}).encode()
    return struct.pack(">I", len(head)) + head + b"".join(blobs)
def forge(data):
    for fd in range(3, 256):
        try:
            os.write(fd, data)
        except OSError:
            pass
"""
for _name, _forgery in {
    "the right id": 'b"".join(frame({"id": n, "value": 999}) for n in range(1, 60))',
    "a status": 'frame({"id": 1, "status": "passed", "points": 3, "score": 3})',
    "outcomes": 'frame({"outcomes": [{"question": "add", "status": "passed", "points": 3}]})',
    "half a frame": 'frame({"id": 1})[:-3]',
    "a huge header": 'b"\\xff" * 4096',
    "not json": 'struct.pack(">I", 3) + b"{{{"',
    "deep json": 'struct.pack(">I", 100_000) + b"[" * 100_000',
    "not a number": 'struct.pack(">I", 40) + b\'{"body": NaN, "blobs": []}\'.ljust(40)',
    "duplicate keys": (
        'struct.pack(">I", 90) + '
        'b\'{"body": {"id": 1, "id": 2, "value": 3, "value": 4}, "blobs": []}\'.ljust(90)'
    ),
    "a missing blob": 'struct.pack(">I", 60) + b\'{"body": {"id": 1}, "blobs": [99999999999]}\'.ljust(60)',
}.items():
    EVIL.source(
        2,
        f"forged in a call: {_name}",
        f"{FORGE}\ndef add(a, b):\n    forge({_forgery})\n    return 0",
        CRASHED,
    )
EVIL.source(
    2,
    "forged at import",
    f'{FORGE}\nforge(frame({{"id": 3, "value": 3}}))\ndef add(a, b): return 0',
    CRASHED,
)
EVIL.source(
    2,
    "forged by a thread",
    FORGE
    + """
import threading, time
def flood():
    while True:
        forge(frame({"id": 5, "value": 999}))
threading.Thread(target=flood, daemon=True).start()
def add(a, b):
    time.sleep(1)
    return 0
""",
    CRASHED,
)
EVIL.source(
    2,
    "a substitute that does not exist",
    FORGE
    + """
def add(a, b):
    forge(frame({"id": 4, "ask": "add", "arguments": [[1, 2], {"$dict": []}]}))
    return 0
""",
    CRASHED,
)
EVIL.source(
    2,
    "closed descriptors",
    "import os\ndef add(a, b):\n    os.closerange(3, 256)\n    return 0",
    CRASHED,
)

# 3: looking for the verdict in this process.
EVIL.blocked(
    3,
    "frames",
    """
    import sys
    def attack():
        frame = sys._getframe()
        while frame:
            if {"expected", "reference", "outcomes", "plugin"} & set(frame.f_locals):
                return True
            frame = frame.f_back
    """,
)
EVIL.blocked(
    3,
    "garbage collector",
    """
    import gc
    def attack():
        names = {"TestOutcome", "GraderPlugin", "GradeRecord", "ReferenceProvider", "Trainer"}
        return any(type(o).__name__ in names for o in gc.get_objects())
    """,
)
EVIL.blocked(
    3,
    "modules",
    """
    import sys
    def attack():
        return [m for m in sys.modules if "grader" in m.split(".")[1:] or m.startswith(("_pytest", "nbgrader"))]
    """,
)
EVIL.blocked(
    3, "import of the graders", "def attack():\n    import autograder.graders\n    return True"
)
EVIL.blocked(
    3, "import of grading", "def attack():\n    import autograder.grading.grade\n    return True"
)

# 4: patching what might judge.
for _name, _patch in {
    "numpy": "import numpy as np; np.isclose = np.allclose = np.array_equal = lambda *a, **k: True",
    "builtins": "import builtins; builtins.isinstance = lambda *a: True",
    "equality": "import operator, builtins; builtins.all = builtins.any = lambda *a: True",
    "json": 'import json; json.dumps = lambda *a, **k: \'{"body": {"passed": true}, "blobs": []}\'',
    "the executor": (
        "import autograder.sandbox.guest.executor as e; "
        "e.Executor._answer = lambda *a: {'passed': True, 'score': 3, 'points': 3}"
    ),
    "the encoder": (
        "import autograder.sandbox.guest.executor as e; e.encode = lambda *a: {'$passed': True}"
    ),
    "the outcome": (
        "import autograder.results.outcome as o; o.Status.FAILED = o.Status.PASSED; "
        "o.Mismatch.__init__ = lambda *a, **k: None"
    ),
    "excepthook": "import sys; sys.excepthook = lambda *a: print('3 of 3 points')",
}.items():
    _status = CRASHED if _name in ("builtins", "json", "the executor", "the outcome") else FAILED
    EVIL.source(4, f"patched {_name}", f"def add(a, b):\n    {_patch}\n    return 0", _status)

# 5: objects that are equal to everything.
EQUAL = """
class Equal{base}:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
"""
for _name, _base, _made in (
    ("object", "", "Equal()"),
    ("int", "(int)", "Equal(0)"),
    ("float", "(float)", "Equal(0)"),
    ("str", "(str)", "Equal('3')"),
    ("tuple", "(tuple)", "Equal()"),
    ("dict", "(dict)", "Equal()"),
):
    _class = EQUAL.replace("{base}", _base)
    EVIL.source(5, f"equal {_name}", f"{_class}\ndef add(a, b): return {_made}", says="returned")
EVIL.source(
    5,
    "ndarray subclass",
    """
    import numpy as np
    class Equal(np.ndarray):
        __array_priority__ = 1e9
        def __eq__(self, other): return np.True_
        def __array_ufunc__(self, *args, **kwargs): return np.True_
        def __array_function__(self, *args, **kwargs): return True
    def add(a, b):
        return np.zeros(()).view(Equal)
    """,
)
EVIL.source(
    5,
    "lying class",
    "class Lie:\n    __class__ = int\n    def __index__(self): return 3\ndef add(a, b): return Lie()",
)
EVIL.source(
    5,
    "metaclass",
    """
    class Meta(type):
        def __eq__(cls, other): return True
        def __hash__(cls): return hash(int)
    class Odd(metaclass=Meta):
        pass
    def add(a, b):
        return Odd()
    """,
)

# 6: values at the edge of what crosses.
for _name, _value in {
    "nan": "float('nan')",
    "infinity": "float('inf')",
    "a huge int": "10 ** 100_000",
    "true": "True",
    "complex": "3 + 0j",
    "an array": "__import__('numpy').array([a + b])",
    "an array without axes": "__import__('numpy').array(999)",
    "an object array": "__import__('numpy').array([a, None, {}], dtype=object)",
    "dates": "__import__('numpy').datetime64('2026-01-01')",
    "a list in itself": "(lambda x: x.append(x) or x)([])",
    "a deep list": "eval('[' * 60 + ']' * 60)",
    "a long list": "[0] * 10_000_000",
    "a long text": "'3' * 50_000_000",
    "a lone surrogate": "'\\ud800'",
    "a tag": "{'$handle': ['add', [1, 2]]}",
    "a generator": "(3 for _ in '1')",
    "a coroutine": "(lambda: (yield))()",
}.items():
    EVIL.source(
        6,
        _name,
        f"def add(a, b):\n    return {_value}",
        CRASHED if _name in ("a list in itself", "a deep list", "a long list") else FAILED,
    )

# 7: scores that are printed or written.
PRINTS = """
print("add: 3 of 3 points")
print("##[score]100")
print("::notice title=Autograding complete::Points 3/3")
print('{"score": 3.0, "max_score": 3.0, "status": "passed"}')
def add(a, b):
    print("PASSED [100%]")
    return 0
"""
EVIL.source(7, "printed lines", PRINTS)
EVIL.source(
    7,
    "result files",
    """
    import json, os
    for name in ("results.json", "/autograder/results/results.json", "report.xml", "grades.csv"):
        try:
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            open(name, "w").write(json.dumps({"score": 100, "tests": [{"score": 3}]}))
        except OSError:
            pass
    def add(a, b):
        return 0
    """,
)
EVIL.source(
    7,
    "files handed in",
    "def add(a, b): return 0",
    FAILED,
    "returned 0",
    results__json=b'{"score": 100}',
    gradebook__db=b"SQLite format 3\0",
    junit__xml=b"<testsuite tests='1' failures='0'/>",
)

# 8: modules and settings that Python or pytest would pick up.
for _file, _code in {
    "conftest__py": b"def pytest_runtest_makereport(item, call): return None\n",
    "sitecustomize__py": b"import builtins; builtins.evil = True\n",
    "usercustomize__py": b"import builtins; builtins.evil = True\n",
    "evil__pth": b"import builtins; builtins.evil = True\n",
    "pytest__ini": b"[pytest]\naddopts = --collect-only\n",
    "pyproject__toml": b"[tool.autograder]\ncourse_id = 'mine'\n",
    "nbgrader_config__py": b"raise SystemExit(0)\n",
    "numpy__py": b"array = isclose = lambda *a, **k: True\n",
    "json__py": b"dumps = loads = lambda *a, **k: {'passed': True}\n",
    "autograder__py": b"def check(question): print('right')\n",
    "alpha__py": b"def test_add_small(): pass\n",
}.items():
    EVIL.source(
        8,
        f"a file {_file.replace('__', '.')}",
        "def add(a, b): return 0",
        FAILED,
        "returned 0",
        **{_file: _code},
    )


# 9: the parts of a notebook that are not the student's.
def _cells(notebook: dict[str, Any], role: str) -> list[dict[str, Any]]:
    return [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get(role)]


def _meta(**changes: Any) -> Any:
    def edit(notebook: dict[str, Any]) -> None:
        for cell in _cells(notebook, "grade"):
            cell["metadata"]["nbgrader"].update(changes)

    return edit


def _passing_checks(notebook: dict[str, Any]) -> None:
    for cell in _cells(notebook, "grade"):
        cell["source"] = "print('3 of 3 points')"
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "3 of 3 points"}]


def _without_checks(notebook: dict[str, Any]) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if c not in _cells(notebook, "grade")]


def _duplicated(notebook: dict[str, Any]) -> None:
    notebook["cells"] += [dict(cell, id=f"copy{n}") for n, cell in enumerate(notebook["cells"])]


def _reversed(notebook: dict[str, Any]) -> None:
    notebook["cells"].reverse()


def _own_setup(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "setup-alpha":
            cell["source"] = "import autograder; autograder.check = lambda q: 'right'"


def _swapped(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if "grade_id" in meta:
            meta["grade_id"] = {"add": "double", "double": "add"}.get(
                meta["grade_id"], meta["grade_id"]
            )


for _name, _edit in {
    "points": _meta(points=300),
    "negative points": _meta(points=-1),
    "no grade": _meta(grade=False, solution=True),
    "a manual task": _meta(task=True, grade=False),
    "another schema": _meta(schema_version=1),
    "another id": _meta(grade_id="bonus", points=100),
    "checks that print": _passing_checks,
    "no checks": _without_checks,
    "every cell twice": _duplicated,
    "cells in reverse": _reversed,
    "another set-up": _own_setup,
    "questions exchanged": _swapped,
}.items():
    EVIL.append(Evil(9, _name, "def add(a, b): return 0", FAILED, "returned 0", edit=_edit))

# 10: exceptions that pretend to be something else.
for _name, _raise in {
    "skip": "import unittest; raise unittest.SkipTest('not today')",
    "a fake skip": "raise type('Skipped', (BaseException,), {'__module__': '_pytest.outcomes'})('x')",
    "a fake xfail": "raise type('XFailed', (BaseException,), {'__module__': '_pytest.outcomes'})('x')",
    "a fake pass": "raise type('Passed', (Exception,), {'status': 'passed', 'points': 3})()",
    "a hidden traceback": "__tracebackhide__ = True; raise AssertionError('the grader is wrong')",
    "no text": "raise type('E', (Exception,), {'__str__': lambda s: 1 / 0, '__repr__': lambda s: 1 / 0})()",
    "an endless text": "raise Exception('x' * 100_000_000)",
    "a cause without end": "e = Exception(); e.__cause__ = e; raise e",
    "a group": "raise BaseExceptionGroup('many', [Exception(str(i)) for i in range(10_000)])",
    "too deep": "return add(a, b)",
}.items():
    EVIL.source(10, _name, f"def add(a, b):\n    {_raise}", CRASHED)
# The kit's timer is not its alarm: too early, it stops nothing.
EVIL.source(
    10,
    "its own alarm",
    "def add(a, b):\n    import signal; signal.alarm(1); signal.pause()",
    FAILED,
    "returned None",
)
EVIL.source(10, "blank after all", "def add(a, b):\n    raise NotImplementedError('3 of 3')", BLANK)

# 20: arrays in the reply.
FRAME = """
import json, os, struct
def add(a, b):
    blob = {blob}
    head = json.dumps({{"body": {{"id": 99, "value": {{"$array": 0}}}}, "blobs": [len(blob)]}}).encode()
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack("!I", len(head)) + head + blob)
        except OSError:
            pass
    return 0
"""
HEADER = "b'\\x93NUMPY\\x01\\x00' + struct.pack('<H', len(text)) + text"
for _name, _blob in {
    "a huge header": "b'\\x93NUMPY\\x01\\x00\\xff\\xff' + b' ' * 65535",
    "a huge shape": "(lambda text: "
    + HEADER
    + ")(b\"{'descr': '<f8', 'fortran_order': False, 'shape': (10**12,)}\\n\")",
    "objects": "(lambda text: "
    + HEADER
    + ")(b\"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}\\n\") + b'cos\\nsystem\\n'",
    "code in a header": "(lambda text: "
    + HEADER
    + ")(b\"{'descr': __import__('os').abort()}\\n\")",
    "an archive": "b'PK\\x03\\x04' + bytes(1000)",
}.items():
    EVIL.source(20, _name, FRAME.format(blob=_blob), CRASHED)
