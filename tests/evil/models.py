"""Families 16 to 19: what is handed in as a model, in assignment 4's first question."""

from __future__ import annotations

from autograder.results.outcome import Status
from tests.evil import Catalogue

EVIL = Catalogue()
CRASHED, FAILED = Status.CRASHED, Status.FAILED

BUILD = """
def build_basic():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        {layer},
        keras.layers.MaxPooling2D((2, 2)),
    ])
"""
RIGHT = "keras.layers.Conv2D(32, (5, 5), activation='relu')"


def _layer(family: int, name: str, layer: str, before: str = "", status: Status = FAILED) -> None:
    EVIL.source(family, name, before + BUILD.format(layer=layer), status)


# 16: layers that carry code.
_layer(16, "lambda", "keras.layers.Lambda(lambda x: x[:, 2:-2, 2:-2] * [[[1.0] * 32]])")
_layer(
    16,
    "a class of its own",
    "Conv2D(32, (5, 5), activation='relu')",
    "class Conv2D(keras.layers.Conv2D):\n    def call(self, x): return keras.ops.zeros((1, 24, 24, 32))\n",
)
_layer(16, "a saved model", "keras.layers.TFSMLayer('/tmp/model')", status=CRASHED)
_layer(16, "another framework", "keras.layers.TorchModuleWrapper(None)", status=CRASHED)

# 17: names that lie.
_layer(
    17,
    "a registered name",
    "Conv2D(32, (5, 5))",
    "@keras.saving.register_keras_serializable('keras.layers', 'Conv2D')\n"
    "class Conv2D(keras.layers.Layer):\n    def __init__(self, *a, **k): super().__init__()\n"
    "    def call(self, x): return x\n",
)
_layer(
    17,
    "a module that lies",
    "Conv2D()",
    "class Conv2D(keras.layers.Layer):\n    def call(self, x): return x\n"
    "Conv2D.__module__ = 'keras.src.layers.convolutional.conv2d'\n",
)
EVIL.source(
    17,
    "a model that lies",
    "class Model:\n    __module__ = 'keras.src.models.model'\n    layers = []\n    compiled = False\n"
    "    input_shape = (None, 28, 28, 1)\n"
    "def build_basic(): return Model()",
    CRASHED,
)
EVIL.source(
    17,
    "attributes that lie",
    BUILD.format(layer=RIGHT).replace("return keras", "model = keras")
    + "    model.layers[0].filters = 10 ** 18\n    return model\n",
)

# 18: arguments that are read from files.
_layer(
    18,
    "a vocabulary",
    "keras.layers.StringLookup(vocabulary='/etc/passwd')",
    status=CRASHED,
)
_layer(
    18,
    "an initializer",
    "keras.layers.Conv2D(32, (5, 5), activation='relu', kernel_initializer="
    "lambda shape, dtype=None: keras.ops.convert_to_tensor(open('@ROOT@/pyproject.toml').read()))",
    status=CRASHED,
)

# 19: sizes.
_layer(
    19, "a giant layer", "keras.layers.Conv2D(10 ** 11, (5, 5), activation='relu')", status=CRASHED
)
_layer(19, "an unbuilt giant", "keras.layers.Dense(10 ** 13)", status=CRASHED)
_layer(
    19,
    "a giant initializer",
    "keras.layers.Conv2D(32, (5, 5), activation='relu', kernel_initializer="
    "lambda shape, dtype=None: keras.ops.zeros((10 ** 5, 10 ** 5)))",
    status=CRASHED,
)
_layer(
    19,
    "an initializer with a giant array",
    "keras.layers.Conv2D(32, (5, 5), activation='relu', bias_initializer="
    "keras.initializers.Constant(np.zeros(10 ** 10)))",
    status=CRASHED,
)
_layer(19, "a giant image", "keras.layers.Resizing(10 ** 6, 10 ** 6)")
_layer(19, "a giant upsampling", "keras.layers.UpSampling2D(10 ** 6)")
_layer(
    19,
    "an own layer that never ends",
    "Endless(32, (5, 5), activation='relu')",
    "class Endless(keras.layers.Conv2D):\n"
    "    def call(self, x):  # which Keras does not call to learn the shapes of this layer\n"
    "        while True: pass\n",
    CRASHED,
)
EVIL.source(
    19,
    "a deep graph",
    "def build_basic():\n"
    "    return keras.Sequential([keras.Input(shape=(28, 28, 1)), *[keras.layers.ReLU() for _ in range(3000)]])",
    CRASHED,
)
EVIL.source(
    19,
    "a model in itself",
    BUILD.format(layer=RIGHT).replace("return keras", "model = keras")
    + "    model._layers.append(model)\n    return model\n",
)
