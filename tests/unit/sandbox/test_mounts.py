"""Which changes of the machine's mounts the tests notice."""

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from tests.support.mounts import mounts


def partition(place: str) -> SimpleNamespace:
    return SimpleNamespace(device="none", mountpoint=place, fstype="tmpfs", opts="rw")


@pytest.mark.parametrize(
    ("place", "is_noticed"),
    [
        ("/", True),
        ("/srv/course", True),
        ("/srv/course/solutions", True),
        ("/srv", True),
        (str(Path.home()), True),
        ("/run/netns/other", False),
        ("/srv/course-of-others", False),
    ],
)
def test_a_mount_counts_where_the_kit_reads_or_writes(
    place: str, is_noticed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [partition(place)])
    assert bool(mounts(Path("/srv/course"))) is is_noticed
