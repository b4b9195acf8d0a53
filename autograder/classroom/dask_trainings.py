"""The training cache of a cluster worker: a run that one host has trained is not trained again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.training.cache import UNFINISHED, TrainingCache

_PREFIX = "autograder-training-"  # of the datasets and semaphores that we create in Dask


class ClusterTrainings(TrainingCache):
    """A host's local cache that also looks up and publishes runs on the cluster.

    Runs are a few kilobytes, so the scheduler holds them as published datasets. A semaphore makes
    sure that one host at a time trains a run; its lease ends when the worker is lost. A key
    contains the kind of processor, so each kind has its own runs.
    """

    @contextmanager
    def claim(self, key: str) -> Iterator[bytes | None]:
        """The run of `key`, from this host or another; None if the caller has to train it."""
        from distributed import Semaphore

        with super().claim(key) as run:
            if run is not None:
                yield run
                return
            lease = Semaphore(max_leases=1, name=_PREFIX + key)  # type: ignore[no-untyped-call]
            with lease:
                yield self._fetch_published(key)

    def put(self, key: str, data: bytes, seconds: float) -> None:
        """Store a run on this host; publish it on the scheduler if it is finished."""
        super().put(key, data, seconds)
        if not key.endswith(UNFINISHED):
            _client().publish_dataset((data, seconds), name=_PREFIX + key, override=True)

    def _fetch_published(self, key: str) -> bytes | None:
        published = _client().get_dataset(_PREFIX + key, default=None)
        if published is None:
            return None
        data, seconds = published
        super().put(key, data, seconds)
        return bytes(data)


def forget(client: Any) -> None:
    """Remove all published runs from the scheduler."""
    for name in client.list_datasets():
        if str(name).startswith(_PREFIX):
            client.unpublish_dataset(name)


def _client() -> Any:
    from distributed import get_client

    return get_client()
