"""Tell a callback that only prints or saves from one that changes the training, by its code.

Runs in the process of student code, so nothing in its output is trusted: a callback that is taken
for a watching one is left out, and the kit's training goes on without it.
"""

from __future__ import annotations

import builtins
import dis
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from autograder.keras_objects.callbacks import WATCHING
from autograder.sandbox.guest.keras_steering import is_keras, module_of

# Methods through which code changes a model or an optimizer.
_ACTING = frozenset(
    [
        "__dict__", "__setattr__", "add", "apply", "apply_gradients", "assign", "assign_add",
        "assign_sub", "build", "compile", "compile_from_config", "eval", "exec", "fit",
        "load_weights", "set_model", "set_value", "set_weights", "setattr", "train_on_batch",
        "train_step",
    ]
)  # fmt: skip


def only_watches(callback: Any) -> bool:
    """Whether a callback changes nothing in training.

    An own class may print, store in itself, and read the model. It must not store in anything else,
    call what changes a model, or call functions of the notebook.
    """
    kind = type(callback)
    if is_keras(callback) and kind.__name__ != "LambdaCallback":
        return kind.__name__ in WATCHING
    base = next((c for c in kind.__mro__ if module_of(c).startswith("keras.")), None)
    if base is None or base.__name__ not in ("Callback", "LambdaCallback", *WATCHING):
        return False
    owners = [callback, *(c for c in kind.__mro__ if not module_of(c).startswith("keras."))]
    functions = [
        function
        for owner in owners
        for function in vars(owner).values()
        if isinstance(function, FunctionType) and not module_of(function).startswith("keras.")
    ]
    return all(_reads_only(code, f) for f in functions for code in _codes(f.__code__))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _reads_only(code: CodeType, function: FunctionType) -> bool:
    itself = code.co_varnames[0] if code.co_argcount else ""
    before: dis.Instruction | None = None
    for instruction in dis.get_instructions(code):
        name = instruction.argval
        match instruction.opname:
            case "STORE_ATTR" if before is None or not _loads(itself, before):
                return False
            case "STORE_SUBSCR" | "STORE_GLOBAL" | "DELETE_ATTR" | "IMPORT_NAME":
                return False
            case "LOAD_GLOBAL" | "LOAD_NAME" if not _is_harmless(name, function):
                return False
            case "LOAD_ATTR" | "LOAD_METHOD" if name in _ACTING:
                return False
        before = instruction
    return True


def _loads(name: str, instruction: dis.Instruction) -> bool:
    """Whether an instruction ends with loading a variable; some of Python 3.13 load two."""
    value = instruction.argval
    return bool(name) and (value[-1] if isinstance(value, tuple) else value) == name


def _is_harmless(name: str, function: FunctionType) -> bool:
    """Whether a global name is a builtin, a module or data, and no function that may do anything."""
    if name not in function.__globals__:
        return name not in _ACTING and hasattr(builtins, name)
    value = function.__globals__[name]
    return isinstance(value, ModuleType) or not isinstance(value, type | FunctionType)
