"""Tell a callback that only prints or saves from one that changes the training, by its code.

Runs in the process of student code, so nothing in its output is trusted: a callback that is taken
for a watching one is left out, and the kit's training goes on without it.
"""

from __future__ import annotations

import builtins
import dis
import sys
from collections.abc import Iterator
from functools import partial
from types import CodeType, FunctionType, MethodType, ModuleType
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
# Objects of their classes are data: what changes a model is known by the names of methods.
_LIBRARIES = {
    *sys.stdlib_module_names, "IPython", "keras", "matplotlib", "numpy", "pandas", "tensorflow", "tqdm",
}  # fmt: skip


def only_watches(callback: Any) -> bool:
    """Whether a callback changes nothing in training.

    An own class may print, store in itself, and read the model. It must not store in anything else,
    call what changes a model, or have anything else with code of the notebook: a function, a method,
    an object of an own class.
    """
    kind = type(callback)
    if is_keras(callback) and kind.__name__ != "LambdaCallback":
        return kind.__name__ in WATCHING
    base = next((c for c in kind.__mro__ if module_of(c).startswith("keras.")), None)
    if base is None or base.__name__ not in ("Callback", "LambdaCallback", *WATCHING):
        return False
    owners = [callback, *(c for c in kind.__mro__ if not module_of(c).startswith("keras."))]
    parts = [part for owner in owners for value in vars(owner).values() for part in _parts(value)]
    functions = [part for part in parts if isinstance(part, FunctionType)]
    others = [part for part in parts if not isinstance(part, FunctionType)]
    return all(map(_is_data, others)) and all(
        _reads_only(code, function)
        for function in functions
        if not module_of(function).startswith("keras.")
        for code in _codes(function.__code__)
    )


def _parts(value: object) -> Iterator[object]:
    """What an attribute holds: the functions of a method of any kind, and the items of containers."""
    match value:
        case staticmethod() | classmethod():
            yield value.__func__
        case property():
            yield from (f for f in (value.fget, value.fset, value.fdel) if f is not None)
        case list() | tuple() | set() | frozenset():
            for item in value:
                yield from _parts(item)
        case dict():
            yield from _parts(list(value.values()))
        case _:
            yield value


def _is_data(value: object) -> bool:
    """Whether a value has no code of a student's, or is a model, whose methods are known by name."""
    if isinstance(value, FunctionType | MethodType | partial | type):
        return False
    classes = type(value).__mro__
    is_known = isinstance(value, ModuleType) or module_of(type(value)).split(".")[0] in _LIBRARIES
    return is_known or any(c.__name__ == "Layer" and is_keras(c) for c in classes)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _reads_only(code: CodeType, function: FunctionType) -> bool:
    itself = code.co_varnames[0] if code.co_argcount else ""
    before: dis.Instruction | None = None
    augmented: list[str] = []  # attributes of itself that `+=` and its like read
    for instruction in dis.get_instructions(code):
        name = instruction.argval
        match instruction.opname:
            case "COPY" if before is not None and _loads(itself, before):
                augmented.append("")
            case "LOAD_ATTR" if before is not None and before.opname == "COPY" and augmented:
                augmented[-1] = augmented[-1] or name
            case "STORE_ATTR" if before is not None and before.opname == "SWAP":
                if name not in augmented:
                    return False
            case "STORE_ATTR" if before is None or not _loads(itself, before):
                return False
            case "STORE_SUBSCR" | "STORE_GLOBAL" | "DELETE_ATTR" | "IMPORT_NAME":
                return False
            case "LOAD_GLOBAL" | "LOAD_NAME" if not _is_harmless(name, function):
                return False
            case "LOAD_DEREF" if not _is_harmless_cell(name, function):
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
    """Whether a global name is a builtin, a module or data, and no code that may do anything."""
    if name not in function.__globals__:
        return name not in _ACTING and hasattr(builtins, name)
    return _is_data(function.__globals__[name])


def _is_harmless_cell(name: str, function: FunctionType) -> bool:
    """The same of a variable of the function in which this one was defined."""
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    if name not in cells or name == "__class__":  # its own variable, or what super() reads
        return True
    try:
        return _is_data(cells[name].cell_contents)
    except ValueError:  # it has no value yet
        return False
