"""A kernel that does not start ends `autograder validate` with one line, not with a traceback."""

from __future__ import annotations

from typing import cast

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_notebook

from autograder.authoring.run_notebook import run_notebook
from autograder.course.course import Course
from autograder.course.settings import CourseError


class _SomeCourse:
    root = "/course"


def test_a_kernel_that_does_not_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[int] = []

    def start(client: NotebookClient) -> None:
        waits.append(client.startup_timeout)
        raise RuntimeError("Kernel didn't respond in 600 seconds")

    monkeypatch.setattr(NotebookClient, "start_new_kernel_client", start)
    monkeypatch.setattr(NotebookClient, "start_new_kernel", lambda client, **_: None)
    with pytest.raises(CourseError, match=r"does not start \(Kernel didn't respond in 600 seconds"):
        run_notebook(new_notebook(), cast(Course, _SomeCourse()))
    assert waits[0] > 60, "on an overloaded machine a kernel takes more than nbclient's minute"
