"""Names that their owners have not promised: where one is gone, this says what rests on it."""

import inspect

import keras
import pytest
from hypothesis.internal import constants_ast
from hypothesis.internal.conjecture import providers
from keras.src.trainers import compile_utils
from nbgrader.api import Gradebook
from tensorflow.python.eager import context

NAMES = [
    (providers, "_get_local_constants", "random cases that depend on the seed alone"),
    (providers, "CONSTANTS_CACHE", "random cases that depend on the seed alone"),
    (constants_ast, "Constants", "random cases that depend on the seed alone"),
    (context, "context_safe", "that the zygote forks before TensorFlow has run"),
    (context.context(), "_initialized", "that the zygote forks before TensorFlow has run"),
    (keras.Input((2,)), "_keras_history", "the graph of a functional model"),
    (keras.Sequential(), "_compile_metrics", "the metrics of a compiled model"),
    (compile_utils.CompileMetrics([], []), "_user_metrics", "the metrics of a compiled model"),
    (compile_utils.CompileMetrics([], []), "_user_weighted_metrics", "the metrics of a model"),
    (keras.layers.Dense(1), "_inbound_nodes", "the graph of a functional model"),
]


@pytest.mark.parametrize(("owner", "name", "use"), NAMES, ids=[name for _, name, _ in NAMES])
def test_a_private_name_is_there(owner: object, name: str, use: str) -> None:
    assert hasattr(owner, name), f"{owner} has no {name} any more; on it rests: {use}"


def test_a_gradebook_is_made_as_one_session_needs_it() -> None:
    """autograder.gradebook.shared_session puts one engine in the place of many."""
    taken = list(inspect.signature(Gradebook.__init__).parameters)
    assert taken[:2] == ["self", "db_url"], taken
