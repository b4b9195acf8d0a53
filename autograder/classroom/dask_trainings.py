"""The training cache of a cluster's worker: what one host has trained, no other trains again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.training.cache import UNFINISHED, TrainingCache

_PREFIX = "autograder-training-"  # of what Dask's scheduler holds for us


class ClusterTrainings(TrainingCache):
    """A host's own cache, which asks the cluster before a run is made and tells it afterwards.

    Runs are a few kilobytes, so the scheduler holds them as published datasets. One host at a
    time makes a run: a semaphore's lease is lost with the worker that had it. A key names the
    kind of processor, so each kind has runs of its own.
    """

    @contextmanager
    def claim(self, key: str) -> Iterator[bytes | None]:
        """The run of `key`, from here or from another host, or None: then it is the caller's."""
        from distributed import Semaphore

        with super().claim(key) as found:
            if found is not None:
                yield found
                return
            lease = Semaphore(max_leases=1, name=_PREFIX + key)  # type: ignore[no-untyped-call]
            with lease:
                yield self._from_others(key)

    def put(self, key: str, data: bytes, seconds: float) -> None:
        """Keep a run here, and a finished one on the scheduler."""
        super().put(key, data, seconds)
        if not key.endswith(UNFINISHED):
            _client().publish_dataset((data, seconds), name=_PREFIX + key, override=True)

    def _from_others(self, key: str) -> bytes | None:
        found = _client().get_dataset(_PREFIX + key, default=None)
        if found is None:
            return None
        data, seconds = found
        super().put(key, data, seconds)
        return bytes(data)


def forget(client: Any) -> None:
    """Take off the scheduler what was kept there."""
    for name in client.list_datasets():
        if str(name).startswith(_PREFIX):
            client.unpublish_dataset(name)


def _client() -> Any:
    from distributed import get_client

    return get_client()
