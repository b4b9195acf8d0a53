"""Wrong solutions of assignment 4, Two-layer CNN."""

import numpy as np

from tests.answers import Catalogue

WRONG = Catalogue("two_layer_cnn")


def _model(question, help, *layers, shape=(28, 28, 1)):
    """A model of layers given as (class, positional arguments, settings)."""
    name = f"build_{question}"

    def build():
        import keras

        made = [getattr(keras.layers, kind)(*args, **settings) for kind, args, settings in layers]
        return keras.Sequential([keras.Input(shape=shape), *made] if shape else made)

    WRONG.add(question, help, lambda reference: {name: build})


def _conv(filters=32, kernel=5, activation="relu", **settings):
    return "Conv2D", (filters, kernel), {"activation": activation, **settings}


def _pool(size=2, **settings):
    return "MaxPooling2D", (size,), settings


def _dense(units=10, activation="softmax", **settings):
    return "Dense", (units,), {"activation": activation, **settings}


_FLATTEN = ("Flatten", (), {})
_PAIRS = (_conv(), _pool(), _conv(64), _pool())

_model("basic", "no-input", _conv(), _pool(), shape=None)
_model("basic", "input", _conv(), _pool(), shape=(28, 28, 3))
_model("basic", "kernel-size", _conv(kernel=3), _pool())
_model("basic", "filters", _conv(64), _pool())
_model("basic", "padding-same", _conv(padding="same"), _pool())
_model("basic", "conv-stride", _conv(strides=2), _pool())
_model("basic", "bias", _conv(use_bias=False), _pool())
_model("basic", "relu", _conv(activation=None), _pool())
_model("basic", "relu", _conv(activation="sigmoid"), _pool())
_model("basic", "pool-stride", _conv(), _pool(strides=1))
_model("basic", "pool-size", _conv(), _pool(3))
_model("basic", "average", _conv(), ("AveragePooling2D", (2,), {}))
_model("basic", "order", _pool(), _conv())
_model("basic", "layer-missing", _conv())
_model("stack", "layer-missing", *_PAIRS[:3])
_model("stack", "layer-extra", *_PAIRS, _FLATTEN)
_model("stack", "filters", _conv(), _pool(), _conv(32), _pool())
_model("stack", "order", _conv(), _conv(64), _pool(), _pool())
_model("classifier", "flatten-missing", *_PAIRS, _dense())
_model("classifier", "flatten-pooled", *_PAIRS, ("GlobalAveragePooling2D", (), {}), _dense())
_model("classifier", "units", *_PAIRS, _FLATTEN, _dense(9))
_model("classifier", "softmax", *_PAIRS, _FLATTEN, _dense(activation=None))
_model("classifier", "softmax", *_PAIRS, _FLATTEN, _dense(activation="sigmoid"))
_model("classifier", "bias", *_PAIRS, _FLATTEN, _dense(use_bias=False))
_model("classifier", "layer-extra", *_PAIRS, _FLATTEN, _dense(128, "relu"), _dense())


@WRONG("basic", "not-returned")
def build_basic():
    return None


@WRONG("basic", "no-model")
def build_basic():
    return ["Conv2D", "MaxPooling2D"]


@WRONG("classifier", "not-a-chain")
def build_classifier():
    import keras

    image = keras.Input((28, 28, 1))
    wide = keras.layers.Flatten()(keras.layers.Conv2D(32, 5, activation="relu")(image))
    both = keras.layers.Concatenate()([wide, keras.layers.Flatten()(image)])
    return keras.Model(image, keras.layers.Dense(10, activation="softmax")(both))


def _one_hot(labels, classes=10):
    return np.eye(classes, dtype=np.float32)[labels]


def _prepare(help, images=None, labels=_one_hot):
    """A `prepare` that makes one mistake with the images or the labels."""
    pixels = images or (lambda given: (given / 255).astype(np.float32)[..., None])

    def prepare(given, numbers):
        return pixels(given), labels(numbers)

    WRONG("prepare", help)(prepare)


_prepare("no-channel-axis", lambda images: (images / 255).astype(np.float32))
_prepare("channel-axis-first", lambda images: (images / 255).astype(np.float32)[:, None])
_prepare("unscaled", lambda images: images.astype(np.float32)[..., None])
_prepare("whole-numbers", lambda images: (images // 255).astype(np.float32)[..., None])
_prepare("float64", lambda images: (images / 255)[..., None])
_prepare("not-one-hot", labels=lambda labels: labels)
_prepare("too-few-classes", labels=lambda labels: _one_hot(labels, int(labels.max()) + 1))


@WRONG("prepare", "not-a-pair")
def prepare(images, labels):
    return (images / 255).astype(np.float32)[..., None]


def _compile(help, optimizer="sgd", loss="categorical_crossentropy", metrics=("accuracy",)):
    def compile_model(model):
        model.compile(optimizer=optimizer, loss=loss, metrics=list(metrics))
        return model

    WRONG("compile", help)(compile_model)


_compile("optimizer", optimizer="adam")
_compile("sparse-loss", loss="sparse_categorical_crossentropy")
_compile("regression-loss", loss="mse")
_compile("binary-loss", loss="binary_crossentropy")
_compile("no-accuracy", metrics=())


@WRONG("compile", "logits")
def compile_model(model):
    import keras

    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    return model


@WRONG("compile", "compile-returned")
def compile_model(model):
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


@WRONG("compile", "not-compiled")
def compile_model(model):
    return model


@WRONG("train", "epochs-default")
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, verbose=0)


@WRONG("train", "batch-default")
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, verbose=0)


@WRONG("train", "history-returned")
def train(model, images, labels):
    model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    return model
