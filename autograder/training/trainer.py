"""Train a recipe in the training sandbox and keep the run; equal recipes are trained once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Meta, Struct

from autograder._util.digests import digest, json_digest
from autograder._util.machine import machine
from autograder._util.machine import software as software  # graders look up runs by it
from autograder.datasets import Arrays, load_fashion_mnist, load_fashion_mnist_sample
from autograder.models.recipe import Recipe, canonical
from autograder.models.recipe_key import recipe_key
from autograder.results.misclassified import pack
from autograder.results.record import TrainedRun
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.frames import MAX_STATE
from autograder.sandbox.protocol.limits import Limits
from autograder.training import client
from autograder.training.cache import UNFINISHED, TrainingCache
from autograder.training.client import State, TrainingFailed, are_classes
from autograder.training.reference_runs import reference_run

METHOD = (
    2  # raised when the training worker comes to train in another way; 2: each epoch has its order
)
THREADS = 1  # of a run in grading: several run side by side, and the result must not vary
_BATCH, _STEPS = 32, 100  # images and steps of the attempt to learn one batch by heart
_KEEP_EVERY = 120.0  # seconds of a training after which its state is kept, should it be broken off
_LARGEST_STATE = 64 * 2**20  # bytes of a state kept among finished runs, which it must not push out
_VALIDATION = 10  # one training image in ten is held out


class TrainingData(NamedTuple):
    """What runs are trained and judged on; test labels stay in the grading process."""

    tier: str
    train: np.ndarray
    train_labels: np.ndarray
    validation: np.ndarray
    validation_labels: np.ndarray
    test: np.ndarray
    test_labels: np.ndarray

    def worker_arrays(self) -> list[np.ndarray]:
        """What the training worker is given, in the order it expects: everything but the test labels."""
        arrays = (self.train, self.train_labels, self.validation, self.validation_labels, self.test)
        return [np.ascontiguousarray(array) for array in arrays]

    def digest(self) -> str:
        """SHA-256 of all that the training worker is given."""
        found = hashlib.sha256()
        for array in self.worker_arrays():
            found.update(array.data)
        return found.hexdigest()


Metric = Annotated[tuple[float, ...], Meta(max_length=1_000)]


class Run(Struct, frozen=True, forbid_unknown_fields=True):
    """A finished training run: predicted test classes, one byte each, and metrics by epoch."""

    predicted: bytes
    history: dict[str, Metric]
    seconds: float

    def classes(self) -> np.ndarray:
        """The predicted class of each test image."""
        return np.frombuffer(self.predicted, np.uint8)

    def accuracy(self, labels: np.ndarray) -> float:
        """The share of test images whose class was predicted, 0 to 1."""
        return float(np.mean(self.classes() == labels))


@cache
def training_data(tier: str) -> TrainingData:
    """The data of a tier, "sample" or "full", read once a process; raises DatasetUnavailable."""
    return split(load_fashion_mnist_sample() if tier == "sample" else load_fashion_mnist(), tier)


def split(arrays: Arrays, tier: str) -> TrainingData:
    """Hold out every tenth training image for validation; the classes stay mixed."""
    (images, labels), (test, test_labels) = arrays
    held_out = np.arange(len(images)) % _VALIDATION == _VALIDATION - 1
    return TrainingData(
        tier,
        images[~held_out],
        labels[~held_out],
        images[held_out],
        labels[held_out],
        test,
        test_labels,
    )


def run_key(recipe: Recipe, data_digest: str) -> str:
    """A digest of recipe, data and method of training, the same in later versions of the kit.

    Runs that share it and the versions of Keras and TensorFlow have the same accuracies to within
    what rounding does; machine and threads decide only in which order sums are rounded.
    `data_digest` is that of the TrainingData.
    """
    parts = [recipe_key(recipe), data_digest, METHOD]
    return json_digest(parts)


class Trainer:
    """Trains recipes on one set of data; what was trained before comes from the cache."""

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
        """Train on `data`; finished runs go into `cache`.

        Unfinished runs go into `states`, of any size, or into `cache` where that is not given:
        then large ones are not kept. `references` is where a run of each reference is kept.
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
        self.asked: list[TrainedRun] = []

    @property
    def tier(self) -> str:
        """The tier of the data, "sample" or "full"."""
        return self._data.tier

    @property
    def images(self) -> tuple[int, int]:
        """How many images are trained on, and how many are judged."""
        return len(self._data.train), len(self._data.test)

    def run_key(self, recipe: Recipe) -> str:
        """`run_key` of `recipe` on this data."""
        return run_key(recipe, self._digest)

    def key(self, recipe: Recipe, seed: int) -> str:
        """A digest of everything that a run's result depends on."""
        return self.key_of(recipe_key(recipe), seed)

    def key_of(self, recipe: str, seed: int) -> str:
        """`key` of a recipe that is known by its own key alone."""
        parts = [recipe, self._digest, seed, METHOD, self._threads, *machine().items()]
        return json_digest(parts)

    def run(self, recipe: Recipe, seed: int) -> Run:
        """The run of `recipe` with `seed`, trained now or before.

        Other processes that ask for the same run meanwhile wait for it. Raises
        TrainingFailed, and SandboxUnavailable where no sandbox holds.
        """
        return self._cached(self.key(recipe, seed), lambda: self._train(recipe, seed))

    def accuracy(self, recipe: Recipe, seed: int, question: str = "") -> float:
        """The accuracy of the run of `recipe` with `seed`; `asked` notes it for `question`."""
        run = self.run(recipe, seed)
        return self.note(recipe, seed, self.score(run), question, run)

    def reference(self, recipe: Recipe) -> tuple[int, Run] | None:
        """Seed and run that are kept of a reference with the same recipe, if any are."""
        if self._references is None:
            return None
        kept = reference_run(self._references, self.run_key(recipe), software())
        if kept is None or len(kept.predicted) != len(self._data.test_labels):
            return None
        return kept.seed, Run(kept.classes(), kept.history, 0.0)

    def overfit(self, recipe: Recipe) -> tuple[float, ...]:
        """The loss after each of 100 steps on one batch of 32 training images.

        What can learn at all learns these few by heart. Raises as run() does.
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
        """Note that a grade rests on a run, also where it was measured before and only known of."""
        misread = pack(self._data.test_labels, run.classes()) if run else None
        self.asked.append(TrainedRun(recipe_key(recipe), seed, accuracy, question, misread))
        return accuracy

    def score(self, run: Run) -> float:
        """The accuracy of a run on the test labels, which never left this process."""
        return run.accuracy(self._data.test_labels)

    def _cached(self, key: str, make: Callable[[], Run]) -> Run:
        """The run of this key, made now or before; nobody else makes it meanwhile."""
        with self._cache.claim(key) as found:
            if found is not None:
                return msgspec.msgpack.decode(found, type=Run)
            made = make()
            self._cache.put(key, msgspec.msgpack.encode(made), made.seconds)
            return made

    def _train(self, recipe: Recipe, seed: int) -> Run:
        """A run from its beginning, or from where it was broken off."""
        key = f"{self.key(recipe, seed)}{UNFINISHED}"
        kept = self._states.get(key)
        begun = msgspec.msgpack.decode(kept, type=State) if kept else None

        def keep(state: State) -> None:
            self._states.put(key, msgspec.msgpack.encode(state), state.seconds)

        request = {
            "op": "train",
            "keep_every": self._keep_every,
            "largest_state": self._largest_state,
        }
        try:
            run = self._ask_worker(
                recipe, seed, request, self._data.worker_arrays(), begun=begun, keep=keep
            )
        except TrainingFailed:
            if begun:
                self._states.drop(key)  # lest a state that cannot be gone on from fails for ever
            raise
        self._states.drop(key)
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
        """The training worker's checked answer; the last of the arrays with images is the one judged."""
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
        try:
            predicted = values.decode(reply["predicted"], reply_blobs)
            history = msgspec.convert(
                values.decode(reply["history"], reply_blobs), dict[str, Metric], strict=False
            )
        except (KeyError, TypeError, values.ValueRefused, msgspec.ValidationError) as error:
            raise TrainingFailed(f"the training worker's answer is not one: {error}") from None
        judged = [len(array) for array in arrays if array.ndim == 3][-1]
        if not are_classes(predicted, judged):
            raise TrainingFailed("the training worker did not predict a class for each test image")
        return Run(predicted.tobytes(), history, round(time.monotonic() - started, 3))
