"""check() in a kernel as JupyterLab drives one: cells with ids, edited, interrupted, run again."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

SETUP = "from autograder import check, hint, unless_blank"
RIGHT = "def conv_output_size(size, kernel):\n    return size - kernel + 1"


class Kernel:
    """A kernel that is sent cells as JupyterLab sends them."""

    def __init__(self, directory: Path) -> None:
        # Sockets in a directory: two workers of pytest that start kernels at once may draw the same free port.
        self.manager = KernelManager(transport="ipc", ip=str(directory / "k"))
        self.manager.start_kernel(cwd=str(directory))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def start(self, cell: str, source: str) -> str:
        """Send a cell and return the id of the request."""
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": True}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def outputs(self, request: str) -> str:
        """What the cell showed: text, errors by name."""
        output = []
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "stream":
                    output.append(content["text"])
                case "execute_result" | "display_data":
                    output.append(content["data"]["text/plain"])
                case "error":
                    output.append(f"{content['ename']}: {content['evalue']}")
                case "status" if content["execution_state"] == "idle":
                    return "\n".join(output)

    def run(self, cell: str, source: str) -> str:
        """Run a cell to its end."""
        return self.outputs(self.start(cell, source))


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    started = Kernel(tmp_path_factory.mktemp("notebook"))
    started.run("setup", SETUP)
    yield started
    started.client.stop_channels()
    started.manager.shutdown_kernel(now=True)


def test_a_cell_that_broke_is_not_tested_by_its_older_version(kernel: Kernel) -> None:
    assert kernel.run("answer", RIGHT) == ""
    assert "✓ window: passes the test here" in kernel.run("check", 'check("window")')
    assert "SyntaxError" in kernel.run("answer", RIGHT.replace("):", ")"))
    output = kernel.run("check", 'check("window")')
    assert "✓" not in output.splitlines()[0]
    assert "The cell with your answer stopped: SyntaxError" in output
    assert "An older conv_output_size is still in memory; it is not tested." in output
    assert "in the call" not in output
    kernel.run("answer", RIGHT)
    assert "✓ window: passes the test here" in kernel.run("check", 'check("window")')


def test_a_cell_that_broke_at_once_is_named(kernel: Kernel) -> None:
    broken = "def strided_output_size(size, kernel, stride)\n    return 1"
    assert "SyntaxError" in kernel.run("stride-answer", broken)
    output = kernel.run("check", 'check("stride")')
    assert "! stride: your code stopped with an error" in output
    assert "The cell with your answer stopped: SyntaxError" in output
    assert "older" not in output
    assert "in the call" not in output


def test_an_unknown_name_is_answered_with_the_questions_of_this_notebook(kernel: Kernel) -> None:
    kernel.run("check", 'check("window")')
    output = kernel.run("typo", 'check("banana")')
    assert "No question is called 'banana'. There are: window, stride, padding, " in output
    assert "pool-size" not in output
    assert "Did you mean 'window'?" in kernel.run("typo", 'hint("windw")')


def test_a_function_that_was_renamed_is_not_there_any_more(kernel: Kernel) -> None:
    kernel.run("answer", RIGHT)
    kernel.run("answer", RIGHT.replace("conv_output_size", "output_size"))
    output = kernel.run("check", 'check("window")')
    assert "○ window: not attempted" in output
    assert "conv_output_size is not defined any more" in output
    kernel.run("answer", RIGHT)


def test_an_endless_loop_ends_by_itself(kernel: Kernel) -> None:
    # Half a second instead of a minute: the default of the argument that check() leaves out.
    kernel.run(
        "limit",
        "import autograder.testing.notebook_student\n"
        "settings = autograder.testing.notebook_student.NotebookStudent.__init__.__kwdefaults__\n"
        "settings['call_seconds'] = 0.5",
    )
    kernel.run("answer", "def conv_output_size(size, kernel):\n    while True: pass")
    output = kernel.run("check", 'check("window")')
    kernel.run("limit", "settings['call_seconds'] = 60.0")
    assert "! window: your code stopped with an error" in output
    assert "conv_output_size took longer than 0.5 s and was stopped" in output
    assert "in the call conv_output_size(" in output
    assert kernel.run("next", "1 + 1") == "2"


def test_input_is_not_asked_of_the_student_where_grading_has_nobody_to_ask(kernel: Kernel) -> None:
    kernel.run("answer", "def conv_output_size(size, kernel):\n    return int(input('How many? '))")
    output = kernel.run("check", 'check("window")')
    assert "! window: your code stopped with an error" in output
    assert "conv_output_size raised EOFError: EOF when reading a line" in output
    assert "      Printed:\n        How many?\n" in output


def test_what_a_call_displays_is_shown_as_what_it_prints(kernel: Kernel) -> None:
    kernel.run(
        "answer",
        "from IPython.display import display\n"
        "def conv_output_size(size, kernel):\n"
        "    print('before')\n"
        "    display('in between')\n"
        "    return size - kernel",
    )
    output = kernel.run("check", 'check("window")')
    assert output.count("in between") == 1
    assert "      Printed:\n        before\n        'in between'\n" in output
    assert "returned 2" in output
    assert "in between" in kernel.run("own", "conv_output_size(5, 3)")


def test_an_interrupt_is_the_students_and_blames_nobody_else(kernel: Kernel) -> None:
    kernel.run("answer", "import time\ndef conv_output_size(size, kernel):\n    time.sleep(600)")
    request = kernel.start("check", 'print("begun", flush=True)\ncheck("window")')
    time.sleep(1.5)
    kernel.manager.interrupt_kernel()
    output = kernel.outputs(request)
    assert "You stopped the check while conv_output_size was running" in output
    assert "our grader" not in output
    assert "costs you nothing" not in output
    assert kernel.run("next", "1 + 1") == "2"


def test_a_crash_in_a_kernel_names_no_temporary_file(kernel: Kernel) -> None:
    kernel.run("answer", "def conv_output_size(size, kernel):\n    return size / 0")
    output = kernel.run("check", 'check("window")')
    assert 'File "your cell", line 2, in conv_output_size' in output
    assert "return size / 0" in output
    assert "in the call conv_output_size(" in output
    assert "ipykernel" not in output
    assert "autograder" not in output


def test_unless_blank_shows_typos(kernel: Kernel) -> None:
    kernel.run("answer", RIGHT + "\ndef caller():\n    return conv_outptu_size(1, 1)")
    typo = kernel.run("demo", "with unless_blank():\n    conv_outptu_size(28, 5)")
    assert (
        typo.strip() == "name 'conv_outptu_size' is not defined. Did you mean 'conv_output_size'?"
    )
    blank = kernel.run("demo", "with unless_blank():\n    something_else")
    assert "Not attempted yet: name 'something_else' is not defined" in blank
    inside = kernel.run("demo", "with unless_blank():\n    caller()")
    assert "NameError: name 'conv_outptu_size' is not defined" in inside
    undone = "def undone():\n    raise NotImplementedError()\nwith unless_blank():\n    undone()"
    assert "fill in the blank, then run this cell" in kernel.run("demo", undone)


def test_a_word_without_quotes_is_shown_with_them(kernel: Kernel) -> None:
    demonstration = kernel.run("own", "with unless_blank():\n    most_memory = conv1")
    assert "name 'conv1' is not defined. If it is a text, write it in quotes: \"conv1\"." in (
        demonstration
    )
    needed = kernel.run("own", "with unless_blank():\n    print(conv1)")
    assert "quotes" not in needed
    assert "Run the cells above, or fill in their blanks." in needed
