"""Limits on what runs in a sandbox, as a course sets them."""

from __future__ import annotations

import msgspec

WALL_FACTOR = 4  # seconds of the wall clock for each second of processor time that a limit allows


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of one submission; times in seconds of processor time, sizes in bytes unless named.

    By the wall clock WALL_FACTOR times as long may pass, for what sleeps or waits: so a machine
    that is busy with other work costs nobody points. A process keeps its limits itself, by
    timers; what all processes of its sandbox use is measured from outside, where no timer is needed.

    `cell_seconds` holds for one notebook cell, `setup_seconds` for a released cell that
    students cannot change (imports, data: a slow machine must not cost points),
    `call_seconds` for one call by a grader, `own_training_seconds` for one that trains a model
    in the student's own way, `submission_seconds` for everything together,
    `training_seconds` for one training run in the training worker.
    `address_space_gib` is the address space of each process: TensorFlow needs 4, and aborts below 2.
    `sandbox_memory_gib` is what all processes of a sandbox may hold together.
    `scratch_bytes` is the size of one file, and of all files in each of /tmp, /dev/shm and the
    home directory, which are kept in memory beside `sandbox_memory_gib` where there is no cgroup.
    `output_bytes` are what one cell may show, `outputs_bytes` what all cells may show together.
    """

    cell_seconds: float = 60.0
    setup_seconds: float = 120.0
    call_seconds: float = 10.0
    own_training_seconds: float = 60.0
    submission_seconds: float = 600.0
    training_seconds: float = 14_400.0
    address_space_gib: float = 8.0
    sandbox_memory_gib: float = 8.0
    processes: int = 256
    output_bytes: int = 1_000_000
    outputs_bytes: int = 10_000_000
    notebook_bytes: int = 20_000_000
    files_bytes: int = 10_000_000
    scratch_bytes: int = 256 * 2**20
