"""Detects side effects of a call: which arguments and constants it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta

MAX_CONSTANTS = 50  # of a notebook
_MAX_DEPTH = 8
_MAX_BYTES = 4_000_000  # of an array that is read whole, before and after each call
_Name = Annotated[str, Meta(pattern=r"\A[A-Za-z_][A-Za-z_0-9]{0,60}\Z")]


class Effects(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a call changed, and which arguments its result shares memory with.

    `arguments` and `shared` are positions from 0: the positional arguments, then the keyword
    arguments in their order. `constants` are variables that the release's cells define. `earlier`
    says whether it changed what an earlier call of the function returned.
    """

    arguments: Annotated[tuple[Annotated[int, Meta(ge=0, le=100)], ...], Meta(max_length=100)] = ()
    constants: Annotated[tuple[_Name, ...], Meta(max_length=MAX_CONSTANTS)] = ()
    shared: Annotated[tuple[Annotated[int, Meta(ge=0, le=100)], ...], Meta(max_length=100)] = ()
    earlier: bool = False


# What a function returned last, and the digest that it had then, by the function's name.
Returned = dict[str, tuple[object, bytes]]

NO_EFFECTS = Effects()


class Watch:
    """Compares the arguments of a call, `constants` and an earlier result before and after it."""

    def __init__(
        self,
        namespace: Mapping[str, Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        constants: Sequence[str],
        returned: Returned,
    ) -> None:
        self._returned = returned
        self._namespace = namespace
        self._arguments = [*args, *kwargs.values()]
        self._before = [_digest(argument) for argument in self._arguments]
        self._constants = {name: _digest(namespace.get(name)) for name in constants}

    def effects(self, name: str, result: object) -> Effects:
        """The effects of the call of the function `name` that returned `result`."""
        last, digest = self._returned.get(name, (None, _digest(None)))
        self._returned[name] = result, _digest(result)
        return Effects(
            earlier=_digest(last) != digest,
            arguments=tuple(
                position
                for position, (argument, before) in enumerate(
                    zip(self._arguments, self._before, strict=True)
                )
                if _digest(argument) != before
            ),
            constants=tuple(
                name
                for name, before in self._constants.items()
                if _digest(self._namespace.get(name)) != before
            ),
            shared=tuple(
                position
                for position, argument in enumerate(self._arguments)
                if _shares(result, argument)
            ),
        )


def _digest(value: object) -> bytes:
    """A digest of plain data; empty for anything else, which then counts as unchanged."""
    hasher = hashlib.blake2b(digest_size=16)
    try:
        return hasher.digest() if _add(hasher, value, 0) else b""
    except Exception:  # an object of the student may raise anything
        return b""


def _add(hasher: Any, value: object, depth: int) -> bool:
    if depth > _MAX_DEPTH:
        return False
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        hasher.update(f"{value.dtype}{value.shape}".encode())
        step = -(-value.nbytes // _MAX_BYTES) or 1
        hasher.update(np.ascontiguousarray(value if step == 1 else value.flat[::step]).data)
        return True
    if isinstance(value, list | tuple):
        hasher.update(f"{type(value).__name__}{len(value)}".encode())
        return all(_add(hasher, item, depth + 1) for item in value)
    if isinstance(value, dict):
        hasher.update(f"dict{len(value)}".encode())
        return all(
            _add(hasher, key, depth + 1) and _add(hasher, item, depth + 1)
            for key, item in value.items()
        )
    if value is None or isinstance(value, bool | int | float | str | np.generic):
        hasher.update(f"{type(value).__name__} {value!r};".encode())
        return True
    return False


def _shares(result: object, argument: object) -> bool:
    """Whether a change of one would change the other."""
    if isinstance(result, np.ndarray) and isinstance(argument, np.ndarray):
        return bool(np.may_share_memory(result, argument))
    return isinstance(result, list | dict) and result is argument
