"""Right solutions of assignment 4, Two-layer CNN, other than the reference's."""

import numpy as np

from tests.answers import Catalogue

RIGHT = Catalogue("two_layer_cnn")


# Each makes the layers of a network anew, in another spelling. A network is its first few.


def _short(layers):
    return [
        layers.Conv2D(32, 5, 1, "valid", activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(64, 5, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(10, "softmax"),
    ]


def _spelled_out(layers):
    return [
        layers.Convolution2D(
            filters=np.int64(32),
            kernel_size=[5, 5],
            strides=[1, 1],
            padding="VALID",
            data_format="channels_last",
            activation="relu",
            use_bias=True,
            kernel_initializer="glorot_uniform",
            name="first",
        ),
        layers.MaxPool2D(pool_size=[2, 2], strides=[2, 2], padding="valid"),
        layers.Convolution2D(filters=8 * 8, kernel_size=(5, 5), activation="ReLU".lower()),
        layers.MaxPool2D(pool_size=2, strides=2),
        layers.Flatten(data_format="channels_last", name="row"),
        layers.Dense(units=10, activation="softmax", name="digits"),
    ]


def _objects(layers):
    from keras import activations

    return [
        layers.Conv2D(32, (5, 5), activation=activations.relu),
        # 24 and 8 are even: padding adds nothing.
        layers.MaxPooling2D((2, 2), padding="same"),
        layers.Conv2D(64, (5, 5), activation=activations.get("relu")),
        layers.MaxPooling2D((2, 2), padding="same"),
        layers.Flatten(),
        layers.Dense(10, activation=activations.softmax),
    ]


def _apart(layers):
    """Each layer with the layers of its own that are its activation."""
    return [
        _both(layers.Conv2D(32, 5), layers.ReLU()),
        layers.MaxPooling2D(2),
        _both(layers.Conv2D(64, 5), layers.Activation("relu")),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        _both(layers.Dense(10), layers.Softmax()),
    ]


def _both(first, second):
    import keras

    return keras.Sequential([first, second])


# Each makes a model of a list of layers in another way.


def _in_one_list(made):
    import keras

    return keras.Sequential([keras.layers.InputLayer(shape=(28, 28, 1)), *made])


def _added(made):
    import keras

    model = keras.models.Sequential(name="network")
    model.add(keras.Input((28, 28, 1), dtype="float32", name="digit"))
    for layer in made:
        model.add(layer)
    return model


def _built(made):
    import keras

    model = keras.Sequential(made)
    model.build((None, 28, 28, 1))
    return model


def _called(made):
    """A model that knows its input because it has seen some."""
    import keras

    model = keras.Sequential(made)
    model(np.zeros((1, 28, 28, 1), np.float32))
    return model


def _functional(made):
    import keras

    value = image = keras.Input(batch_shape=(None, 28, 28, 1))
    for layer in made:
        value = layer(value)
    return keras.Model(inputs=image, outputs=value)


def _nested(made):
    """The first layers as a model of their own within the model."""
    import keras

    first = keras.Sequential([keras.Input((28, 28, 1)), *made[:2]])
    return keras.Sequential([keras.Input((28, 28, 1)), first, *made[2:]])


def _subclassed(made):
    import keras

    class Network(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = made

        def call(self, image):
            for step in self.steps:
                image = step(image)
            return image

    model = Network()
    model.build((None, 28, 28, 1))
    return model


def _network(question, label, spelled, joined):
    """A model of the layers that the question asks for."""
    count = {"basic": 2, "stack": 4, "classifier": 6}[question]

    def build():
        from keras import layers

        return joined(spelled(layers)[:count])

    RIGHT.add(question, label, lambda _: {f"build_{question}": build})


_network("basic", "positional", _short, _in_one_list)
_network("basic", "spelled-out-functional", _spelled_out, _functional)
_network("basic", "objects-added", _objects, _added)
_network("basic", "activation-apart", _apart, _functional)
_network("basic", "subclassed", _short, _subclassed)
_network("basic", "built-later", _short, _built)
_network("stack", "functional", _objects, _functional)
_network("stack", "built-by-a-call", _spelled_out, _called)
_network("stack", "activations-apart-added", _apart, _added)
_network("stack", "subclassed", _objects, _subclassed)
_network("classifier", "functional", _short, _functional)
_network("classifier", "nested", _short, _nested)
_network("classifier", "subclassed", _spelled_out, _subclassed)
_network("classifier", "activations-apart", _apart, _in_one_list)
_network("classifier", "built-later", _objects, _built)


@RIGHT("basic", "input-shape-of-the-first-layer")
def build_basic():
    import keras

    return keras.Sequential(
        [
            keras.layers.Conv2D(32, (5, 5), activation="relu", input_shape=(28, 28, 1)),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


@RIGHT("basic", "through-tensorflow")
def build_basic():
    import tensorflow as tf

    image = tf.keras.Input((28, 28, 1))
    # An operation instead of a layer.
    maps = tf.keras.ops.relu(tf.keras.layers.Conv2D(32, 5)(image))
    return tf.keras.Model(image, tf.keras.layers.MaxPooling2D(2)(maps))


def _on_top(name, below, make):
    """A functional model on top of what an earlier answer builds."""

    def names(reference):
        def build():
            import keras

            model = getattr(reference, below)()
            value = model.outputs[0]
            for layer in make(keras.layers):
                value = layer(value)
            return keras.Model(model.inputs, value)

        return {name: build}

    return names


RIGHT.add(
    "stack",
    "on-top-of-the-output",
    _on_top("build_stack", "build_basic", lambda layers: _short(layers)[2:4]),
)
RIGHT.add(
    "classifier",
    "on-top-of-the-output",
    _on_top("build_classifier", "build_stack", lambda layers: _short(layers)[4:]),
)


def _prepared(label, pixels, rows):
    RIGHT.add(
        "prepare",
        label,
        lambda _: {"prepare": lambda images, labels: (pixels(images), rows(labels))},
    )


def _ones(labels):
    rows = np.zeros((labels.size, 10))
    for row, label in enumerate(labels):
        rows[row][label] = 1
    return rows


def _in_keras(labels):
    from keras import ops

    return ops.one_hot(labels, num_classes=10)


def _cast(images):
    import tensorflow as tf

    return tf.cast(images, tf.float32)[..., tf.newaxis] / 255.0


def _to_categorical(labels):
    import keras

    return keras.utils.to_categorical(x=labels, num_classes=10)


_prepared(
    "expand-dims-and-eye",
    lambda images: np.expand_dims(np.float32(images) / 255, -1),
    lambda labels: np.eye(10)[labels],
)
_prepared(
    "reshape-and-loop",
    lambda images: (images / 255.0).reshape(len(images), 28, 28, 1).astype(np.float32),
    _ones,
)
_prepared("tensors", _cast, _in_keras)
_prepared(
    "compared-with-a-range",
    lambda images: np.stack([images * np.float32(1 / 255)], axis=3),
    lambda labels: (labels[:, None] == np.arange(10)).astype(int),
)
_prepared(
    "divided-in-place",
    lambda images: np.divide(images, 255, dtype="f4")[:, :, :, None],
    _to_categorical,
)


@RIGHT("prepare", "list")
def prepare(images, labels):
    pixels = images[..., np.newaxis].astype(np.float32)
    pixels /= 255
    return [pixels, np.array([[float(label == digit) for digit in range(10)] for label in labels])]


def _compiled(label, settings):
    """`settings` makes the arguments of compile() of the module keras."""

    def compile_model(model):
        import keras

        positional, named = settings(keras)
        model.compile(*positional, **named)
        return model

    RIGHT.add("compile", label, lambda _: {"compile_model": compile_model})


_compiled("positional", lambda keras: (("sgd", "categorical_crossentropy", None, ["accuracy"]), {}))
_compiled(
    "objects",
    lambda keras: (
        (),
        {
            "optimizer": keras.optimizers.SGD(),
            "loss": keras.losses.CategoricalCrossentropy(),
            "metrics": [keras.metrics.CategoricalAccuracy(name="share")],
        },
    ),
)
_compiled(
    "other-names",
    lambda keras: (
        (keras.optimizers.get("SGD"),),
        {"loss": "CategoricalCrossentropy", "metrics": ["acc", "top_k_categorical_accuracy"]},
    ),
)
_compiled(
    "functions",
    lambda keras: (
        (),
        {
            "optimizer": keras.optimizers.SGD(learning_rate=0.01, momentum=0.0),
            "loss": keras.losses.categorical_crossentropy,
            "metrics": [keras.metrics.categorical_accuracy],
        },
    ),
)
_compiled(
    "lists-of-one",
    lambda keras: (
        (),
        {"optimizer": "sgd", "loss": ["categorical_crossentropy"], "metrics": [["accuracy"]]},
    ),
)


@RIGHT("train", "positional")
def train(model, images, labels):
    return model.fit(images, labels, 100, 5, 0)


@RIGHT("train", "history-of-the-model")
def train(network, x, y):
    network.fit(x=x, y=y, epochs=np.int64(5), batch_size=np.int32(100), shuffle=True, verbose=0)
    return network.history


@RIGHT("train", "dataset")
def train(model, images, labels):
    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images)).batch(100)
    return model.fit(data, epochs=5, verbose=0)


@RIGHT("train", "generator-of-batches")
def train(model, images, labels):
    def batches():
        while True:
            order = np.random.permutation(len(images))
            for first in range(0, len(images), 100):
                chosen = order[first : first + 100]
                yield images[chosen], labels[chosen]

    return model.fit(batches(), steps_per_epoch=-(-len(images) // 100), epochs=5, verbose=0)
