"""How long a student waits: for `import autograder`, for the first check() and for the next ones.

    python -m tests.bench.latency

Each figure is the median of fresh processes on this machine, without Jupyter around them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

_ROOT = Path(__file__).parents[2]
_PROCESSES = 9
_MEASURED = """
import json, sys, time
seconds = {}
def timed(name, action):
    began = time.perf_counter()
    action()
    seconds[name] = time.perf_counter() - began
timed("import autograder", lambda: __import__("autograder"))
from autograder import check, hint
def conv_output_size(size, kernel): return size - kernel + 1
def strided_output_size(size, kernel, stride): return 1
timed("first check(), right", lambda: check("window")._repr_mimebundle_())
timed("another one, right", lambda: check("window")._repr_mimebundle_())
timed("first wrong one, with a picture", lambda: check("stride")._repr_mimebundle_())
timed("another wrong one", lambda: check("stride")._repr_mimebundle_())
timed("hint()", lambda: hint("stride")._repr_mimebundle_())
assert "tensorflow" not in sys.modules
print(json.dumps(seconds))
"""


def main() -> None:
    """Measure in fresh processes and print the medians."""
    runs = []
    for _ in range(_PROCESSES):
        command = [sys.executable, "-c", _MEASURED]
        completed = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
        runs.append(json.loads(completed.stdout))
    table = Table(title=f"Milliseconds, of {_PROCESSES} processes")
    for heading in ("what", "median", "fastest", "slowest"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name in runs[0]:
        milliseconds = [1000 * run[name] for run in runs]
        summary = (statistics.median(milliseconds), min(milliseconds), max(milliseconds))
        table.add_row(name, *(f"{value:,.1f}" for value in summary))
    Console().print(table)


if __name__ == "__main__":
    main()
