"""Look up and call what a student's notebook defines, in a notebook or in a sandbox."""

from __future__ import annotations

import dis
import traceback
from collections.abc import Callable, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.results.outcome import NotAttempted
from autograder.sandbox.protocol.effects import Effects, Returned, Watch
from autograder.sandbox.protocol.values import Handle

# Of the random generators when a student's function trains: in grading and in check() alike.
TRAINING_SEED = 0
NO_ANSWER = N_("the process sent something that is not an answer")


class Substitute(NamedTuple):
    """A reference function in place of a student's. `call` sends the arguments out of the sandbox."""

    name: str
    call: Callable[..., Any]

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Return what the reference returns. Raises ValueError if the call is refused."""
        return self.call(*args, **kwargs)


def look_up(namespace: Mapping[str, Any], name: str) -> Any:
    """The student's `name`. Raises NotAttempted if the notebook does not define it."""
    if name not in namespace:
        undefined = _("{name} is not defined: its cell is blank, was not run or failed")
        raise NotAttempted(undefined.format(name=name))
    return namespace[name]


def invoke(
    namespace: Mapping[str, Any], name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Any:
    """Call the student's function `name`. Each Handle in `args` is first replaced by its call's result.

    A Substitute gets the Handles unresolved: the answering process resolves them.
    """
    function = look_up(namespace, name)
    if isinstance(function, Substitute):
        return function(*args, **kwargs)
    if not callable(function):
        raise TypeError(f"{name} is a {type(function).__name__}, not a function")
    return function(*(_resolved(namespace, arg) for arg in args), **kwargs)


def invoke_watched(
    namespace: Mapping[str, Any],
    name: str,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    constants: Sequence[str],
    returned: Returned,
) -> tuple[Any, Effects]:
    """Call the student's function `name`; return its result and the effects of the call.

    `constants` are variables that no call may change. `returned` is kept by the caller between calls.
    """
    watch = Watch(namespace, args, kwargs, constants, returned)
    result = invoke(namespace, name, args, kwargs)
    return result, watch.effects(name, result)


def _resolved(namespace: Mapping[str, Any], arg: Any) -> Any:
    return invoke(namespace, arg.name, arg.args, {}) if isinstance(arg, Handle) else arg


def blank(namespace: Mapping[str, Any], name: str, error: NotImplementedError) -> str:
    """The text after `name` in a message: it is blank, or it needs another function that is."""
    *_others, (frame, _line) = traceback.walk_tb(error.__traceback__)
    names = [key for key, value in namespace.items() if _code(value) is frame.f_code]
    if _does_more(frame.f_code):
        own = _("still ends in `raise NotImplementedError()`: delete that line")
        needed = _("needs {name}, which still ends in `raise NotImplementedError()`")
    else:
        own, needed = _("is still blank"), _("needs {name}, which is still blank")
    return own if not names or name in names else needed.format(name=names[0])


# What a blank does: nothing, and then `raise NotImplementedError()`.
_OF_A_BLANK = {
    "RESUME",
    "NOP",
    "PUSH_NULL",
    "PRECALL",
    "LOAD_GLOBAL",
    "LOAD_NAME",
    "CALL",
    "RAISE_VARARGS",
}


def _does_more(code: CodeType) -> bool:
    """Whether a function that raised NotImplementedError is no blank: something was written into it."""
    return any(step.opname not in _OF_A_BLANK for step in dis.get_instructions(code))


def _code(value: object) -> object:
    """The code of a function, else None: an attribute of another object may run any code."""
    return value.__code__ if isinstance(value, FunctionType) else None
