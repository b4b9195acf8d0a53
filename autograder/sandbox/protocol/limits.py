"""The limits of a sandbox, which a course can set."""

from __future__ import annotations

import msgspec

WALL_FACTOR = 4  # seconds of wall-clock time per second of processor time in a limit
MOST_QUEUED = 9  # times a wall-clock limit is extended at most, while no processor is free


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of one submission: times in seconds of processor time, sizes in bytes or GiB.

    In wall-clock time, each time limit is WALL_FACTOR times as long, for code that sleeps or waits.
    The wall clock stands still while the code is ready to run and no processor is free: a busy
    machine must not cost points. A process enforces its limits with timers. The host
    measures the processor time of all processes of the sandbox from outside, without timers.

    `cell_seconds` limits one notebook cell, and `setup_seconds` a released cell that students cannot
    change (imports, data: a slow machine must not cost points). `call_seconds` limits one call by a
    grader, `own_training_seconds` a call of a student's own training function,
    `submission_seconds` everything together, and `training_seconds` one run in the training worker.
    `address_space_gib` is the address space of each process: TensorFlow needs 4, and aborts below 2.
    `sandbox_memory_gib` limits the memory of all processes of a sandbox together.
    `scratch_bytes` limits one file, and all files in each of /tmp, /dev/shm and the home directory.
    These are in memory; without a cgroup, they do not count towards `sandbox_memory_gib`.
    `output_bytes` limits the outputs of one cell, and `outputs_bytes` those of all cells together.
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
