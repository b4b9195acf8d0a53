"""Train a recipe in the training sandbox and cache the run: equal recipes are trained once."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from autograder._util.digests import digest, json_digest
from autograder._util.machine import machine
from autograder._util.machine import software as software  # graders look up runs by it
from autograder.models.recipe import Recipe, canonical
from autograder.models.recipe_key import recipe_key
from autograder.results.misclassified import pack
from autograder.results.record import TrainedRun
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.frames import MAX_STATE
from autograder.sandbox.protocol.limits import Limits
from autograder.training import client
from autograder.training.cache import UNFINISHED, CacheUnusable, TrainingCache
from autograder.training.client import State, TrainingFailed, are_classes
from autograder.training.data import TrainingData
from autograder.training.reference_runs import reference_run
from autograder.training.run import METHOD, History, Run, run_key

THREADS = 1  # per run in grading: runs are parallel, and results must not vary
_BATCH, _STEPS = 32, 100  # images and steps of the attempt to memorize one batch
_KEEP_EVERY = 120.0  # seconds between two states of a training that are stored
_LARGEST_STATE = 64 * 2**20  # bytes; a larger state would push finished runs out of their cache


class Trainer:
    """Trains recipes on one data set. Runs that were trained before come from the cache."""

    def __init__(
        self,
        data: TrainingData,
        cache: TrainingCache,
        limits: Limits,
        *,
        sandboxed: bool = True,
        threads: int = THREADS,
        keep_every: float = _KEEP_EVERY,
        states: TrainingCache | None = None,
        references: Path | None = None,
    ) -> None:
        """Train on `data` and store finished runs in `cache`.

        States of unfinished runs are stored in `states`, or if that is None, in `cache`, except large
        ones. `references` is the directory with a stored run of each reference.
        """
        self._data = data
        self._digest = data.digest()
        self._cache = cache
        self._limits = limits
        self._sandboxed = sandboxed
        self._threads = threads
        self._keep_every = keep_every
        self._states = states or cache
        self._largest_state = MAX_STATE if states else _LARGEST_STATE
        self._references = references
        self._stopped = threading.Event()
        self.requested_runs: list[TrainedRun] = []
        self.storing_failed = ""  # why the cache did not take the last finished run, if it did not

    @property
    def tier(self) -> str:
        """The tier of the data, "sample" or "full"."""
        return self._data.tier

    @property
    def images(self) -> tuple[int, int]:
        """The numbers of training images and of test images."""
        return len(self._data.train), len(self._data.test)

    def run_key(self, recipe: Recipe) -> str:
        """`run_key` of `recipe` on this data."""
        return run_key(recipe, self._digest)

    def key(self, recipe: Recipe, seed: int) -> str:
        """A digest of everything that the result of a run depends on."""
        return self.key_of(recipe_key(recipe), seed)

    def key_of(self, recipe: str, seed: int) -> str:
        """`key` for a recipe of which only the recipe key is known."""
        parts = [recipe, self._digest, seed, METHOD, self._threads, *machine().items()]
        return json_digest(parts)

    def run(self, recipe: Recipe, seed: int) -> Run:
        """The run of `recipe` with `seed`, from the cache or trained now.

        Other processes that need the same run wait for it. Raises TrainingFailed, CacheUnusable
        before it trains, and SandboxUnavailable if no sandbox can be started.
        """
        return self._cached(self.key(recipe, seed), lambda: self._train(recipe, seed))

    def accuracy(self, recipe: Recipe, seed: int, question: str = "") -> float:
        """The accuracy of the run of `recipe` with `seed`; `requested_runs` records it for `question`."""
        run = self.run(recipe, seed)
        return self.note(recipe, seed, self.score(run), question, run)

    def stop(self) -> None:
        """End the trainings in all threads: each run() then raises Stopped. Their states are kept."""
        self._stopped.set()

    def reference(self, recipe: Recipe) -> tuple[int, Run] | None:
        """Seed and stored run of a reference with the same recipe, or None."""
        if self._references is None:
            return None
        stored = reference_run(self._references, self.run_key(recipe), software())
        if stored is None or len(stored.predicted) != len(self._data.test_labels):
            return None
        return stored.seed, Run(stored.classes(), stored.history, 0.0)

    def overfit(self, recipe: Recipe) -> tuple[float, ...]:
        """The loss after each of 100 steps on one batch of 32 training images.

        A model that can learn at all memorizes so few images. Raises the exceptions of run().
        """
        key = digest(f"overfit {self.key(recipe, 0)}")
        batch = [self._data.train[:_BATCH], self._data.train_labels[:_BATCH]]
        request = {"op": "overfit", "steps": _STEPS}
        return self._cached(key, lambda: self._ask_worker(recipe, 0, request, batch)).history[
            "loss"
        ]

    def note(
        self,
        recipe: Recipe,
        seed: int,
        accuracy: float,
        question: str,
        run: Run | None = None,
    ) -> float:
        """Record that a grade depends on a run, of which perhaps only the accuracy is known; return that."""
        misread = pack(self._data.test_labels, run.classes()) if run else None
        self.requested_runs.append(
            TrainedRun(recipe_key(recipe), seed, accuracy, question, misread)
        )
        return accuracy

    def score(self, run: Run) -> float:
        """The accuracy of a run on the test labels, which never leave this process."""
        return run.accuracy(self._data.test_labels)

    def _cached(self, key: str, make: Callable[[], Run]) -> Run:
        """The run of this key from the cache, or from `make`. Only one process makes it at a time.

        What `make` has made is returned even if it cannot be stored; `storing_failed` then says why.
        """
        with self._cache.claim(key) as stored:
            if stored is not None:
                return msgspec.msgpack.decode(stored, type=Run)
            run = make()
            try:
                self._cache.put(key, msgspec.msgpack.encode(run), run.seconds)
                # Only now: if the run cannot be stored, the next attempt goes on from the state.
                self._states.drop(f"{key}{UNFINISHED}")
            except CacheUnusable as error:
                self.storing_failed = str(error)
            return run

    def _train(self, recipe: Recipe, seed: int) -> Run:
        """Train from the beginning, or from the stored state of an interrupted run."""
        key = f"{self.key(recipe, seed)}{UNFINISHED}"
        stored = self._states.get(key)
        begun = msgspec.msgpack.decode(stored, type=State) if stored else None
        progressed = False

        def keep(state: State) -> None:
            nonlocal progressed
            # A training does not depend on its states: it continues if the disk is full, or another
            # process holds the database too long.
            with contextlib.suppress(CacheUnusable):
                self._states.put(key, msgspec.msgpack.encode(state), state.seconds)
                progressed = True

        request = {
            "op": "train",
            "keep_every": self._keep_every,
            "largest_state": self._largest_state,
        }
        try:
            run = self._ask_worker(
                recipe,
                seed,
                request,
                self._data.worker_arrays(),
                begun=begun,
                keep=keep,
                is_stopped=self._stopped.is_set,
            )
        except TrainingFailed:
            if begun and not progressed:
                # A state that cannot be resumed would fail for ever.
                with contextlib.suppress(CacheUnusable):
                    self._states.drop(key)
            raise
        if begun:
            run = msgspec.structs.replace(run, seconds=run.seconds + begun.seconds)
        return run

    def _ask_worker(
        self,
        recipe: Recipe,
        seed: int,
        request: dict[str, object],
        arrays: list[np.ndarray],
        **states: Any,
    ) -> Run:
        """The training worker's checked answer: predictions are for the last of the arrays with images."""
        blobs: list[bytes] = []
        for array in arrays:
            values.encode(np.ascontiguousarray(array), blobs)
        request = {
            **request,
            "recipe": msgspec.to_builtins(canonical(recipe)),
            "seed": seed,
            "threads": self._threads,
        }
        started = time.monotonic()
        reply, reply_blobs = client.ask(
            request, blobs, self._limits, sandboxed=self._sandboxed, **states
        )
        with client.checking_the_answer():
            predicted = values.decode(reply["predicted"], reply_blobs)
            history = msgspec.convert(
                values.decode(reply["history"], reply_blobs), History, strict=False
            )
        accuracies = [metric for name, metric in history.items() if name.endswith("accuracy")]
        if not all(0 <= accuracy <= 1 for metric in accuracies for accuracy in metric):
            raise TrainingFailed("the training worker's accuracies are not all from 0 to 1")
        image_count = [len(array) for array in arrays if array.ndim == 3][-1]
        if not are_classes(predicted, image_count):
            raise TrainingFailed("the training worker did not predict a class for each test image")
        return Run(predicted.tobytes(), history, round(time.monotonic() - started, 3))
