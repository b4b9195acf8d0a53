# Right answers to assignment 5, the Fashion-MNIST ladder, other than the solution's.

# %% rung-a functional-with-objects [forms]
def rung_a():
    image = keras.Input((28, 28, 1))
    value = keras.layers.Conv2D(32, 5, activation="relu")(image)
    value = keras.layers.MaxPool2D(strides=2)(value)
    value = keras.layers.Conv2D(64, 5, activation="relu")(value)
    value = keras.layers.MaxPool2D(strides=2)(value)
    value = keras.layers.Dense(10, "softmax")(keras.layers.Flatten()(value))
    model = keras.Model(image, value)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=False)
    model.compile(keras.optimizers.SGD(), loss=loss)
    return {"model": model, "epochs": np.int64(5)}


# %% rung-a everything-said
def rung_a():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(keras.layers.Conv2D(32, 5, activation="relu"))
    model.add(keras.layers.MaxPool2D(strides=2))
    model.add(keras.layers.Conv2D(64, 5, activation="relu"))
    model.add(keras.layers.MaxPool2D(strides=2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, "softmax"))
    model.compile(
        keras.optimizers.SGD(learning_rate=1e-2, momentum=0.0, nesterov=False),
        loss=keras.losses.sparse_categorical_crossentropy,
    )
    return {"model": model, "epochs": 5, "batch_size": 32, "learning_rates": [0.01] * 5}


# %% part: large-layers
def large_layers():
    """The layers of rungs b and c, with the last activations as layers of their own."""
    layers = keras.layers
    return [
        layers.Conv2D(64, 7, activation="relu", padding="SAME"),
        layers.MaxPool2D(strides=2),
        layers.Conv2D(128, 3, activation="relu", padding="same"),
        layers.MaxPool2D(strides=2),
        layers.Flatten(),
        layers.Dense(64),
        layers.ReLU(),
        layers.Dense(10),
        layers.Activation("softmax"),
    ]


# %% rung-b activations-apart [forms] with large-layers
def rung_b():
    image = value = keras.Input((28, 28, 1))
    for layer in large_layers():
        value = layer(value)
    model = keras.Model(image, value)
    model.compile("sgd", loss="sparse_categorical_crossentropy")
    return {"model": model, "epochs": 5}


# %% part: network
class Network(keras.Model):
    """A model of layers that are called one after another."""

    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def call(self, image, training=None):
        for step in self.steps:
            image = step(image)
        return image


# %% rung-b subclassed [forms] with large-layers, network
def rung_b():
    model = Network(large_layers())
    model.build((None, 28, 28, 1))
    model.compile("SGD", loss=["sparse_categorical_crossentropy"])
    return {"model": model, "epochs": 5}


# %% rung-c built-anew [forms] with large-layers
def rung_c():
    image = value = keras.Input((28, 28, 1))
    for layer in large_layers():
        value = layer(value)
    model = keras.Model(image, value)
    model.compile(keras.optimizers.Adam(), loss="sparse_categorical_crossentropy")
    return {"model": model, "epochs": 5}


# %% rung-c copied-from-rung-b with large-layers
def rung_c():
    first = keras.Sequential([keras.Input((28, 28, 1)), *large_layers()])
    model = keras.models.clone_model(first)
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["acc"])
    return {"epochs": 5, "model": model}


# %% part: deep-layers
def deep_layers():
    """The table of rung d, with the activations as layers of their own."""
    layers = keras.layers
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
        made += [layers.Dense(units), layers.ReLU()]
        made += [layers.BatchNormalization(), layers.Dropout(0.5)]
    return [*made, layers.Dense(10), layers.Softmax()]


# %% rung-d loops [forms] with deep-layers
def rung_d():
    image = value = keras.Input((28, 28, 1))
    for layer in deep_layers():
        value = layer(value)
    model = keras.Model(image, value)
    model.compile("Adam", loss="sparse_categorical_crossentropy")
    return {"model": model, "epochs": 5}


# %% rung-d loops-added [forms] with deep-layers
def rung_d():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    for layer in deep_layers():
        model.add(layer)
    model.compile("adam", loss="sparse_categorical_crossentropy")
    return {"model": model, "epochs": len("abcde")}


# %% rung-e loop [forms]
def rung_e():
    rates, rate = [], 1e-3
    for _epoch in range(30):
        rates.append(rate)
        rate *= 0.9
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=tuple(rates))
    return recipe


# %% rung-e accumulate
from itertools import accumulate, repeat


def rung_e():
    rates = list(accumulate(repeat(0.9, 29), lambda rate, factor: rate * factor, initial=0.001))
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=rates)
    return recipe


# %% rung-e numpy-array [forms]
def rung_e():
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=0.001 * 0.9 ** np.arange(30))
    return recipe


# %% rung-e history [forms]
def rung_e():
    rates = 0.001 * 0.9 ** np.arange(30)
    history = keras.callbacks.History()
    return {**rung_d(), "epochs": 30, "learning_rates": rates, "callbacks": [history]}


# %% rung-e list-of-numpy-numbers [forms]
def rung_e():
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=list(np.geomspace(1e-3, 1e-3 * 0.9**29, 30)))
    return recipe


# %% rung-e list-of-float32 [forms]
def rung_e():
    rates = np.float32(0.001) * np.float32(0.9) ** np.arange(30, dtype="f4")
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=list(rates))
    return recipe


# %% rung-open branches
def rung_open():
    from keras import layers

    image = keras.Input((28, 28, 1))
    value = layers.RandomTranslation(0.1, 0.1)(layers.RandomFlip("horizontal")(image))
    value = layers.Conv2D(32, 3, strides=2, padding="same", activation="gelu")(value)
    more = layers.Conv2D(32, 3, padding="same", activation="gelu")(value)
    value = layers.SpatialDropout2D(0.1)(layers.Add()([value, more]))
    value = layers.concatenate([layers.MaxPooling2D()(value), layers.AveragePooling2D(2)(value)])
    value = layers.GlobalMaxPooling2D()(layers.DepthwiseConv2D(3)(value))
    model = keras.Model(image, layers.Dense(10, activation="softmax")(value))
    rule = keras.optimizers.AdamW(1e-3, weight_decay=1e-4, use_ema=True)
    model.compile(rule, "sparse_categorical_crossentropy")
    return {"model": model, "epochs": 10, "batch_size": np.int32(64)}


# %% rung-open from-logits [forms]
def rung_open():
    from keras import layers

    model = keras.Sequential([layers.Flatten(), layers.Dense(64, "silu"), layers.Dense(10)])
    model.build((None, 28, 28, 1))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.RMSprop(momentum=0.5), loss)
    return {"model": model, "epochs": 3, "learning_rates": np.linspace(0.01, 0.001, 3)}


# %% split slices
def split(images, labels, every=10):
    held = slice(every - 1, None, every)
    validation = images[held], labels[held]
    return (np.delete(images, held, axis=0), np.delete(labels, held)), validation


# %% split loop-over-positions [forms]
def split(images, labels, every=10):
    kept, held = [], []
    for position in range(len(images)):
        (kept if (position + 1) % every else held).append(position)
    return [[images[kept], labels[kept]], [images[held], labels[held]]]


# %% split helper-and-set
def split(images, labels, every=10):
    held = set(range(every - 1, len(images), every))

    def pick(wanted):
        chosen = [at for at in range(len(images)) if (at in held) is wanted]
        return tuple(np.take(array, chosen, axis=0) for array in (images, labels))

    return pick(False), pick(True)


# %% best-epoch index-of-min
def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


# %% best-epoch min-by-key
def best_epoch(val_loss):
    epochs = range(1, 1 + len(val_loss))
    return min(epochs, key=lambda epoch: val_loss[epoch - 1])


# %% best-epoch enumerate
def best_epoch(losses):
    return min((loss, epoch) for epoch, loss in enumerate(losses, start=1))[1]


# %% best-epoch numpy-integer [forms]
def best_epoch(val_loss):
    return np.argmin(val_loss) + 1


# %% loss-and-accuracy loop
import math


def loss_and_accuracy(probabilities, labels):
    loss = right = 0
    for row, label in zip(probabilities, labels):
        loss -= math.log(row[label])
        right += list(row).index(max(row)) == label
    return loss / len(labels), right / len(labels)


# %% loss-and-accuracy one-hot-rows [forms]
def loss_and_accuracy(probabilities, labels):
    rows = np.eye(probabilities.shape[1])[labels]
    loss = -(rows * np.log(probabilities)).sum() / len(rows)
    right = np.argmax(probabilities, axis=-1) == np.argmax(rows, axis=-1)
    return [loss, np.count_nonzero(right) / right.size]


# %% loss-and-accuracy keras [forms]
def loss_and_accuracy(probabilities, labels):
    losses = keras.losses.sparse_categorical_crossentropy(labels, probabilities)
    right = keras.metrics.sparse_categorical_accuracy(labels, probabilities)
    return keras.ops.mean(losses), keras.ops.mean(right)


# %% confusion add-at [forms]
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), dtype=np.uint16)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


# %% confusion bincount
def confusion_matrix(labels, predicted, classes=10):
    return np.bincount(labels * classes + predicted, minlength=classes**2).reshape(classes, -1)


# %% confusion product-of-one-hot-rows
def confusion_matrix(labels, predicted, classes=10):
    return np.eye(classes, dtype=int)[labels].T @ np.eye(classes, dtype=int)[predicted]


# %% confusion comprehension
def confusion_matrix(labels, predicted, classes=10):
    pairs = list(zip(labels.tolist(), predicted.tolist()))
    return np.array([[pairs.count((i, j)) for j in range(classes)] for i in range(classes)])


# %% confusion tensorflow [forms]
def confusion_matrix(labels, predicted, classes=10):
    import tensorflow as tf

    return tf.math.confusion_matrix(labels, predicted, num_classes=classes)


# %% mistakes sorted
def surest_mistakes(probabilities, labels, count=4):
    wrong = [at for at, row in enumerate(probabilities) if row.argmax() != labels[at]]
    return np.array(sorted(wrong, key=lambda at: -max(probabilities[at]))[:count])


# %% mistakes heap [forms]
import heapq


def surest_mistakes(probabilities, labels, count=4):
    sure, guesses = probabilities.max(axis=1), probabilities.argmax(axis=1)
    wrong = [at for at in range(len(labels)) if guesses[at] != labels[at]]
    return np.asarray(heapq.nlargest(count, wrong, key=sure.__getitem__), dtype=np.int32)


# %% mistakes lexsort
def surest_mistakes(probabilities, labels, count=4):
    positions = np.arange(len(labels))
    order = np.lexsort((positions, -np.max(probabilities, 1)))
    return order[np.argmax(probabilities[order], 1) != labels[order]][:count]


# %% own-training loop-of-its-own
def train(images, labels):
    import tensorflow as tf

    keras.utils.set_random_seed(0)
    # A network without convolutions: it learns enough in seconds.
    image = keras.Input((28, 28, 1))
    value = keras.layers.Dense(128, activation="relu")(keras.layers.Flatten()(image))
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(value))
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


# %% own-training subclassed-by-batches [forms] with network
def train(images, labels):
    keras.utils.set_random_seed(0)
    model = Network(
        [
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.build((None, 28, 28, 1))
    model.compile("adam", "categorical_crossentropy")
    rows = keras.utils.to_categorical(labels, 10)
    for _epoch in range(12):
        order = np.random.permutation(len(images))
        for chosen in np.array_split(order, max(1, len(order) // 50)):
            model.train_on_batch(images[chosen], rows[chosen])
    return model


# %% rung-b ops [forms]
def rung_b():
    image = keras.Input((28, 28, 1))
    maps = image
    for filters, side in ((64, 7), (128, 3)):
        maps = keras.layers.Conv2D(filters, side, padding="same")(maps)
        maps = keras.ops.max_pool(keras.ops.maximum(maps, 0), (2, 2), strides=(2, 2))
    row = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(maps))
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(row))
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}
