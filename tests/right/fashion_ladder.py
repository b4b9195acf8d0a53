"""Right solutions of assignment 5, the Fashion-MNIST ladder, other than the reference's."""

import heapq
import math
from itertools import accumulate, repeat

import numpy as np

from tests.answers import Catalogue

RIGHT = Catalogue("fashion_ladder")

_LOSS = "sparse_categorical_crossentropy"


def _chained(made):
    """A functional model of layers."""
    import keras

    image = value = keras.Input((28, 28, 1))
    for layer in made:
        value = layer(value)
    return keras.Model(image, value)


def _pair(layers, filters, size, **settings):
    return [
        layers.Conv2D(filters, size, activation="relu", **settings),
        layers.MaxPool2D(strides=2),
    ]


def _first(layers):
    return [
        *_pair(layers, 32, 5),
        *_pair(layers, 64, 5),
        layers.Flatten(),
        layers.Dense(10, "softmax"),
    ]


def _large(layers):
    return [
        *_pair(layers, 64, 7, padding="SAME"),
        *_pair(layers, 128, 3, padding="same"),
        layers.Flatten(),
        layers.Dense(64),
        layers.ReLU(),
        layers.Dense(10),
        layers.Activation("softmax"),
    ]


def _deep(layers):
    """The table of rung d, with the activations as layers of their own."""
    made = []
    for filters, after in (
        (32, [layers.BatchNormalization()]),
        (32, [layers.BatchNormalization(axis=-1), layers.Dropout(0.25)]),
        (64, [layers.MaxPooling2D(), layers.Dropout(1 / 4, seed=1)]),
        (128, [layers.BatchNormalization(), layers.Dropout(rate=0.25)]),
    ):
        made += [layers.Conv2D(filters, 3, padding="same"), layers.Activation("relu"), *after]
    made.append(layers.Flatten())
    for units in (512, 128):
        made += [
            layers.Dense(units),
            layers.ReLU(),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
        ]
    return [*made, layers.Dense(10), layers.Softmax()]


def _rung(question, label, layers, optimizer="sgd", join=_chained, loss=_LOSS, **recipe):
    """A recipe with layers made by `layers`; what is callable is made when it is asked for."""

    def build():
        import keras

        model = join(layers(keras.layers))
        rule = optimizer(keras.optimizers) if callable(optimizer) else optimizer
        model.compile(rule, loss=loss(keras.losses) if callable(loss) else loss)
        return dict(recipe, model=model)

    RIGHT.add(question, label, lambda _: {question.replace("-", "_"): build})


def _added(made):
    import keras

    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    for layer in made:
        model.add(layer)
    return model


def _subclassed(made):
    import keras

    class Network(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = made

        def call(self, image, training=None):
            for step in self.steps:
                image = step(image)
            return image

    model = Network()
    model.build((None, 28, 28, 1))
    return model


_rung(
    "rung-a",
    "functional-with-objects",
    _first,
    optimizer=lambda optimizers: optimizers.SGD(),
    loss=lambda losses: losses.SparseCategoricalCrossentropy(from_logits=False),
    epochs=np.int64(5),
)
_rung(
    "rung-a",
    "everything-said",
    _first,
    join=_added,
    optimizer=lambda optimizers: optimizers.SGD(learning_rate=1e-2, momentum=0.0, nesterov=False),
    loss=lambda losses: losses.sparse_categorical_crossentropy,
    epochs=5,
    batch_size=32,
    learning_rates=[0.01] * 5,
)
_rung("rung-b", "activations-apart", _large, epochs=5)
_rung("rung-b", "subclassed", _large, optimizer="SGD", join=_subclassed, loss=[_LOSS], epochs=5)
_rung("rung-c", "built-anew", _large, optimizer=lambda optimizers: optimizers.Adam(), epochs=5)
_rung("rung-d", "loops", _deep, optimizer="Adam", epochs=5)
_rung("rung-d", "loops-added", _deep, optimizer="adam", join=_added, epochs=len("abcde"))


@RIGHT("rung-c", "copied-from-rung-b")
def rung_c():
    import keras

    first = _added(_large(keras.layers))
    model = keras.models.clone_model(first)
    model.compile(loss=_LOSS, optimizer="adam", metrics=["acc"])
    return {"epochs": 5, "model": model}


def _rates(label, rates):
    """Rung d of the reference, with the rates of 30 epochs."""

    def names(reference):
        def rung_e():
            recipe = reference.rung_d()
            recipe.update(epochs=30, learning_rates=rates())
            return recipe

        return {"rung_e": rung_e}

    RIGHT.add("rung-e", label, names)


def _by_loop():
    rates, rate = [], 1e-3
    for _epoch in range(30):
        rates.append(rate)
        rate *= 0.9
    return tuple(rates)


_rates("loop", _by_loop)
_rates("accumulate", lambda: list(accumulate(repeat(0.9, 29), lambda a, b: a * b, initial=0.001)))
_rates("numpy-array", lambda: 0.001 * 0.9 ** np.arange(30))
_rates("list-of-numpy-numbers", lambda: list(np.geomspace(1e-3, 1e-3 * 0.9**29, 30)))
_rates(
    "list-of-float32",
    lambda: list(np.float32(0.001) * np.float32(0.9) ** np.arange(30, dtype="f4")),
)


@RIGHT("rung-open", "branches")
def rung_open():
    import keras
    from keras import layers

    image = keras.Input((28, 28, 1))
    value = layers.RandomTranslation(0.1, 0.1)(layers.RandomFlip("horizontal")(image))
    value = layers.Conv2D(32, 3, strides=2, padding="same", activation="gelu")(value)
    more = layers.Conv2D(32, 3, padding="same", activation="gelu")(value)
    value = layers.SpatialDropout2D(0.1)(layers.Add()([value, more]))
    value = layers.concatenate([layers.MaxPooling2D()(value), layers.AveragePooling2D(2)(value)])
    value = layers.GlobalMaxPooling2D()(layers.DepthwiseConv2D(3)(value))
    model = keras.Model(image, layers.Dense(10, activation="softmax")(value))
    model.compile(keras.optimizers.AdamW(1e-3, weight_decay=1e-4, use_ema=True), _LOSS)
    return {"model": model, "epochs": 10, "batch_size": np.int32(64)}


@RIGHT("rung-open", "from-logits")
def rung_open():
    import keras
    from keras import layers

    model = keras.Sequential([layers.Flatten(), layers.Dense(64, "silu"), layers.Dense(10)])
    model.build((None, 28, 28, 1))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.RMSprop(momentum=0.5), loss)
    return {"model": model, "epochs": 3, "learning_rates": np.linspace(0.01, 0.001, 3)}


@RIGHT("split", "slices")
def split(images, labels, every=10):
    held = slice(every - 1, None, every)
    validation = images[held], labels[held]
    return (np.delete(images, held, axis=0), np.delete(labels, held)), validation


@RIGHT("split", "loop-over-positions")
def split(images, labels, every=10):
    kept, held = [], []
    for position in range(len(images)):
        (kept if (position + 1) % every else held).append(position)
    return [[images[kept], labels[kept]], [images[held], labels[held]]]


@RIGHT("split", "helper-and-set")
def split(images, labels, every=10):
    held = set(range(every - 1, len(images), every))

    def pick(wanted):
        chosen = [at for at in range(len(images)) if (at in held) is wanted]
        return tuple(np.take(array, chosen, axis=0) for array in (images, labels))

    return pick(False), pick(True)


@RIGHT("best-epoch", "index-of-min")
def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


@RIGHT("best-epoch", "min-by-key")
def best_epoch(val_loss):
    epochs = range(1, 1 + len(val_loss))
    return min(epochs, key=lambda epoch: val_loss[epoch - 1])


@RIGHT("best-epoch", "enumerate")
def best_epoch(losses):
    return min((loss, epoch) for epoch, loss in enumerate(losses, start=1))[1]


@RIGHT("best-epoch", "numpy-integer")
def best_epoch(val_loss):
    return np.argmin(val_loss) + 1


@RIGHT("loss-and-accuracy", "loop")
def loss_and_accuracy(probabilities, labels):
    loss = right = 0
    for row, label in zip(probabilities, labels):
        loss -= math.log(row[label])
        right += list(row).index(max(row)) == label
    return loss / len(labels), right / len(labels)


@RIGHT("loss-and-accuracy", "one-hot-rows")
def loss_and_accuracy(probabilities, labels):
    rows = np.eye(probabilities.shape[1])[labels]
    loss = -(rows * np.log(probabilities)).sum() / len(rows)
    right = np.argmax(probabilities, axis=-1) == np.argmax(rows, axis=-1)
    return [loss, np.count_nonzero(right) / right.size]


@RIGHT("loss-and-accuracy", "keras")
def loss_and_accuracy(probabilities, labels):
    import keras

    losses = keras.losses.sparse_categorical_crossentropy(labels, probabilities)
    right = keras.metrics.sparse_categorical_accuracy(labels, probabilities)
    return keras.ops.mean(losses), keras.ops.mean(right)


@RIGHT("confusion", "add-at")
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), dtype=np.uint16)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


@RIGHT("confusion", "bincount")
def confusion_matrix(labels, predicted, classes=10):
    return np.bincount(labels * classes + predicted, minlength=classes**2).reshape(classes, -1)


@RIGHT("confusion", "product-of-one-hot-rows")
def confusion_matrix(labels, predicted, classes=10):
    return np.eye(classes, dtype=int)[labels].T @ np.eye(classes, dtype=int)[predicted]


@RIGHT("confusion", "comprehension")
def confusion_matrix(labels, predicted, classes=10):
    pairs = list(zip(labels.tolist(), predicted.tolist()))
    return np.array([[pairs.count((i, j)) for j in range(classes)] for i in range(classes)])


@RIGHT("confusion", "tensorflow")
def confusion_matrix(labels, predicted, classes=10):
    import tensorflow as tf

    return tf.math.confusion_matrix(labels, predicted, num_classes=classes)


@RIGHT("mistakes", "sorted")
def surest_mistakes(probabilities, labels, count=4):
    wrong = [at for at, row in enumerate(probabilities) if row.argmax() != labels[at]]
    return np.array(sorted(wrong, key=lambda at: -max(probabilities[at]))[:count])


@RIGHT("mistakes", "heap")
def surest_mistakes(probabilities, labels, count=4):
    sure, guesses = probabilities.max(axis=1), probabilities.argmax(axis=1)
    wrong = [at for at in range(len(labels)) if guesses[at] != labels[at]]
    return np.asarray(heapq.nlargest(count, wrong, key=sure.__getitem__), dtype=np.int32)


@RIGHT("mistakes", "lexsort")
def surest_mistakes(probabilities, labels, count=4):
    positions = np.arange(len(labels))
    order = np.lexsort((positions, -np.max(probabilities, 1)))
    return order[np.argmax(probabilities[order], 1) != labels[order]][:count]


def _dense(keras):
    """A network without convolutions: it learns enough in seconds."""
    return [
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]


@RIGHT("own-training", "loop-of-its-own")
def train(images, labels):
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(0)
    model = _chained(_dense(keras))
    optimizer = keras.optimizers.Adam(0.002)
    measure = keras.losses.SparseCategoricalCrossentropy()

    @tf.function
    def step(pixels, classes):
        with tf.GradientTape() as tape:
            loss = measure(classes, model(pixels, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images)).batch(50)
    for _epoch in range(12):
        for pixels, classes in data:
            step(pixels, classes)
    return model


@RIGHT("own-training", "subclassed-by-batches")
def train(images, labels):
    import keras

    keras.utils.set_random_seed(0)
    model = _subclassed(_dense(keras))
    model.compile("adam", "categorical_crossentropy")
    rows = keras.utils.to_categorical(labels, 10)
    for _epoch in range(12):
        order = np.random.permutation(len(images))
        for chosen in np.array_split(order, max(1, len(order) // 50)):
            model.train_on_batch(images[chosen], rows[chosen])
    return model
