# Right answers to assignment 5, written from its released notebook alone.

# %% rung-a functional [forms]
# right: functional model, objects for optimizer and loss
def rung_a():
    image = keras.Input((28, 28, 1))
    x = image
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 5, activation="relu")(x)
        x = keras.layers.MaxPooling2D()(x)
    model = keras.Model(
        image, keras.layers.Dense(10, activation="softmax")(keras.layers.Flatten()(x))
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.01),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-a layers-apart [forms]
# right: ReLU and softmax as layers of their own, Reshape for Flatten, batch_size said openly
def rung_a():
    L = keras.layers
    model = keras.Sequential()
    model.add(L.InputLayer(shape=(28, 28, 1)))
    model.add(L.Conv2D(32, (5, 5), use_bias=True))
    model.add(L.Activation("relu"))
    model.add(L.MaxPool2D(2, 2))
    model.add(L.Conv2D(64, (5, 5)))
    model.add(L.ReLU())
    model.add(L.MaxPool2D(2, 2))
    model.add(L.Reshape((1024,)))
    model.add(L.Dense(10))
    model.add(L.Softmax())
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return dict(model=model, epochs=5, batch_size=32)


# %% rung-a relu-after-pool [forms]
# right: ReLU after max pooling is the same function as before it
def rung_a():
    layers = []
    for filters in 32, 64:
        layers += [
            keras.layers.Conv2D(filters, 5),
            keras.layers.MaxPooling2D(),
            keras.layers.ReLU(),
        ]
    layers += [keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))] + layers)
    model.compile(
        optimizer="sgd",
        loss="sparse_categorical_crossentropy",
        metrics=["sparse_categorical_accuracy", "accuracy"],
    )
    return {"epochs": 5, "model": model}


# %% rung-a tf-cloned
# right: tf.keras, a clone of a model, the loss as a function
import tensorflow as tf


def rung_a():
    pattern = tf.keras.Sequential(
        [
            tf.keras.layers.Input((28, 28, 1)),
            tf.keras.layers.Conv2D(32, 5, activation=tf.keras.activations.relu),
            tf.keras.layers.MaxPooling2D(),
            tf.keras.layers.Conv2D(64, 5, activation=tf.keras.activations.relu),
            tf.keras.layers.MaxPooling2D(),
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(10, activation=tf.keras.activations.softmax),
        ]
    )
    model = tf.keras.models.clone_model(pattern)
    model.compile(
        tf.keras.optimizers.SGD(),
        tf.keras.losses.sparse_categorical_crossentropy,
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-b nested [forms]
# right: the four middle layers in a Sequential of their own
def rung_b():
    eye = keras.Sequential(
        [
            keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )
    mind = keras.Sequential(
        [
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model = keras.Sequential([keras.Input((28, 28, 1)), eye, mind])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b partial [forms]
# right: functools.partial and one shared pooling layer, functional
from functools import partial


def rung_b():
    conv = partial(keras.layers.Conv2D, padding="same", activation="relu")
    pool = keras.layers.MaxPooling2D((2, 2), padding="same")
    inputs = keras.Input((28, 28, 1), name="picture")
    x = pool(conv(64, (7, 7))(inputs))
    x = pool(conv(128, (3, 3))(x))
    x = keras.layers.Dense(64, "relu")(keras.layers.Flatten()(x))
    model = keras.Model(inputs, keras.layers.Dense(10, "softmax")(x))
    model.compile(
        keras.optimizers.get("sgd"),
        keras.losses.get("sparse_categorical_crossentropy"),
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-b table
# right: built from a text table; "SAME" in capitals, which Keras takes alike
def rung_b():
    table = "conv 64 7, pool, conv 128 3, pool, flatten, dense 64 relu, dense 10 softmax"
    make = {
        "conv": lambda n, k: keras.layers.Conv2D(int(n), int(k), padding="SAME", activation="relu"),
        "pool": lambda: keras.layers.MaxPooling2D(),
        "flatten": lambda: keras.layers.Flatten(),
        "dense": lambda n, a: keras.layers.Dense(int(n), activation=a),
    }
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for line in table.split(", "):
        kind, *arguments = line.split()
        model.add(make[kind](*arguments))
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c recompile
# right: rung b's recipe, its model compiled anew with Adam
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c deserialized
# right: Adam from its configuration, the model from that of rung b
def rung_c():
    other = rung_b()
    adam = keras.optimizers.deserialize(
        {"class_name": "Adam", "config": {"learning_rate": 0.001, "beta_1": 0.9}}
    )
    model = type(other["model"]).from_config(other["model"].get_config())
    model.compile(adam, loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    return {**other, "model": model}


# %% rung-c own-network [forms]
# right: the network written again, with separate activations and Adam() as an object
def rung_c():
    L = keras.layers
    image = L.Input(shape=(28, 28, 1))
    x = L.MaxPooling2D()(L.Activation("relu")(L.Conv2D(64, 7, padding="same")(image)))
    x = L.MaxPooling2D()(L.Activation("relu")(L.Conv2D(128, 3, padding="same")(x)))
    x = L.ReLU()(L.Dense(64)(L.Flatten()(x)))
    model = keras.Model(image, L.Softmax()(L.Dense(10)(x)))
    model.compile(
        keras.optimizers.Adam(),
        "sparse_categorical_crossentropy",
        metrics=[keras.metrics.SparseCategoricalAccuracy("accuracy")],
    )
    return {"model": model, "epochs": 5}


# %% rung-c shared-helper
# right: a helper closed over the optimizer's name, spelled "Adam"
def rung_c():
    def with_optimizer(name):
        model = keras.models.clone_model(rung_b()["model"])
        model.compile(name, "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    return {"model": with_optimizer("Adam"), "epochs": len("Adams")}


# %% rung-d functional-blocks
# right: functional, with a helper for what follows each layer
def rung_d():
    L = keras.layers

    def after(x, norm=True, drop=None):
        x = L.BatchNormalization()(x) if norm else x
        return L.Dropout(drop)(x) if drop else x

    def conv(x, filters):
        return L.Conv2D(filters, 3, padding="same", activation="relu")(x)

    image = keras.Input((28, 28, 1))
    x = after(conv(image, 32))
    x = after(conv(x, 32), drop=0.25)
    x = after(L.MaxPooling2D()(conv(x, 64)), norm=False, drop=0.25)
    x = after(conv(x, 128), drop=0.25)
    x = L.Flatten()(x)
    for units in 512, 128:
        x = after(L.Dense(units, activation="relu")(x), drop=0.5)
    model = keras.Model(image, L.Dense(10, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d activation-layers [forms]
# right: a flat list; every activation a layer of its own
def rung_d():
    L = keras.layers
    relu = lambda: L.Activation("relu")
    conv = lambda n: L.Conv2D(filters=n, kernel_size=(3, 3), padding="same")
    model = keras.Sequential(
        [
            L.Input((28, 28, 1)),
            conv(32),
            relu(),
            L.BatchNormalization(),
            conv(32),
            relu(),
            L.BatchNormalization(),
            L.Dropout(0.25),
            conv(64),
            relu(),
            L.MaxPooling2D((2, 2)),
            L.Dropout(1 / 4),
            conv(128),
            relu(),
            L.BatchNormalization(axis=3),
            L.Dropout(0.25, seed=7),
            L.Flatten(),
            L.Dense(512),
            relu(),
            L.BatchNormalization(),
            L.Dropout(0.5),
            L.Dense(128),
            relu(),
            L.BatchNormalization(),
            L.Dropout(0.5),
            L.Dense(10),
            L.Softmax(),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-d generator
# right: layers from a generator over codes; the whole handed over as from_config of a clone
def rung_d():
    def layers(code):
        yield keras.Input((28, 28, 1))
        for word in code.split():
            kind, number = word[0], word[1:]
            if kind == "c":
                yield keras.layers.Conv2D(int(number), 3, activation="relu", padding="same")
            elif kind == "d":
                yield keras.layers.Dense(int(number), activation="relu")
            elif kind == "o":
                yield keras.layers.Dropout(int(number) / 100)
            else:
                yield {
                    "b": keras.layers.BatchNormalization,
                    "p": keras.layers.MaxPooling2D,
                    "f": keras.layers.Flatten,
                }[kind]()
        yield keras.layers.Dense(10, activation="softmax")

    first = keras.Sequential(
        list(layers("c32 b c32 b o25 c64 p o25 c128 b o25 f d512 b o50 d128 b o50"))
    )
    model = keras.Sequential.from_config(first.get_config())
    model.compile(
        optimizer={"class_name": "Adam", "config": {}},
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-e accumulate
# right: rates by itertools.accumulate
from itertools import accumulate, repeat


def rung_e():
    rates = list(accumulate(repeat(0.9, 29), lambda rate, factor: rate * factor, initial=0.001))
    return {**rung_d(), "epochs": len(rates), "learning_rates": rates}


# %% rung-e geomspace
# right: thirty numbers evenly spaced on a logarithmic scale
def rung_e():
    return rung_d() | dict(
        epochs=30, learning_rates=np.geomspace(1e-3, 1e-3 * 0.9**29, 30).tolist()
    )


# %% rung-e schedule-object
# right: Keras's ExponentialDecay asked for the rate of each epoch
def rung_e():
    rate = keras.optimizers.schedules.ExponentialDecay(0.001, decay_steps=1, decay_rate=0.9)
    recipe = dict(rung_d())
    recipe.update(epochs=30, learning_rates=[float(rate(epoch)) for epoch in range(30)])
    return recipe


# %% rung-e loop [forms]
# right: a loop that shrinks the rate, NumPy scalars in the list
def rung_e():
    recipe, rate = rung_d(), np.float64(0.001)
    recipe["epochs"], recipe["learning_rates"] = 30, []
    while len(recipe["learning_rates"]) < 30:
        recipe["learning_rates"].append(rate)
        rate = rate * 0.9
    return recipe


# %% split mask
# right: a mask of booleans
def split(images, labels, every=10):
    held = (np.arange(len(images)) + 1) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split delete
# right: a slice and np.delete
def split(images, labels, every=10):
    chosen = slice(every - 1, None, every)
    train_part = tuple(np.delete(array, chosen, axis=0) for array in (images, labels))
    return train_part, (images[chosen], labels[chosen])


# %% split loops [forms]
# right: indexes gathered in a loop, a namedtuple for each part
from collections import namedtuple


def split(images, labels, every=10):
    Part = namedtuple("Part", "images labels")
    trained, held, wait = [], [], every
    for i in range(len(labels)):
        wait -= 1
        if wait == 0:
            held.append(i)
            wait = every
        else:
            trained.append(i)
    return tuple(
        Part(images[np.array(at, dtype=int)], labels[np.array(at, dtype=int)])
        for at in (trained, held)
    )


# %% split tensorflow
# right: boolean_mask from TensorFlow, arrays at the end
import tensorflow as tf


def split(images, labels, every=10):
    held = tf.equal(tf.range(len(images)) % every, every - 1)
    pick = lambda mask: tuple(tf.boolean_mask(array, mask).numpy() for array in (images, labels))
    return pick(tf.logical_not(held)), pick(held)


# %% best-epoch index
# right: list's own index
def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


# %% best-epoch enumerate
# right: min over numbered losses
def best_epoch(val_loss):
    return min(enumerate(val_loss, start=1), key=lambda pair: pair[1])[0]


# %% best-epoch loop
# right: a plain loop with strict comparison
def best_epoch(val_loss):
    best, epoch = float("inf"), 0
    for number, loss in enumerate(val_loss, 1):
        if epoch == 0 or loss < best:
            best, epoch = loss, number
    return epoch


# %% best-epoch tuples
# right: smallest pair (loss, epoch), so that ties go to the first
def best_epoch(val_loss):
    _, epoch = min(zip(val_loss, range(1, len(val_loss) + 1)))
    return epoch


# %% best-epoch recursion
# right: recursion by halves; the left half wins ties
def best_epoch(val_loss):
    def best(low, high):
        if high - low == 1:
            return low
        middle = (low + high) // 2
        left, right = best(low, middle), best(middle, high)
        return right if val_loss[right] < val_loss[left] else left

    return int(best(0, len(val_loss))) + 1


# %% loss-and-accuracy fancy
# right: fancy indexes and argmax, Python floats
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(own).mean()), float(np.mean(np.argmax(probabilities, axis=1) == labels))


# %% loss-and-accuracy loops
# right: pure Python
import math


def loss_and_accuracy(probabilities, labels):
    total, hits = 0.0, 0
    for row, label in zip(probabilities.tolist(), list(labels)):
        total -= math.log(row[int(label)])
        hits += row.index(max(row)) == label
    return total / len(labels), hits / len(labels)


# %% loss-and-accuracy onehot-einsum
# right: product with one-hot rows
def loss_and_accuracy(probabilities, labels):
    rows = np.equal.outer(np.asarray(labels), np.arange(probabilities.shape[1]))
    loss = -np.einsum("ij,ij->", rows.astype(float), np.log(probabilities)) / len(rows)
    return loss, rows[range(len(rows)), probabilities.argmax(1)].sum() / len(rows)


# %% loss-and-accuracy take-along
# right: take_along_axis, and the mean by TensorFlow in float64
import tensorflow as tf


def loss_and_accuracy(probabilities, labels):
    own = np.take_along_axis(probabilities, np.asarray(labels, int)[:, None], axis=1)[:, 0]
    loss = tf.reduce_mean(-tf.math.log(tf.constant(own, tf.float64))).numpy()
    return loss, np.count_nonzero(probabilities.argmax(axis=-1) == labels) / len(labels)


# %% confusion add-at
# right: np.add.at counts repeated pairs
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


# %% confusion bincount
# right: bincount over one number for each pair
def confusion_matrix(labels, predicted, classes=10):
    pair = np.asarray(labels, dtype=np.int64) * classes + np.asarray(predicted, dtype=np.int64)
    return np.bincount(pair, minlength=classes**2).reshape(classes, classes)


# %% confusion tensorflow [forms]
# right: TensorFlow's own, as an int32 array
import tensorflow as tf


def confusion_matrix(labels, predicted, classes=10):
    return tf.math.confusion_matrix(labels, predicted, num_classes=classes).numpy()


# %% confusion matmul
# right: product of one-hot matrices
def confusion_matrix(labels, predicted, classes=10):
    eye = np.eye(classes, dtype=np.int64)
    return eye[labels].T @ eye[predicted]


# %% confusion counter
# right: a Counter of pairs
from collections import Counter


def confusion_matrix(labels, predicted, classes=10):
    seen = Counter(zip(map(int, labels), map(int, predicted)))
    return np.array([[seen[row, column] for column in range(classes)] for row in range(classes)])


# %% mistakes lexsort
# right: lexsort by sureness, then position
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.lexsort((wrong, -probabilities.max(axis=1)[wrong]))][:count]


# %% mistakes sorted
# right: Python's sorted is stable, also reversed
def surest_mistakes(probabilities, labels, count=4):
    guess = np.argmax(probabilities, axis=1)
    wrong = [i for i in range(len(labels)) if guess[i] != labels[i]]
    wrong = sorted(wrong, key=lambda i: probabilities[i, guess[i]], reverse=True)
    return np.array(wrong[:count], dtype=int)


# %% mistakes heap
# right: nsmallest of (minus sureness, position)
import heapq


def surest_mistakes(probabilities, labels, count=4):
    pairs = (
        (-float(max(row)), i)
        for i, (row, label) in enumerate(zip(probabilities, labels))
        if int(row.argmax()) != label
    )
    return np.fromiter((i for _, i in heapq.nsmallest(count, pairs)), dtype=np.int64)


# %% mistakes masked-pick
# right: takes the surest mistake again and again and strikes it out
def surest_mistakes(probabilities, labels, count=4):
    sure = np.where(probabilities.argmax(1) == labels, -np.inf, probabilities.max(1))
    found = np.empty(0, dtype=np.intp)
    while len(found) < count and len(sure) and np.isfinite(sure.max()):
        found = np.append(found, sure.argmax())
        sure[found[-1]] = -np.inf
    return found


# %% own-training fit
# right: a small convolutional network, Adam, fit
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=10, verbose=0)
    return model


# %% own-training gradient-tape [forms]
# right: a loop of its own with GradientTape, logits at the end and a cross-entropy that takes them
import tensorflow as tf


def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(24, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(48, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    optimizer = keras.optimizers.Adam(0.002)
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply_gradients(
            zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        )

    data = (
        tf.data.Dataset.from_tensor_slices((images, labels))
        .shuffle(len(images))
        .batch(50, drop_remainder=True)
    )
    for _ in range(10):
        for x, y in data:
            step(x, y)
    return model


# %% own-training train-on-batch
# right: functional model, one-hot labels, train_on_batch in a loop that watches the clock
import time


def train(images, labels):
    start, generator = time.monotonic(), np.random.default_rng(1)
    image = keras.Input((28, 28, 1))
    x = keras.layers.Rescaling(2.0, offset=-1.0)(image)
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Dropout(0.3)(keras.layers.Flatten()(x))
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))
    model.compile("nadam", "categorical_crossentropy")
    rows = keras.utils.to_categorical(labels, 10)
    for _ in range(12):
        order = generator.permutation(len(images))
        for at in range(0, len(order), 64):
            chosen = order[at : at + 64]
            model.train_on_batch(images[chosen], rows[chosen])
        if time.monotonic() - start > 35:
            break
    return model


# %% rung-a functional-again
# why right: functional API, explicit objects, an ordered dict with the usual batch size written out
from collections import OrderedDict


def rung_a():
    L = keras.layers
    inputs = keras.Input(shape=(28, 28, 1))
    x = inputs
    for filters in (32, 64):
        x = L.Conv2D(filters, 5)(x)
        x = L.ReLU()(x)
        x = L.MaxPooling2D()(x)
    outputs = L.Softmax()(L.Dense(10)(L.Flatten()(x)))
    model = keras.Model(inputs, outputs)
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return OrderedDict(model=model, epochs=5, batch_size=32)


# %% rung-a table
# why right: a table of layer classes and settings, turned into a Sequential
def rung_a():
    table = [
        ("Conv2D", dict(filters=32, kernel_size=(5, 5), activation="relu")),
        ("MaxPooling2D", dict(pool_size=(2, 2))),
        ("Conv2D", dict(filters=64, kernel_size=(5, 5), activation="relu")),
        ("MaxPooling2D", dict(pool_size=(2, 2))),
        ("Flatten", {}),
        ("Dense", dict(units=10, activation="softmax")),
    ]
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for name, settings in table:
        model.add(getattr(keras.layers, name)(**settings))
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b partials
# why right: functools.partial for what the convolutions share
from functools import partial


def rung_b():
    conv = partial(keras.layers.Conv2D, padding="same", activation="relu")
    pool = partial(keras.layers.MaxPooling2D, pool_size=2)
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            *(conv(64, 7), pool()),
            *(conv(128, 3), pool()),
            keras.layers.Flatten(),
            keras.layers.Dense(64, "relu"),
            keras.layers.Dense(10, "softmax"),
        ]
    )
    model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return dict(epochs=5, model=model)


# %% rung-b zeros-by-hand
# why right: the padding is a layer of its own, three zeros each side for 7 x 7 and one for 3 x 3
def rung_b():
    L = keras.layers
    x = inputs = keras.Input(shape=(28, 28, 1))
    for filters, side in [(64, 7), (128, 3)]:
        x = L.ZeroPadding2D(side // 2)(x)
        x = L.Conv2D(filters, side, activation="relu")(x)
        x = L.MaxPooling2D()(x)
    x = L.Dense(64, activation="relu")(L.Flatten()(x))
    model = keras.Model(inputs, L.Dense(10, activation="softmax")(x))
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c compiled-again
# why right: rung b's model compiled a second time, which replaces the optimizer
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer=keras.optimizers.Adam(),
        loss=recipe["model"].loss,
        metrics=["accuracy"],
    )
    return recipe


# %% rung-c copy-and-compile
# why right: a clone of rung b's model, compiled with adam; a merged dict
def rung_c():
    base = rung_b()
    copy = keras.models.clone_model(base["model"])
    copy.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return base | {"model": copy}


# %% rung-d generator-again
# why right: a generator yields the layers one after the other
def rung_d():
    L = keras.layers

    def stack():
        yield keras.Input(shape=(28, 28, 1))
        for filters, middle, drop in [
            (32, L.BatchNormalization, 0),
            (32, L.BatchNormalization, 0.25),
            (64, L.MaxPooling2D, 0.25),
            (128, L.BatchNormalization, 0.25),
        ]:
            yield L.Conv2D(filters, 3, padding="same", activation="relu")
            yield middle()
            if drop:
                yield L.Dropout(drop)
        yield L.Flatten()
        for units in (512, 128):
            yield L.Dense(units, activation="relu")
            yield L.BatchNormalization()
            yield L.Dropout(0.5)
        yield L.Dense(10, activation="softmax")

    model = keras.Sequential(list(stack()))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d nested-blocks
# why right: functional blocks with ReLU as layers and the channel axis named
def rung_d():
    L = keras.layers

    def conv(x, filters):
        return L.Activation("relu")(L.Conv2D(filters, (3, 3), padding="same")(x))

    def dense(x, units):
        x = L.ReLU()(L.Dense(units)(x))
        return L.Dropout(rate=1 / 2)(L.BatchNormalization(axis=1)(x))

    i = keras.Input((28, 28, 1))
    x = L.BatchNormalization(axis=3)(conv(i, 32))
    x = L.Dropout(rate=1 / 4)(L.BatchNormalization(axis=3)(conv(x, 32)))
    x = L.Dropout(rate=1 / 4)(L.MaxPool2D((2, 2), padding="same")(conv(x, 64)))
    x = L.Dropout(rate=1 / 4, seed=7)(L.BatchNormalization(axis=3)(conv(x, 128)))
    x = dense(dense(L.Flatten()(x), 512), 128)
    model = keras.Model(i, L.Dense(10, activation="softmax")(x))
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e geomspace-again
# why right: a geometric sequence from the first rate to the last
import numpy as np


def rung_e():
    rates = np.geomspace(0.001, 0.001 * 0.9**29, num=30)
    return {**rung_d(), "epochs": 30, "learning_rates": rates.tolist()}


# %% rung-e accumulate-again
# why right: each rate is the one before times 0.9
from itertools import accumulate, repeat


def rung_e():
    recipe = rung_d()
    recipe["learning_rates"] = [*accumulate(repeat(0.9, 29), lambda rate, factor: rate * factor, initial=1e-3)]
    recipe["epochs"] = len(recipe["learning_rates"])
    return recipe


# %% split np-delete
# why right: np.delete takes the held-back positions away
import numpy as np


def split(images, labels, every=10):
    held = slice(every - 1, None, every)
    return (
        (np.delete(images, held, axis=0), np.delete(labels, held, axis=0)),
        (images[held], labels[held]),
    )


# %% split counting-down
# why right: a walk over the images with a countdown, arrays made of the two lists of positions
import numpy as np


def split(images, labels, every=10):
    kept, held, left = [], [], every
    for position in range(len(images)):
        left -= 1
        if left:
            kept.append(position)
        else:
            held.append(position)
            left = every
    kept, held = np.array(kept, dtype=int), np.array(held, dtype=int)
    return tuple((images[some], labels[some]) for some in (kept, held))


# %% best-epoch min-of-pairs
# why right: pairs of loss and epoch; of equal losses the smaller epoch is the smaller pair
def best_epoch(val_loss):
    return min((loss, epoch) for epoch, loss in enumerate(val_loss, start=1))[1]


# %% best-epoch from-behind
# why right: goes backwards and also takes equal ones, so the first stays
def best_epoch(val_loss):
    best = len(val_loss)
    for epoch in range(len(val_loss), 0, -1):
        if val_loss[epoch - 1] <= val_loss[best - 1]:
            best = epoch
    return best


# %% loss-and-accuracy one-hot
# why right: a comparison makes the one-hot rows that pick the own class
import numpy as np


def loss_and_accuracy(probabilities, labels):
    own = np.equal.outer(labels, np.arange(probabilities.shape[1]))
    loss = -np.log(probabilities)[own].mean()
    hits = np.argmax(probabilities, axis=1) == labels
    return loss, np.count_nonzero(hits) / hits.size


# %% loss-and-accuracy pure-python
# why right: math.log and lists, mean at the end
import math
from statistics import fmean


def loss_and_accuracy(probabilities, labels):
    losses, hits = [], []
    for row, label in zip(probabilities.tolist(), labels.tolist()):
        losses.append(math.log(1 / row[label]))
        hits.append(row.index(max(row)) == label)
    return fmean(losses), fmean(hits)


# %% confusion one-hot-product
# why right: one-hot rows of both, multiplied
import numpy as np


def confusion_matrix(labels, predicted, classes=10):
    identity = np.eye(classes, dtype=np.int64)
    return identity[labels].T @ identity[predicted]


# %% confusion counter-again
# why right: counts pairs and writes them into zeros
from collections import Counter

import numpy as np


def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), dtype=int)
    for (true, guess), times in Counter(zip(labels.tolist(), predicted.tolist())).items():
        matrix[true, guess] = times
    return matrix


# %% mistakes heap-again
# why right: heapq.nsmallest of (minus sure, position)
import heapq

import numpy as np


def surest_mistakes(probabilities, labels, count=4):
    wrong = (
        (-row.max(), i) for i, (row, label) in enumerate(zip(probabilities, labels)) if row.argmax() != label
    )
    return np.array([i for _, i in heapq.nsmallest(count, wrong)], dtype=int)


# %% mistakes right-ones-last
# why right: right ones get sureness -1, a stable sort leaves them at the end, then they are cut off
import numpy as np


def surest_mistakes(probabilities, labels, count=4):
    wrong = np.argmax(probabilities, axis=1) != labels
    sure = np.where(wrong, np.max(probabilities, axis=1), -1.0)
    return np.argsort(-sure, kind="stable")[: min(count, int(wrong.sum()))]


# %% own-training gradient-tape-again
# why right: a loop of one's own with a gradient tape, batches from fresh permutations
import numpy as np
import tensorflow as tf


def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, activation="relu"),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.Adam(0.002)
    loss_of = keras.losses.SparseCategoricalCrossentropy()
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    generator = np.random.default_rng(0)
    x_all, y_all = tf.constant(images), tf.constant(labels, dtype=tf.int32)
    size = min(50, len(images))
    for _ in range(12):
        order = generator.permutation(len(images))
        for start in range(0, len(order) - size + 1, size):
            picked = order[start : start + size]
            step(tf.gather(x_all, picked), tf.gather(y_all, picked))
    return model


# %% own-training train-on-batch-again
# why right: train_on_batch with one-hot labels and a functional model
import numpy as np


def train(images, labels):
    targets = np.eye(10, dtype="float32")[labels]
    inputs = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Conv2D(32, 3, activation="relu")(inputs)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(32, 3, activation="relu")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(64, activation="relu")(x)
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    rng = np.random.default_rng()
    for _ in range(10):
        for batch in np.array_split(rng.permutation(len(images)), max(1, len(images) // 32)):
            model.train_on_batch(images[batch], targets[batch])
    return model


# %% rung-a plain
# right: written out
def rung_a():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(64, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a add-dict
# right: add calls, dict(), batch size named
def rung_a():
    m = keras.Sequential()
    m.add(keras.Input((28, 28, 1)))
    for n in 32, 64:
        m.add(keras.layers.Conv2D(n, 5, activation="relu"))
        m.add(keras.layers.MaxPooling2D())
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(10, activation="softmax"))
    m.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return dict(model=m, epochs=5, batch_size=32)


# %% rung-a functional-again-again
# right: functional model, objects for optimizer and loss
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D

def rung_a():
    inputs = Input(shape=(28, 28, 1))
    x = Conv2D(32, 5, activation="relu")(inputs)
    x = MaxPooling2D(2)(x)
    x = Conv2D(64, 5, activation="relu")(x)
    x = MaxPooling2D(2)(x)
    x = Flatten()(x)
    outputs = Dense(10, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    recipe = {}
    recipe["model"] = model
    recipe["epochs"] = 5
    return recipe


# %% rung-a relu-after-pool-again
# right: ReLU after max pooling gives the same numbers, softmax as a layer
def rung_a():
    L = keras.layers
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        L.Conv2D(32, 5), L.MaxPool2D(), L.ReLU(),
        L.Conv2D(64, 5), L.MaxPool2D(), L.ReLU(),
        L.Flatten(), L.Dense(10), L.Softmax(),
    ])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return {"epochs": 5, "model": model}


# %% rung-b plain
# right: the table, written out
def rung_b():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(64, (7, 7), padding="same", activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b loop-pairs
# right: loop over pairs of filters and size
def rung_b():
    net = keras.Sequential()
    net.add(keras.Input(shape=(28, 28, 1)))
    for filters, size in [(64, 7), (128, 3)]:
        net.add(keras.layers.Conv2D(filters, size, padding="same", activation="relu"))
        net.add(keras.layers.MaxPooling2D(2))
    net.add(keras.layers.Flatten())
    net.add(keras.layers.Dense(64, "relu"))
    net.add(keras.layers.Dense(10, "softmax"))
    net.compile(optimizer=keras.optimizers.SGD(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return dict(rung_a(), model=net)


# %% rung-b functional-activations
# right: functional, activations as layers
def rung_b():
    inp = keras.Input((28, 28, 1))
    h = keras.layers.Conv2D(64, 7, padding="same")(inp)
    h = keras.layers.Activation("relu")(h)
    h = keras.layers.MaxPooling2D()(h)
    h = keras.layers.Conv2D(128, 3, padding="same")(h)
    h = keras.layers.Activation("relu")(h)
    h = keras.layers.MaxPooling2D()(h)
    h = keras.layers.Flatten()(h)
    h = keras.layers.Dense(64)(h)
    h = keras.layers.Activation("relu")(h)
    h = keras.layers.Dense(10)(h)
    h = keras.layers.Activation("softmax")(h)
    model = keras.Model(inp, h)
    model.compile("sgd", keras.losses.sparse_categorical_crossentropy, metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b zero-padding-layer
# right: zeros laid around by a layer, then no padding: the same as "same"
def rung_b():
    L = keras.layers
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        L.ZeroPadding2D(3), L.Conv2D(64, 7, activation="relu"), L.MaxPooling2D(2),
        L.ZeroPadding2D(1), L.Conv2D(128, 3, activation="relu"), L.MaxPooling2D(2),
        L.Flatten(),
        L.Dense(64, activation="relu"),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c recompile-b
# right: rung b compiled again with adam
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-c written-out
# right: written out once more
def rung_c():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c clone
# right: a clone of rung b's model
def rung_c():
    model = keras.models.clone_model(rung_b()["model"])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.001),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5, "batch_size": 32}


# %% rung-c from-config
# right: rebuilt from the layers' configuration, dicts merged
def rung_c():
    b = rung_b()
    model = type(b["model"]).from_config(b["model"].get_config())
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return b | {"model": model}


# %% rung-d plain
# right: the table, written out
def rung_d():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (3, 3), padding="same", activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Conv2D(32, (3, 3), padding="same", activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.25),
        keras.layers.Conv2D(64, (3, 3), padding="same", activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Dropout(0.25),
        keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.25),
        keras.layers.Flatten(),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d conv-helper
# right: helper for the convolutions, add calls
def rung_d():
    L = keras.layers

    def conv(n):
        return L.Conv2D(n, 3, padding="same", activation="relu")

    m = keras.Sequential([keras.Input((28, 28, 1))])
    m.add(conv(32)); m.add(L.BatchNormalization())
    m.add(conv(32)); m.add(L.BatchNormalization()); m.add(L.Dropout(0.25))
    m.add(conv(64)); m.add(L.MaxPool2D()); m.add(L.Dropout(0.25))
    m.add(conv(128)); m.add(L.BatchNormalization()); m.add(L.Dropout(0.25))
    m.add(L.Flatten())
    for units in (512, 128):
        m.add(L.Dense(units, activation="relu"))
        m.add(L.BatchNormalization())
        m.add(L.Dropout(0.5))
    m.add(L.Dense(10, activation="softmax"))
    m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": m, "epochs": 5}


# %% rung-d functional
# right: functional, with ReLU layers
def rung_d():
    from keras import layers as kl

    inp = keras.Input(shape=(28, 28, 1))
    x = inp
    plan = [(32, "n", 0), (32, "n", 0.25), (64, "p", 0.25), (128, "n", 0.25)]
    for filters, kind, drop in plan:
        x = kl.Conv2D(filters, (3, 3), padding="same")(x)
        x = kl.ReLU()(x)
        x = kl.BatchNormalization()(x) if kind == "n" else kl.MaxPooling2D((2, 2))(x)
        if drop:
            x = kl.Dropout(drop)(x)
    x = kl.Flatten()(x)
    for units in [512, 128]:
        x = kl.Dense(units)(x)
        x = kl.ReLU()(x)
        x = kl.BatchNormalization()(x)
        x = kl.Dropout(0.5)(x)
    out = kl.Dense(10, activation="softmax")(x)
    model = keras.Model(inp, out)
    model.compile(optimizer=keras.optimizers.Adam(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d nested-blocks-again
# right: blocks that are Sequential models themselves
def _block(*layers):
    return keras.Sequential(list(layers))

def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    dense = lambda n: _block(L.Dense(n, activation="relu"), L.BatchNormalization(), L.Dropout(0.5))
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        _block(conv(32), L.BatchNormalization()),
        _block(conv(32), L.BatchNormalization(), L.Dropout(0.25)),
        _block(conv(64), L.MaxPooling2D(2), L.Dropout(0.25)),
        _block(conv(128), L.BatchNormalization(), L.Dropout(0.25)),
        L.Flatten(),
        dense(512),
        dense(128),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e comprehension
# right: powers of 0.9
def rung_e():
    recipe = rung_d()
    recipe["epochs"] = 30
    recipe["learning_rates"] = [0.001 * 0.9 ** i for i in range(30)]
    return recipe


# %% rung-e append-loop
# right: each rate from the one before
def rung_e():
    d = rung_d()
    rates = [0.001]
    while len(rates) < 30:
        rates.append(rates[-1] * 0.9)
    return {"model": d["model"], "epochs": 30, "learning_rates": rates}


# %% rung-e numpy-tolist
# right: numpy powers, made a list
def rung_e():
    epochs = 30
    lr = 1e-3 * np.power(0.9, np.arange(epochs))
    return {**rung_d(), "epochs": epochs, "learning_rates": lr.tolist()}


# %% rung-e accumulate-again-again
# right: itertools.accumulate
from itertools import accumulate, repeat
from operator import mul

def rung_e():
    return rung_d() | {
        "epochs": 30,
        "learning_rates": list(accumulate(repeat(0.9, 29), mul, initial=0.001)),
    }


# %% rung-e schedule-called
# right: a Keras schedule asked for each epoch
def rung_e():
    schedule = keras.optimizers.schedules.ExponentialDecay(0.001, decay_steps=1, decay_rate=0.9)
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=[float(schedule(e)) for e in range(30)])
    return recipe


# %% split mask-again
# right: a mask of positions
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == every - 1
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split index-lists
# right: lists of positions
def split(images, labels, every=10):
    train_idx, val_idx = [], []
    for i in range(len(images)):
        if (i + 1) % every == 0:
            val_idx.append(i)
        else:
            train_idx.append(i)
    train_idx = np.array(train_idx, dtype=int)
    val_idx = np.array(val_idx, dtype=int)
    return (images[train_idx], labels[train_idx]), (images[val_idx], labels[val_idx])


# %% split slice-delete
# right: a slice and np.delete
def split(images, labels, every=10):
    where = slice(every - 1, None, every)
    validation = images[where], labels[where]
    training = np.delete(images, where, axis=0), np.delete(labels, where, axis=0)
    return training, validation


# %% split setdiff
# right: difference of positions
def split(images, labels, every=10):
    all_positions = np.arange(len(labels))
    val = np.arange(every - 1, len(labels), every)
    tr = np.setdiff1d(all_positions, val)
    train_set = (images[tr], labels[tr])
    val_set = (images[val], labels[val])
    return train_set, val_set


# %% split inner-pick
# right: inner function over both arrays, mask set by a slice
def split(images, labels, every=10):
    keep = np.ones(len(images), dtype=bool)
    keep[every - 1 :: every] = False
    pick = lambda m: tuple(a[m] for a in (images, labels))
    return pick(keep), pick(np.logical_not(keep))


# %% best-epoch index-min
# right: index of the minimum
def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


# %% best-epoch argmin
# right: argmin, made an int
def best_epoch(val_loss):
    return int(np.argmin(val_loss)) + 1


# %% best-epoch loop-again
# right: loop with the best so far
def best_epoch(val_loss):
    best = 0
    for i in range(1, len(val_loss)):
        if val_loss[i] < val_loss[best]:
            best = i
    return best + 1


# %% best-epoch enumerate-min
# right: the smallest pair of loss and epoch
def best_epoch(val_loss):
    loss, epoch = min((loss, epoch) for epoch, loss in enumerate(val_loss, start=1))
    return epoch


# %% best-epoch stable-sorted
# right: sorted is stable
def best_epoch(val_loss):
    epochs = range(1, len(val_loss) + 1)
    return sorted(epochs, key=lambda e: val_loss[e - 1])[0]


# %% loss-and-accuracy fancy-again
# right: fancy indexing
def loss_and_accuracy(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    loss = np.mean(-np.log(p))
    accuracy = np.mean(np.argmax(probabilities, axis=1) == labels)
    return loss, accuracy


# %% loss-and-accuracy loop
# right: loop with math.log
import math

def loss_and_accuracy(probabilities, labels):
    total = 0
    right = 0
    n = len(labels)
    for row, label in zip(probabilities, labels):
        total -= math.log(row[label])
        if np.argmax(row) == label:
            right += 1
    return total / n, right / n


# %% loss-and-accuracy one-hot-again
# right: one-hot product
def loss_and_accuracy(probabilities, labels):
    onehot = np.eye(probabilities.shape[1])[labels]
    loss = -(onehot * np.log(probabilities)).sum(axis=1).mean()
    acc = (probabilities.argmax(1) == labels).sum() / labels.shape[0]
    return float(loss), float(acc)


# %% loss-and-accuracy take-along-again
# right: take_along_axis
def loss_and_accuracy(probabilities, labels):
    own = np.take_along_axis(probabilities, labels[:, np.newaxis], axis=1)
    guesses = probabilities.argmax(axis=-1)
    return -np.log(own).mean(), np.count_nonzero(guesses == labels) / len(guesses)


# %% loss-and-accuracy comprehensions
# right: list comprehension; accuracy by average
def loss_and_accuracy(probabilities, labels):
    losses = [-np.log(probabilities[i][labels[i]]) for i in range(len(labels))]
    hits = [1 if probabilities[i].argmax() == labels[i] else 0 for i in range(len(labels))]
    return sum(losses) / len(losses), sum(hits) / len(hits)


# %% confusion loop
# right: counted in a loop
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), dtype=int)
    for true, guess in zip(labels, predicted):
        matrix[true, guess] += 1
    return matrix


# %% confusion add-at-again
# right: np.add.at
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), int)
    np.add.at(m, (labels, predicted), 1)
    return m


# %% confusion bincount-again
# right: bincount of the pair's number
def confusion_matrix(labels, predicted, classes=10):
    code = np.asarray(labels).astype(int) * classes + np.asarray(predicted)
    return np.bincount(code, minlength=classes * classes).reshape(classes, classes)


# %% confusion tensorflow-again
# right: TensorFlow's own
import tensorflow as tf

def confusion_matrix(labels, predicted, classes=10):
    return tf.math.confusion_matrix(labels, predicted, num_classes=classes).numpy()


# %% confusion double-loop-sum
# right: one sum for each cell
def confusion_matrix(labels, predicted, classes=10):
    result = np.empty((classes, classes), dtype=np.int64)
    for r in range(classes):
        for c in range(classes):
            result[r, c] = np.sum((labels == r) & (predicted == c))
    return result


# %% mistakes stable-argsort
# right: stable sort of the wrong ones
def surest_mistakes(probabilities, labels, count=4):
    predicted = probabilities.argmax(axis=1)
    sure = probabilities.max(axis=1)
    wrong = np.where(predicted != labels)[0]
    order = np.argsort(-sure[wrong], kind="stable")
    return wrong[order][:count]


# %% mistakes sorted-key
# right: sorted with a key, as an int array
def surest_mistakes(probabilities, labels, count=4):
    mistakes = []
    for i in range(len(labels)):
        if np.argmax(probabilities[i]) != labels[i]:
            mistakes.append(i)
    mistakes.sort(key=lambda i: max(probabilities[i]), reverse=True)
    return np.array(mistakes[:count], dtype=int)


# %% mistakes lexsort-again
# right: lexsort by sureness, then by position
def surest_mistakes(probabilities, labels, count=4):
    best = np.max(probabilities, axis=1)
    bad = np.flatnonzero(np.argmax(probabilities, axis=1) != labels)
    return bad[np.lexsort((bad, -best[bad]))[:count]]


# %% mistakes heap-nsmallest
# right: heapq over pairs
import heapq

def surest_mistakes(probabilities, labels, count=4):
    guesses = np.argmax(probabilities, axis=1)
    pairs = ((-float(row[g]), i) for i, (row, g) in enumerate(zip(probabilities, guesses)) if g != labels[i])
    return np.array([i for _, i in heapq.nsmallest(count, pairs)], dtype=np.int64)


# %% own-training plain
# right: the classifier with adam
def train(images, labels):
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=10, verbose=0)
    return model


# %% own-training train-on-batch-again-again
# right: own loop over shuffled batches
def train(images, labels):
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy")
    rng = np.random.default_rng(1)
    for epoch in range(10):
        order = rng.permutation(len(images))
        for start in range(0, len(order), 50):
            part = order[start : start + 50]
            model.train_on_batch(images[part], labels[part])
    return model


# %% own-training one-hot-functional
# right: functional, one-hot labels
def train(images, labels):
    onehot = keras.utils.to_categorical(labels, 10)
    inp = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Conv2D(32, 5, padding="same", activation="relu")(inp)
    x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Conv2D(64, 3, padding="same", activation="relu")(x)
    x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dropout(0.2)(x)
    out = keras.layers.Dense(10, activation="softmax")(x)
    model = keras.Model(inp, out)
    model.compile(optimizer=keras.optimizers.Adam(), loss="categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, onehot, batch_size=32, epochs=10, verbose=0)
    return model


# %% mistakes pick-one-by-one
# right: takes the largest again and again; argmax finds the first of equals
def surest_mistakes(probabilities, labels, count=4):
    rest = np.where(probabilities.argmax(1) == labels, -1.0, probabilities.max(1))
    found = []
    while len(found) < count and rest.max() >= 0:
        i = int(rest.argmax())
        found.append(i)
        rest[i] = -1.0
    return np.array(found, dtype=int)


# %% own-training gradient-tape-again-again
# right: a loop of one's own with a gradient tape
import tensorflow as tf

def train(images, labels):
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"), keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"), keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    optimizer = keras.optimizers.Adam(0.001)
    optimizer.build(model.trainable_variables)
    loss_of = keras.losses.SparseCategoricalCrossentropy()
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images)).batch(32, drop_remainder=True)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))

    for _ in range(10):
        for x, y in data:
            step(x, y)
    return model


# %% rung-a plain-again
# right: the usual list
def rung_a():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(64, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a functional-objects
# right: functional, objects for loss and optimizer, default batch size spelled out
def rung_a():
    inp = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(32, 5)(inp)
    x = keras.layers.ReLU()(x)
    x = keras.layers.MaxPool2D()(x)
    x = keras.layers.Conv2D(64, 5)(x)
    x = keras.layers.ReLU()(x)
    x = keras.layers.MaxPool2D()(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(10)(x)
    out = keras.layers.Softmax()(x)
    net = keras.Model(inp, out)
    net.compile(optimizer=keras.optimizers.SGD(learning_rate=0.01),
                loss=keras.losses.SparseCategoricalCrossentropy(),
                metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")])
    return dict(model=net, epochs=5, batch_size=32)


# %% rung-a loop-relu-after-pool
# right: pairs in a loop; ReLU after max pooling is the same function
def rung_a():
    m = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for f in (32, 64):
        m.add(keras.layers.Conv2D(f, 5))
        m.add(keras.layers.MaxPooling2D())
        m.add(keras.layers.Activation("relu"))
    m.add(keras.layers.Reshape((-1,)))
    m.add(keras.layers.Dense(10, "softmax"))
    m.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    recipe = {}
    recipe["model"] = m
    recipe["epochs"] = 5
    return recipe


# %% rung-b plain-again
# right: the table, row by row
def rung_b():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b zero-padding-layers
# right: padding by hand with ZeroPadding2D, equal to "same" for odd filters
def rung_b():
    K = keras.layers
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        K.ZeroPadding2D(3), K.Conv2D(64, (7, 7), activation="relu"), K.MaxPooling2D((2, 2)),
        K.ZeroPadding2D(1), K.Conv2D(128, (3, 3), activation="relu"), K.MaxPooling2D((2, 2)),
        K.Flatten(), K.Dense(64, activation="relu"), K.Dense(10, activation="softmax"),
    ])
    model.compile("sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b epochs-from-a
# right: takes rung a's recipe and swaps only the model
def rung_b():
    def same(filters, size):
        return [keras.layers.Conv2D(filters, size, padding="SAME".lower(), activation="relu"),
                keras.layers.MaxPooling2D()]
    net = keras.Sequential([keras.Input((28, 28, 1)), *same(64, 7), *same(128, 3), keras.layers.Flatten(),
                            keras.layers.Dense(64, "relu"), keras.layers.Dense(10, "softmax")])
    net.compile(optimizer=keras.optimizers.SGD(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return rung_a() | {"model": net}


# %% rung-c recompile-b-again
# right: compiles rung b's model again with adam
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-c clone-b
# right: a clone of rung b's model, compiled with an Adam object of default settings
def rung_c():
    twin = keras.models.clone_model(rung_b()["model"])
    twin.compile(keras.optimizers.Adam(learning_rate=1e-3, beta_1=0.9, beta_2=0.999),
                 keras.losses.sparse_categorical_crossentropy, metrics=["accuracy"])
    return {"model": twin, "epochs": 5}


# %% rung-c written-out-again
# right: written out again, functional
def rung_c():
    a = keras.Input(shape=(28, 28, 1))
    b = keras.layers.Conv2D(64, 7, padding="same", activation="relu")(a)
    b = keras.layers.MaxPooling2D()(b)
    b = keras.layers.Conv2D(128, 3, padding="same", activation="relu")(b)
    b = keras.layers.MaxPooling2D()(b)
    b = keras.layers.Flatten()(b)
    b = keras.layers.Dense(64, activation="relu")(b)
    b = keras.layers.Dense(10, activation="softmax")(b)
    model = keras.Model(a, b)
    model.compile(optimizer="Adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"epochs": 5, "model": model}


# %% rung-c unpack-and-override
# right: unpacks the recipe, recompiles without naming the metrics anew
def rung_c():
    model, epochs = (rung_b()[k] for k in ("model", "epochs"))
    model.compile(optimizer=keras.optimizers.get("adam"), loss=model.loss, metrics=["accuracy"])
    return dict(model=model, epochs=epochs)


# %% rung-d plain-again
# right: the table in one list
def rung_d():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.25),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Dropout(0.25),
        keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.25),
        keras.layers.Flatten(),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d functional-helpers
# right: functional with a keyword-only helper; ReLU as layers; dropout after flatten (the same values)
def rung_d():
    L = keras.layers

    def conv(x, n, *, bn=False, pool=False, drop=0.0):
        x = L.ReLU()(L.Conv2D(n, (3, 3), padding="same")(x))
        if bn:
            x = L.BatchNormalization()(x)
        if pool:
            x = L.MaxPooling2D((2, 2))(x)
        return L.Dropout(drop)(x) if drop else x

    i = keras.Input((28, 28, 1))
    x = conv(i, 32, bn=True)
    x = conv(x, 32, bn=True, drop=0.25)
    x = conv(x, 64, pool=True, drop=0.25)
    x = conv(x, 128, bn=True)
    x = L.Dropout(0.25)(L.Flatten()(x))
    for n in (512, 128):
        x = L.Dropout(0.5)(L.BatchNormalization()(L.Dense(n, activation="relu")(x)))
    net = keras.Model(i, L.Dense(10, activation="softmax")(x))
    net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": net, "epochs": 5}


# %% rung-d spec-string
# right: the table as a small language that is read token by token
def rung_d():
    spec = "c32 b c32 b d25 c64 m d25 c128 b d25 f u512 b d50 u128 b d50"
    make = {
        "c": lambda n: keras.layers.Conv2D(n, 3, padding="same", activation="relu"),
        "b": lambda n: keras.layers.BatchNormalization(),
        "d": lambda n: keras.layers.Dropout(n / 100),
        "m": lambda n: keras.layers.MaxPooling2D(),
        "f": lambda n: keras.layers.Flatten(),
        "u": lambda n: keras.layers.Dense(n, activation="relu"),
    }
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for token in spec.split():
        model.add(make[token[0]](int(token[1:] or 0)))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer=keras.optimizers.Adam(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e comprehension-again
# right: the plain way
def rung_e():
    recipe = rung_d()
    recipe["epochs"] = 30
    recipe["learning_rates"] = [0.001 * 0.9**i for i in range(30)]
    return recipe


# %% rung-e accumulate-again-again-again
# right: running products
from itertools import accumulate, repeat

def rung_e():
    rates = list(accumulate(repeat(0.9, 29), lambda r, q: r * q, initial=0.001))
    return {**rung_d(), "epochs": len(rates), "learning_rates": rates}


# %% rung-e while-loop
# right: appends to a list until there are thirty
def rung_e():
    rate, rates = 1e-3, []
    while len(rates) < 30:
        rates.append(rate)
        rate *= 0.9
    d = rung_d()
    return dict(model=d["model"], epochs=30, learning_rates=rates)


# %% rung-e logspace-tolist
# right: geometric row by NumPy
def rung_e():
    r = rung_d()
    r.update(epochs=30, learning_rates=np.geomspace(0.001, 0.001 * 0.9**29, num=30).tolist())
    return r


# %% split mask-again-again
# right: boolean mask by remainder
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == every - 1
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split delete-again
# right: slices for what is held back, np.delete for the rest
def split(images, labels, every=10):
    back = slice(every - 1, None, every)
    train = np.delete(images, back, axis=0), np.delete(labels, back, axis=0)
    return train, (images[back], labels[back])


# %% split index-lists-again
# right: two lists of positions
def split(images, labels, every=10):
    train_idx, val_idx = [], []
    for i in range(len(labels)):
        if (i + 1) % every == 0:
            val_idx.append(i)
        else:
            train_idx.append(i)
    train_idx = np.array(train_idx, dtype=int)
    val_idx = np.array(val_idx, dtype=int)
    return (images[train_idx], labels[train_idx]), (images[val_idx], labels[val_idx])


# %% split setdiff-again
# right: positions by set difference
def split(images, labels, every=10):
    n = len(images)
    v = np.arange(every - 1, n, every)
    t = np.setdiff1d(np.arange(n), v)
    pick = lambda idx: (images.take(idx, axis=0), labels.take(idx, axis=0))
    return pick(t), pick(v)


# %% split compress-cycle
# right: np.compress with a mask that cycles
from itertools import cycle, islice

def split(images, labels, every=10):
    pattern = cycle([False] * (every - 1) + [True])
    held = np.array(list(islice(pattern, len(labels))), dtype=bool)
    part = lambda m: tuple(np.compress(m, a, axis=0) for a in (images, labels))
    return part(np.logical_not(held)), part(held)


# %% best-epoch argmin-again
# right: argmin takes the first
def best_epoch(val_loss):
    return int(np.argmin(val_loss)) + 1


# %% best-epoch index-min-again
# right: pure Python
def best_epoch(val_loss):
    return list(val_loss).index(min(val_loss)) + 1


# %% best-epoch manual-loop
# right: keeps the best so far, strictly smaller only
def best_epoch(val_loss):
    best, lowest = 1, val_loss[0]
    for epoch, loss in enumerate(val_loss, start=1):
        if loss < lowest:
            best, lowest = epoch, loss
    return best


# %% best-epoch min-of-pairs-again
# right: tuples compare by loss, then by epoch
def best_epoch(val_loss):
    _, epoch = min(zip(val_loss, range(1, len(val_loss) + 1)))
    return epoch


# %% loss-and-accuracy fancy-index
# right: NumPy indexing
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy math-loop
# right: loops with math.log
import math

def loss_and_accuracy(probabilities, labels):
    total = 0.0
    hits = 0
    for row, label in zip(probabilities, labels):
        total -= math.log(row[label])
        if int(np.argmax(row)) == label:
            hits += 1
    n = len(labels)
    return total / n, hits / n


# %% loss-and-accuracy one-hot-sum
# right: one-hot rows times logarithms
def loss_and_accuracy(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels]
    loss = -(hot * np.log(probabilities)).sum() / len(hot)
    accuracy = np.count_nonzero(np.argmax(probabilities, 1) == labels) / len(hot)
    return float(loss), float(accuracy)


# %% loss-and-accuracy take-along-again-again
# right: take_along_axis and np.average
def loss_and_accuracy(probabilities, labels):
    p = np.take_along_axis(probabilities, np.asarray(labels)[:, None], axis=-1).squeeze(-1)
    right = np.equal(np.argmax(probabilities, axis=-1), labels)
    return np.negative(np.average(np.log(p))), np.average(right)


# %% confusion double-index-loop
# right: counts one by one
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), dtype=int)
    for t, p in zip(labels, predicted):
        matrix[t, p] += 1
    return matrix


# %% confusion bincount-again-again
# right: one number per pair, counted
def confusion_matrix(labels, predicted, classes=10):
    pair = np.asarray(labels).astype(np.int64) * classes + np.asarray(predicted).astype(np.int64)
    return np.bincount(pair, minlength=classes * classes).reshape(classes, classes)


# %% confusion one-hot-product-again
# right: product of one-hot matrices
def confusion_matrix(labels, predicted, classes=10):
    eye = np.identity(classes, dtype=int)
    return eye[labels].T @ eye[predicted]


# %% confusion nested-sums
# right: a comprehension over all cells
def confusion_matrix(labels, predicted, classes=10):
    return np.array([[int(np.sum((labels == r) & (predicted == c))) for c in range(classes)]
                     for r in range(classes)])


# %% confusion add-at-again-again
# right: unbuffered adding
def confusion_matrix(labels, predicted, classes=10):
    out = np.zeros([classes] * 2, np.int64)
    np.add.at(out, (labels, predicted), 1)
    return out


# %% mistakes stable-argsort-again
# right: stable sort of the negative probability
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(-sure, kind="stable")][:count]


# %% mistakes sorted-tuples
# right: pure Python, sorted by (-probability, position)
def surest_mistakes(probabilities, labels, count=4):
    found = []
    for i, (row, label) in enumerate(zip(probabilities, labels)):
        guess = int(np.argmax(row))
        if guess != label:
            found.append((-float(row[guess]), i))
    return np.array([i for _, i in sorted(found)[:count]], dtype=int)


# %% mistakes heapq
# right: heapq.nlargest keeps the order of equal ones
import heapq

def surest_mistakes(probabilities, labels, count=4):
    guess, top = probabilities.argmax(1), probabilities.max(1)
    wrong = (i for i in range(len(labels)) if guess[i] != labels[i])
    return np.array(heapq.nlargest(count, wrong, key=lambda i: top[i]), dtype=np.int64)


# %% mistakes lexsort-then-filter
# right: orders all images first, then filters
def surest_mistakes(probabilities, labels, count=4):
    sure = np.max(probabilities, axis=1)
    order = np.lexsort((np.arange(len(sure)), -sure))
    bad = np.argmax(probabilities, axis=1)[order] != np.asarray(labels)[order]
    return order[bad][:count]


# %% own-training small-cnn-fit
# right: a small network, adam, plain fit
def train(images, labels):
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=8, verbose=0)
    return model


# %% own-training one-hot-train-on-batch
# right: one-hot labels and train_on_batch in a loop of its own, stops by the clock
import time

def train(images, labels):
    start = time.time()
    y = keras.utils.to_categorical(labels, 10)
    inp = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(32, 5, strides=2, padding="same", activation="relu")(inp)
    x = keras.layers.Conv2D(64, 3, strides=2, padding="same", activation="relu")(x)
    x = keras.layers.Flatten()(x)
    net = keras.Model(inp, keras.layers.Dense(10, activation="softmax")(x))
    net.compile(optimizer="adam", loss="categorical_crossentropy")
    rng = np.random.default_rng(1)
    for epoch in range(12):
        order = rng.permutation(len(images))
        for i in range(0, len(order), 50):
            pick = order[i:i + 50]
            net.train_on_batch(images[pick], y[pick])
        if time.time() - start > 35:
            break
    return net


# %% own-training gradient-tape-again-again-again
# right: a training loop with TensorFlow's GradientTape; batches by tf.data
import tensorflow as tf

def train(images, labels):
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(24, 5, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(48, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    adam = keras.optimizers.Adam(0.002)
    adam.build(model.trainable_variables)
    cross_entropy = keras.losses.SparseCategoricalCrossentropy()

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = cross_entropy(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        adam.apply_gradients(zip(grads, model.trainable_variables))

    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images)).batch(60, drop_remainder=True)
    for _ in range(8):
        for x, y in data:
            step(x, y)
    return model


# %% rung-a g2-functional-separate-activations
# why: functional, separate ReLU and Softmax layers, objects for loss and optimizer
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    start = x = keras.Input((28, 28, 1))
    for filters in (32, 64):
        x = L.ReLU()(L.Conv2D(filters, 5)(x))
        x = L.MaxPooling2D(2)(x)
    x = L.Softmax()(L.Dense(10)(L.Flatten()(x)))
    model = keras.Model(start, x)
    model.compile(
        keras.optimizers.SGD(), keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"]
    )
    return {"model": model, "epochs": 5}


# %% rung-a g2-add-with-batch-size
# why: layers added one at a time, the batch size said outright
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    recipe = dict(batch_size=32, epochs=5)
    recipe["model"] = model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, (5, 5), activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Conv2D(64, (5, 5), activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return recipe


# %% rung-a g2-comprehension-reshape
# why: pairs of layers from a comprehension, Reshape for Flatten, loss given as a function
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    from keras.layers import Conv2D, Dense, MaxPool2D, Reshape

    pairs = [layer for n in (32, 64) for layer in (Conv2D(n, 5, activation=keras.ops.relu), MaxPool2D())]
    model = keras.Sequential([keras.Input((28, 28, 1)), *pairs, Reshape((-1,)), Dense(10, "softmax")])
    model.compile("SGD", keras.losses.sparse_categorical_crossentropy, metrics=["accuracy"])
    return {"epochs": 5, "model": model}


# %% rung-a g2-cloned-from-config
# why: the compiled model is rebuilt from its own configuration and compiled then
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    plan = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model = keras.models.clone_model(plan)
    model.compile(
        optimizer=keras.optimizers.get("sgd"),
        loss=keras.losses.get("sparse_categorical_crossentropy"),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return {"model": model, "epochs": 5}


# %% rung-b g2-table-in-tuples
# why: the table of the text as data, walked by a functional builder
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    table = [(64, 7), (128, 3)]
    inputs = x = keras.Input((28, 28, 1))
    for filters, size in table:
        x = keras.layers.Conv2D(filters, size, padding="same", activation="relu")(x)
        x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    for units, activation in ((64, "relu"), (10, "softmax")):
        x = keras.layers.Dense(units, activation=activation)(x)
    model = keras.Model(inputs, x)
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b g2-zero-padding-layers
# why: ZeroPadding2D before unpadded convolutions is what padding "same" does here
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        L.ZeroPadding2D(3),
        L.Conv2D(64, 7, activation="relu"),
        L.MaxPooling2D(),
        L.ZeroPadding2D(1),
        L.Conv2D(128, 3, activation="relu"),
        L.MaxPooling2D(),
        L.Flatten(),
        L.Dense(64, activation="relu"),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b g2-changes-recipe-of-a
# why: keeps epochs from rung a's recipe and replaces the model
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    from functools import partial

    same = partial(keras.layers.Conv2D, padding="same", activation="relu")
    pool, dense = keras.layers.MaxPooling2D, keras.layers.Dense
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        *(same(64, 7), pool(2)),
        *(same(128, 3), pool(2)),
        *(keras.layers.Flatten(), dense(64, "relu"), dense(10, "softmax")),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {**rung_a(), "model": model}


# %% rung-b g2-activation-layers
# why: activations as layers of their own
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for convolution in (L.Conv2D(64, 7, padding="same"), L.Conv2D(128, 3, padding="same")):
        for layer in (convolution, L.Activation("relu"), L.MaxPool2D(2)):
            model.add(layer)
    for layer in (L.Flatten(), L.Dense(64), L.Activation("relu"), L.Dense(10), L.Activation("softmax")):
        model.add(layer)
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return dict(model=model, epochs=5)


# %% rung-c g2-recompiles-b
# why: rung b's recipe, its model compiled anew with Adam
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c g2-adam-object
# why: an Adam object with its own default settings spelled out
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    model = keras.models.clone_model(rung_b()["model"])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=False),
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-c g2-spelled-out
# why: the whole network written anew in functional style
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    start = keras.Input(shape=(28, 28, 1), name="pixels")
    x = keras.layers.Conv2D(64, 7, padding="same")(start)
    x = keras.activations.relu(x)
    x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Conv2D(128, 3, padding="same")(x)
    x = keras.activations.relu(x)
    x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(64, activation="relu")(x)
    model = keras.Model(start, keras.layers.Dense(10, activation="softmax")(x))
    model.compile("Adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c g2-through-compile-config
# why: takes over how rung b was compiled and exchanges the optimizer only
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    recipe = rung_b()
    how = {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"], "optimizer": "sgd"}
    how |= {"optimizer": keras.optimizers.Adam()}
    recipe["model"].compile(**how)
    return {key: recipe[key] for key in ("model", "epochs")}


# %% rung-d g2-long-list
# why: the table written down layer by layer
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        L.Conv2D(32, 3, padding="same", activation="relu"),
        L.BatchNormalization(),
        L.Conv2D(32, 3, padding="same", activation="relu"),
        L.BatchNormalization(),
        L.Dropout(0.25),
        L.Conv2D(64, 3, padding="same", activation="relu"),
        L.MaxPooling2D(2),
        L.Dropout(0.25),
        L.Conv2D(128, 3, padding="same", activation="relu"),
        L.BatchNormalization(),
        L.Dropout(0.25),
        L.Flatten(),
        L.Dense(512, activation="relu"),
        L.BatchNormalization(),
        L.Dropout(0.5),
        L.Dense(128, activation="relu"),
        L.BatchNormalization(),
        L.Dropout(0.5),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d g2-functional-helpers
# why: functional style with keyword-only helpers
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    from keras import layers

    def after(x, *, norm=False, pool=False, drop=0.0):
        if norm:
            x = layers.BatchNormalization()(x)
        if pool:
            x = layers.MaxPooling2D(2)(x)
        return layers.Dropout(drop)(x) if drop else x

    def conv(x, filters):
        return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)

    start = keras.Input((28, 28, 1))
    x = after(conv(start, 32), norm=True)
    x = after(conv(x, 32), norm=True, drop=0.25)
    x = after(conv(x, 64), pool=True, drop=0.25)
    x = after(conv(x, 128), norm=True, drop=0.25)
    x = layers.Flatten()(x)
    for units in (512, 128):
        x = after(layers.Dense(units, activation="relu")(x), norm=True, drop=0.5)
    model = keras.Model(start, layers.Dense(10, activation="softmax")(x))
    model.compile(keras.optimizers.Adam(), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d g2-mini-language
# why: the table as a line of text that a small parser turns into layers
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    words = {
        "c": lambda n: L.Conv2D(int(n), (3, 3), padding="same", activation="relu"),
        "d": lambda n: L.Dense(int(n), activation="relu"),
        "o": lambda n: L.Dropout(float(n) / 100),
        "b": lambda n: L.BatchNormalization(),
        "p": lambda n: L.MaxPooling2D(int(n)),
        "f": lambda n: L.Flatten(),
    }
    plan = "c32 b c32 b o25 c64 p2 o25 c128 b o25 f d512 b o50 d128 b o50"
    model = keras.Sequential([keras.Input((28, 28, 1))] + [words[w[0]](w[1:]) for w in plan.split()])
    model.add(L.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5, "batch_size": 32}


# %% rung-d g2-relu-as-layer
# why: ReLU as a layer of its own, between convolution and normalization as in the table
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    stack = [keras.Input((28, 28, 1))]
    for filters, extras in [
        (32, [L.BatchNormalization()]),
        (32, [L.BatchNormalization(), L.Dropout(0.25)]),
        (64, [L.MaxPooling2D(), L.Dropout(0.25)]),
        (128, [L.BatchNormalization(), L.Dropout(0.25)]),
    ]:
        stack += [L.Conv2D(filters, 3, padding="same"), L.ReLU(), *extras]
    stack.append(L.Flatten())
    for units in (512, 128):
        stack += [L.Dense(units), L.ReLU(), L.BatchNormalization(), L.Dropout(0.5)]
    stack.append(L.Dense(10, activation="softmax"))
    model = keras.Sequential(stack)
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e g2-accumulate
# why: the rates from itertools.accumulate
from itertools import accumulate, repeat

def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    rates = list(accumulate(repeat(0.9, 29), lambda rate, factor: rate * factor, initial=0.001))
    return rung_d() | {"epochs": len(rates), "learning_rates": rates}


# %% rung-e g2-powers
# why: NumPy powers turned into a list
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=(1e-3 * 0.9 ** np.arange(30)).tolist())
    return recipe


# %% rung-e g2-generator
# why: a generator that takes nine tenths at each step
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    def shrink(rate, left):
        while left:
            yield rate
            rate, left = rate * 0.9, left - 1

    recipe = dict(rung_d())
    recipe["learning_rates"] = [*shrink(0.001, 30)]
    recipe["epochs"] = 30
    return recipe


# %% rung-e g2-geometric-exp
# why: by exponential function, with the model of rung d taken out
import math

def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    step = math.log(0.9)
    rates = [math.exp(math.log(0.001) + epoch * step) for epoch in range(30)]
    return {"model": rung_d()["model"], "epochs": 30, "learning_rates": rates}


# %% split g2-delete-and-stride
# why: a slice for the held back, np.delete for the rest
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    held = slice(every - 1, None, every)
    rest = tuple(np.delete(a, np.s_[every - 1 :: every], axis=0) for a in (images, labels))
    return rest, (images[held], labels[held])


# %% split g2-mask-from-positions
# why: a Boolean mask counted from 1
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    held = np.arange(1, len(images) + 1) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split g2-index-lists
# why: two lists of positions, collected in a loop
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    keep, hold = [], []
    for position in range(len(labels)):
        (hold if position % every == every - 1 else keep).append(position)
    keep, hold = np.array(keep, dtype=int), np.array(hold, dtype=int)
    return (np.take(images, keep, axis=0), np.take(labels, keep, axis=0)), (np.take(images, hold, axis=0), np.take(labels, hold, axis=0))


# %% split g2-set-difference
# why: setdiff1d of positions, named tuples returned
from collections import namedtuple

Part = namedtuple("Part", ["images", "labels"])

def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    everything = np.arange(len(labels))
    held = everything[every - 1 :: every]
    trained = np.setdiff1d(everything, held)
    return Part(images[trained], labels[trained]), Part(images[held], labels[held])


# %% split g2-tiled-mask
# why: a pattern of Booleans repeated and cut to length, np.compress
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    pattern = np.array([False] * (every - 1) + [True])
    held = np.resize(pattern, len(images))
    parts = [[np.compress(m, a, axis=0) for a in (images, labels)] for m in (~held, held)]
    (a, b), (c, d) = parts
    return (a, b), (c, d)


# %% best-epoch g2-index-of-min
# why: list methods only
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    return val_loss.index(min(val_loss)) + 1


# %% best-epoch g2-min-of-pairs
# why: pairs (loss, epoch); of equal losses the smaller epoch wins
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    lowest, epoch = min(zip(val_loss, range(1, len(val_loss) + 1)))
    return epoch


# %% best-epoch g2-reduce
# why: functools.reduce keeps the earlier unless the later is strictly lower
from functools import reduce

def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    pick = lambda best, other: other if other[1] < best[1] else best
    return reduce(pick, enumerate(val_loss, start=1))[0]


# %% best-epoch g2-halving
# why: recursion by halves
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    def search(low, high):
        if high - low == 1:
            return low
        middle = (low + high) // 2
        left, right = search(low, middle), search(middle, high)
        return left if val_loss[left] <= val_loss[right] else right

    return 1 + search(0, len(val_loss))


# %% best-epoch g2-stable-sort
# why: sorted is stable, so the first of equal ones comes first
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    return sorted(range(len(val_loss)), key=val_loss.__getitem__)[0] + 1


# %% loss-and-accuracy g2-take-along-axis
# why: take_along_axis picks the own class
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    own = np.take_along_axis(probabilities, labels[:, np.newaxis], axis=1)
    right = np.argmax(probabilities, axis=1) == labels
    return -np.log(own).mean(), right.mean()


# %% loss-and-accuracy g2-pure-python
# why: math.log and plain loops
import math

def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    total, hits = [], 0
    for row, label in zip(probabilities.tolist(), labels.tolist()):
        total.append(math.log(1 / row[label]))
        hits += row.index(max(row)) == label
    return math.fsum(total) / len(total), hits / len(total)


# %% loss-and-accuracy g2-one-hot-sum
# why: sum over one-hot rows, the accuracy by a trace of a count table
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    n, classes = probabilities.shape
    one_hot = np.arange(classes) == labels.reshape(-1, 1)
    loss = -np.sum(np.log(probabilities), where=one_hot) / n
    accuracy = np.count_nonzero(one_hot[np.arange(n), probabilities.argmax(1)]) / n
    return float(loss), accuracy


# %% loss-and-accuracy g2-diagonal-choose
# why: fancy indexing on the transposed table, float64 inside, np.average
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    table = np.asarray(probabilities, dtype=np.float64).T
    own = table[labels, range(len(labels))]
    return np.average(np.log(np.reciprocal(own))), np.average(table.argmax(axis=0) == labels)


# %% confusion g2-add-at
# why: np.add.at counts repeated positions
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    table = np.zeros((classes, classes), dtype=int)
    np.add.at(table, (labels, predicted), 1)
    return table


# %% confusion g2-bincount
# why: one number for each pair, bincount
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    pairs = np.ravel_multi_index((labels, predicted), (classes, classes))
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


# %% confusion g2-one-hot-product
# why: product of one-hot matrices of whole numbers
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    names = np.arange(classes)
    rows = (names[:, None] == labels[None, :]).astype(np.int64)
    columns = (predicted[:, None] == names[None, :]).astype(np.int64)
    return rows @ columns


# %% confusion g2-counter
# why: a Counter of pairs, missing pairs count as 0
from collections import Counter

def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    seen = Counter(zip(labels.tolist(), predicted.tolist()))
    return np.array([[seen[true, guess] for guess in range(classes)] for true in range(classes)])


# %% confusion g2-tensorflow
# why: TensorFlow's own function
import tensorflow as tf

def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    return tf.math.confusion_matrix(labels, predicted, num_classes=classes).numpy()


# %% mistakes g2-stable-argsort
# why: stable argsort of the wrong ones' negative sureness
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(-sure, kind="stable")[:count]]


# %% mistakes g2-sorted-key
# why: Python's sorted over positions, an int array made at the end
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    guess = np.argmax(probabilities, axis=1)
    wrong = [i for i in range(len(labels)) if guess[i] != labels[i]]
    wrong.sort(key=lambda i: probabilities[i, guess[i]], reverse=True)
    return np.array(wrong[:count], dtype=int)


# %% mistakes g2-lexsort
# why: lexsort by right or wrong first, then sureness, then position
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    right = probabilities.argmax(1) == labels
    order = np.lexsort((np.arange(len(labels)), -probabilities.max(1), right))
    return order[: min(count, np.count_nonzero(~right))]


# %% mistakes g2-heap
# why: heapq.nsmallest of pairs (negative sureness, position)
import heapq

def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    def mistakes():
        for i, (row, label) in enumerate(zip(probabilities, labels)):
            if (guess := row.argmax()) != label:
                yield -row[guess], i

    return np.fromiter((i for _, i in heapq.nsmallest(count, mistakes())), dtype=np.int64)


# %% mistakes g2-takes-one-by-one
# why: takes the maximum again and again from a copy; argmax gives the first of equal ones
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    sure = np.where(probabilities.argmax(axis=1) == labels, -1.0, probabilities.max(axis=1))
    found = []
    while len(found) < count and len(sure) and sure.max() >= 0:
        found.append(int(sure.argmax()))
        sure[found[-1]] = -1.0
    return np.asarray(found, dtype="int64")


# %% own-training g2-functional-one-hot
# why: functional network with one-hot labels and categorical cross-entropy
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    L = keras.layers
    start = keras.Input(images.shape[1:])
    x = L.MaxPooling2D(2)(L.Conv2D(32, 5, activation="relu")(start))
    x = L.MaxPooling2D(2)(L.Conv2D(64, 5, activation="relu")(x))
    x = L.Dense(10, activation="softmax")(L.Flatten()(x))
    model = keras.Model(start, x)
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, keras.utils.to_categorical(labels, 10), epochs=10, batch_size=32, verbose=0)
    return model


# %% own-training g2-train-on-batch
# why: a loop of the student's own with train_on_batch
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    rng = np.random.default_rng(0)
    for _ in range(10):
        for batch in np.array_split(rng.permutation(len(images)), max(1, len(images) // 50)):
            model.train_on_batch(images[batch], labels[batch])
    return model


# %% own-training g2-gradient-tape
# why: gradient tape and an optimizer, no compile and no fit
import tensorflow as tf

def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    optimizer = keras.optimizers.Adam()
    optimizer.build(model.trainable_variables)
    measure = keras.losses.SparseCategoricalCrossentropy()

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = measure(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    data = tf.data.Dataset.from_tensor_slices((images, labels.astype("int64")))
    for _ in range(10):
        for x, y in data.shuffle(len(images)).batch(32):
            step(x, y)
    return model


# %% own-training g2-ladder-recipe
# why: takes the recipe of rung c and trains it
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    recipe = rung_c()
    model = recipe["model"]
    model.fit(images, labels, epochs=recipe["epochs"], batch_size=32, validation_split=0.05, verbose=0)
    return model


# %% rung-open g2-small-vgg-flips
# why: normalized convolutions with flips, AdamW and rates that fall by cosine
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    L = keras.layers
    epochs = 60
    model = keras.Sequential([keras.Input((28, 28, 1)), L.RandomFlip("horizontal")])
    for filters in (32, 64, 128):
        for _ in range(1 if filters == 128 else 2):
            model.add(L.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(L.BatchNormalization())
        model.add(L.MaxPooling2D(2))
        model.add(L.Dropout(0.25))
    for layer in (L.Flatten(), L.Dense(128, activation="relu"), L.BatchNormalization(), L.Dropout(0.5)):
        model.add(layer)
    model.add(L.Dense(10, activation="softmax"))
    model.compile(
        optimizer=keras.optimizers.AdamW(learning_rate=0.001),
        loss="sparse_categorical_crossentropy", metrics=["accuracy"],
    )
    rates = [0.001 * (1 + float(np.cos(np.pi * e / epochs))) / 2 + 1e-6 for e in range(epochs)]
    return {"model": model, "epochs": epochs, "learning_rates": rates}


# %% rung-open g2-branches
# why: branches joined by Add, global maximum, callbacks that watch the validation loss
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    L = keras.layers
    start = keras.Input((28, 28, 1))
    x = L.RandomFlip("horizontal")(start)
    x = L.Conv2D(32, 3, padding="same", activation="relu")(x)
    x = L.BatchNormalization()(x)
    for filters in (32, 64):
        side = L.Conv2D(filters, 1, padding="same")(x)
        x = L.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = L.BatchNormalization()(x)
        x = L.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = L.BatchNormalization()(x)
        x = L.Dropout(0.2)(L.MaxPooling2D(2)(L.Add()([x, side])))
    x = L.Conv2D(128, 3, padding="same", activation="relu")(x)
    x = L.Dropout(0.25)(L.BatchNormalization()(x))
    x = L.Dropout(0.4)(L.Dense(128, activation="relu")(L.Flatten()(x)))
    model = keras.Model(start, L.Dense(10, activation="softmax")(x))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    callbacks = [
        keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.4, patience=3),
        keras.callbacks.EarlyStopping(monitor="val_loss", patience=9, restore_best_weights=True),
    ]
    return {"model": model, "epochs": 55, "callbacks": callbacks}


# %% rung-open g2-schedule-in-optimizer
# why: nadam with averaged weights and a schedule that counts batches, larger batches
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    from keras import layers

    def block(filters, drop):
        yield layers.Conv2D(filters, 3, padding="same", activation="relu")
        yield layers.BatchNormalization()
        yield layers.Conv2D(filters, 3, padding="same", activation="relu")
        yield layers.BatchNormalization()
        yield layers.MaxPooling2D()
        yield layers.SpatialDropout2D(drop)

    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.RandomTranslation(0.05, 0.05, fill_mode="constant"),
        *block(32, 0.1),
        *block(64, 0.2),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ])
    rate = keras.optimizers.schedules.ExponentialDecay(0.002, decay_steps=200, decay_rate=0.93)
    model.compile(
        keras.optimizers.Nadam(rate, use_ema=True, ema_momentum=0.99),
        "sparse_categorical_crossentropy", metrics=["accuracy"],
    )
    return {"model": model, "epochs": 80, "batch_size": 64}


# %% rung-a r2-functional-objects
# why right: functional API, optimizer and loss as objects, batch size written out
def rung_a():
    x = image = keras.Input((28, 28, 1))
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 5)(x)
        x = keras.layers.ReLU()(x)
        x = keras.layers.MaxPool2D()(x)
    x = keras.layers.Dense(10)(keras.layers.Flatten()(x))
    model = keras.Model(image, keras.layers.Softmax()(x))
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return dict(model=model, epochs=5, batch_size=32)


# %% rung-a r2-ordered-dict
# why right: an OrderedDict is a dict; SGD with its default rate
from collections import OrderedDict


def rung_a():
    layers = keras.layers
    model = keras.Sequential()
    model.add(layers.Input(shape=(28, 28, 1)))
    for power in 5, 6:
        model.add(layers.Conv2D(1 << power, (5, 5), padding="valid", activation=keras.ops.relu))
        model.add(layers.MaxPooling2D((2, 2), strides=2))
    model.add(layers.Reshape((1024,)))
    model.add(layers.Dense(10, keras.activations.softmax))
    model.compile(
        keras.optimizers.SGD(learning_rate=0.01),
        loss=keras.losses.sparse_categorical_crossentropy,
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    recipe = OrderedDict()
    recipe["epochs"] = 5
    recipe["model"] = model
    return recipe


# %% rung-a r2-two-halves
# why right: a model of features inside a model that answers
def rung_a():
    def pair(filters, **more):
        return keras.Sequential(
            [
                keras.layers.Conv2D(filters, 5, activation="relu", **more),
                keras.layers.MaxPooling2D(2),
            ]
        )

    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            pair(32),
            pair(64),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b r2-table
# why right: the table as data, read by getattr
def rung_b():
    table = [
        ("Conv2D", dict(filters=64, kernel_size=7, padding="same", activation="relu")),
        ("MaxPooling2D", dict(pool_size=2)),
        ("Conv2D", dict(filters=128, kernel_size=3, padding="same", activation="relu")),
        ("MaxPooling2D", dict(pool_size=2)),
        ("Flatten", {}),
        ("Dense", dict(units=64, activation="relu")),
        ("Dense", dict(units=10, activation="softmax")),
    ]
    layers = [getattr(keras.layers, name)(**settings) for name, settings in table]
    model = keras.Sequential([keras.Input((28, 28, 1)), *layers])
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b r2-zero-padding
# why right: padding by a layer of its own is the same as "same" for 7 x 7 and 3 x 3
def rung_b():
    x = image = keras.Input((28, 28, 1))
    for filters, size in {64: 7, 128: 3}.items():
        x = keras.layers.ZeroPadding2D(size // 2)(x)
        x = keras.layers.Conv2D(filters, size, activation="relu")(x)
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(64, activation="relu")(x)
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))
    model.compile(
        optimizer="sgd", loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"]
    )
    return {"epochs": 5, "model": model}


# %% rung-b r2-activations-apart
# why right: each activation is a layer of its own, SGD as an object
def rung_b():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1), name="clothing")])
    model.add(keras.layers.Conv2D(64, (7, 7), padding="same"))
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Conv2D(128, (3, 3), padding="same"))
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64))
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Activation("softmax"))
    model.compile(
        keras.optimizers.SGD(), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return {"model": model, "epochs": 5}


# %% rung-c r2-recompile
# why right: takes the recipe of rung b and compiles its model anew
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c r2-updated-copy
# why right: a clone of rung b, Adam as an object with its defaults, dict union
def rung_c():
    old = rung_b()
    model = keras.models.clone_model(old["model"])
    model.compile(
        keras.optimizers.Adam(learning_rate=0.001),
        keras.losses.SparseCategoricalCrossentropy(from_logits=False),
        metrics=[keras.metrics.SparseCategoricalAccuracy("accuracy")],
    )
    return old | {"model": model}


# %% rung-c r2-from-scratch
# why right: builds it again, functional, optimizer through keras.optimizers.get
def rung_c():
    image = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(64, 7, padding="same", activation="relu")(image)
    x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Conv2D(128, 3, padding="same", activation="relu")(x)
    x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(x))
    model = keras.Model(inputs=[image], outputs=keras.layers.Dense(10, activation="softmax")(x))
    model.compile(
        keras.optimizers.get({"class_name": "adam", "config": {}}),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5, "batch_size": 32}


# %% rung-d r2-functional-helpers
# why right: functional with helpers for the repeated parts
def rung_d():
    def convolution(x, filters):
        return keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(x)

    norm = lambda x: keras.layers.BatchNormalization()(x)  # noqa: E731
    drop = lambda x, share: keras.layers.Dropout(share)(x)  # noqa: E731
    image = keras.Input((28, 28, 1))
    x = norm(convolution(image, 32))
    x = drop(norm(convolution(x, 32)), 0.25)
    x = drop(keras.layers.MaxPooling2D(2)(convolution(x, 64)), 0.25)
    x = drop(norm(convolution(x, 128)), 0.25)
    x = keras.layers.Flatten()(x)
    for units in (512, 128):
        x = drop(norm(keras.layers.Dense(units, activation="relu")(x)), 0.5)
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d r2-add-one-by-one
# why right: Sequential.add, all defaults of the layers written out
def rung_d():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    for filters, normed, pooled, share in [
        (32, True, False, 0),
        (32, True, False, 0.25),
        (64, False, True, 0.25),
        (128, True, False, 0.25),
    ]:
        model.add(keras.layers.Conv2D(filters, (3, 3), padding="same", activation="relu"))
        if normed:
            model.add(keras.layers.BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001))
        if pooled:
            model.add(keras.layers.MaxPooling2D(pool_size=(2, 2)))
        if share:
            model.add(keras.layers.Dropout(rate=share))
    model.add(keras.layers.Flatten())
    for units in (512, 128):
        model.add(keras.layers.Dense(units, activation="relu"))
        model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.Dropout(0.5))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(
        optimizer=keras.optimizers.Adam(),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-e r2-power-list
# why right: rung d with the powers of 0.9 as plain numbers
def rung_e():
    return {**rung_d(), "epochs": 30, "learning_rates": [1e-3 * pow(0.9, i) for i in range(30)]}


# %% rung-e r2-accumulated
# why right: each rate from the one before, by itertools.accumulate
from itertools import accumulate, repeat


def rung_e():
    recipe = rung_d()
    rates = list(accumulate(repeat(0.9, 29), lambda rate, factor: rate * factor, initial=0.001))
    recipe.update(epochs=len(rates), learning_rates=rates)
    return recipe


# %% rung-e r2-geomspace
# why right: a geometric series by NumPy, as a list of floats
def rung_e():
    recipe = rung_d()
    recipe["epochs"] = 30
    recipe["learning_rates"] = np.geomspace(0.001, 0.001 * 0.9**29, 30).tolist()
    return recipe


# %% split r2-boolean-mask
# why right: a mask of the positions
def split(images, labels, every=10):
    held = np.arange(1, len(images) + 1) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split r2-delete
# why right: np.delete along the first axis
def split(images, labels, every=10):
    places = np.arange(every - 1, len(labels), every)
    rest = tuple(np.delete(a, places, axis=0) for a in (images, labels))
    return rest, (images[every - 1 :: every], labels[every - 1 :: every])


# %% split r2-take-lists
# why right: two lists of positions by divmod
def split(images, labels, every=10):
    seen, held = [], []
    for i in range(len(images)):
        (held if divmod(i, every)[1] == every - 1 else seen).append(i)
    seen, held = np.array(seen, dtype=int), np.array(held, dtype=int)
    return tuple(tuple(a.take(part, axis=0) for a in (images, labels)) for part in (seen, held))


# %% split r2-compress-closure
# why right: np.compress with a repeated pattern, cut to length
def split(images, labels, every=10):
    pattern = np.resize([True] * (every - 1) + [False], len(images))

    def part(wanted):
        return tuple(np.compress(pattern == wanted, array, axis=0) for array in (images, labels))

    return part(True), part(False)


# %% split r2-set-difference
# why right: positions by set difference, in order
def split(images, labels, every=10):
    everything = np.arange(len(images))
    held = everything[every - 1 :: every]
    kept = np.setdiff1d(everything, held)
    return (images[kept], labels[kept]), (images[held], labels[held])


# %% best-epoch r2-min-key
# why right: the smallest of the epochs by their loss; min takes the first of equals
def best_epoch(val_loss):
    return min(range(1, len(val_loss) + 1), key=lambda epoch: val_loss[epoch - 1])


# %% best-epoch r2-argmin
# why right: NumPy's argmin takes the first of equals
def best_epoch(val_loss):
    return int(np.argmin(np.asarray(val_loss, dtype=float))) + 1


# %% best-epoch r2-pairs
# why right: pairs (loss, epoch), compared as tuples
def best_epoch(val_loss):
    return min((loss, epoch) for epoch, loss in enumerate(val_loss, start=1))[1]


# %% best-epoch r2-recursion
# why right: recursion by halves, the left one wins a draw
def best_epoch(val_loss):
    def best(low, high):
        if high - low == 1:
            return low
        middle = (low + high) // 2
        left, right = best(low, middle), best(middle, high)
        return right if val_loss[right] < val_loss[left] else left

    return best(0, len(val_loss)) + 1


# %% best-epoch r2-stable-sort
# why right: a sorted copy of the positions, sorting is stable
def best_epoch(val_loss):
    first, *_ = sorted(range(len(val_loss)), key=val_loss.__getitem__)
    return first + 1


# %% best-epoch r2-one-pass
# why right: one pass with an infinite start
def best_epoch(val_loss):
    lowest, when = float("inf"), 1
    for epoch, loss in enumerate(val_loss, 1):
        if loss < lowest:
            lowest, when = loss, epoch
    return when


# %% loss-and-accuracy r2-take-along
# why right: take_along_axis
def loss_and_accuracy(probabilities, labels):
    own = np.take_along_axis(probabilities, labels[:, None].astype(int), axis=1)
    return float(-np.log(own).mean()), float((probabilities.argmax(axis=1) == labels).mean())


# %% loss-and-accuracy r2-math-loop
# why right: plain Python with math.fsum
import math


def loss_and_accuracy(probabilities, labels):
    costs, hits = [], 0
    for row, label in zip(probabilities.tolist(), labels.tolist()):
        costs.append(-math.log(row[label]))
        hits += row.index(max(row)) == label
    return math.fsum(costs) / len(costs), hits / len(costs)


# %% loss-and-accuracy r2-one-hot-einsum
# why right: one-hot rows and einsum pick the own probability
def loss_and_accuracy(probabilities, labels):
    rows = np.equal.outer(labels, np.arange(probabilities.shape[1])).astype(float)
    own = np.einsum("ic,ic->i", rows, probabilities)
    hits = np.count_nonzero(np.argmax(probabilities, 1) == labels)
    return -np.log(own).sum() / len(own), hits / len(own)


# %% loss-and-accuracy r2-class-by-class
# why right: sums over the classes with masks
def loss_and_accuracy(probabilities, labels):
    guesses = probabilities.argmax(axis=-1)
    loss = right = 0.0
    for c in range(probabilities.shape[1]):
        mine = labels == c
        loss -= np.log(probabilities[mine, c]).sum()
        right += (guesses[mine] == c).sum()
    return loss / len(labels), right / len(labels)


# %% loss-and-accuracy r2-flat-places
# why right: np.average; own probability from the flat array
def loss_and_accuracy(probabilities, labels):
    count, classes = probabilities.shape
    own = probabilities.ravel()[np.arange(count) * classes + labels.astype(np.int64)]
    return np.average(-np.log(own)), np.average(probabilities.argmax(axis=1) == labels)


# %% confusion r2-add-at
# why right: np.add.at counts repeated places too
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


# %% confusion r2-bincount
# why right: one number for each pair, in wide integers
def confusion_matrix(labels, predicted, classes=10):
    pairs = np.asarray(labels, dtype=np.int64) * classes + np.asarray(predicted, dtype=np.int64)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


# %% confusion r2-matmul
# why right: product of one-hot matrices
def confusion_matrix(labels, predicted, classes=10):
    every = np.arange(classes)
    true = (every[:, None] == labels[None, :]).astype(np.int64)
    return true @ (predicted[:, None] == every).astype(np.int64)


# %% confusion r2-counter
# why right: collections.Counter of the pairs
from collections import Counter


def confusion_matrix(labels, predicted, classes=10):
    seen = Counter(zip(labels.tolist(), predicted.tolist()))
    return np.array([[seen[row, column] for column in range(classes)] for row in range(classes)])


# %% confusion r2-tensorflow
# why right: TensorFlow's own, with the number of classes, as a NumPy array
import tensorflow as tf


def confusion_matrix(labels, predicted, classes=10):
    return tf.math.confusion_matrix(
        labels, predicted, num_classes=classes, dtype=tf.int64
    ).numpy()


# %% confusion r2-histogram
# why right: a histogram in two dimensions, one bin per class
def confusion_matrix(labels, predicted, classes=10):
    edges = np.arange(classes + 1) - 0.5
    return np.histogram2d(labels, predicted, bins=(edges, edges))[0].astype(int)


# %% mistakes r2-stable-argsort
# why right: stable sort of the negative confidence over the wrong ones
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-probabilities[wrong].max(axis=1), kind="stable")
    return wrong[order][:count]


# %% mistakes r2-sorted-tuples
# why right: plain Python, sorted by (-probability, position)
def surest_mistakes(probabilities, labels, count=4):
    found = []
    for i, (row, label) in enumerate(zip(probabilities, labels)):
        if np.argmax(row) != label:
            found.append((-float(row[np.argmax(row)]), i))
    return np.array([i for _, i in sorted(found)[:count]], dtype=int)


# %% mistakes r2-heap
# why right: heapq.nlargest keeps the order of equals, as sorted does
import heapq


def surest_mistakes(probabilities, labels, count=4):
    sure = probabilities.max(axis=1)
    wrong = [i for i, guess in enumerate(probabilities.argmax(axis=1)) if guess != labels[i]]
    return np.fromiter(heapq.nlargest(count, wrong, key=lambda i: sure[i]), dtype=np.int64)


# %% mistakes r2-lexsort
# why right: lexsort by rightness, then confidence, then position
def surest_mistakes(probabilities, labels, count=4):
    hit = np.argmax(probabilities, axis=1) == labels
    order = np.lexsort((np.arange(len(hit)), -np.max(probabilities, axis=1), hit))
    return order[: min(count, int((~hit).sum()))]


# %% mistakes r2-pick-again-and-again
# why right: takes the surest, strikes it out, and again; argmax takes the first of equals
def surest_mistakes(probabilities, labels, count=4):
    sure = np.where(probabilities.argmax(axis=1) != labels, probabilities.max(axis=1), -1.0)
    found = []
    while len(found) < count and len(sure) and sure.max() >= 0:
        found.append(int(sure.argmax()))
        sure[found[-1]] = -1
    return np.array(found, dtype=int)


# %% own-training r2-small-convolutions
# why right: a small convolutional network, Adam
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(24, 5, strides=2, activation="relu"),
            keras.layers.Conv2D(48, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=12, batch_size=50, verbose=0)
    return model


# %% own-training r2-gradient-tape
# why right: a loop of its own with GradientTape
import tensorflow as tf


def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.Adam(0.002)
    cost = keras.losses.SparseCategoricalCrossentropy()

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = cost(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images))
    for x, y in data.repeat(12).batch(64):
        step(x, y)
    return model


# %% own-training r2-one-hot
# why right: one-hot labels, categorical loss, train_on_batch in a loop of its own
def train(images, labels):
    x = image = keras.Input((28, 28, 1))
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(x)
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(x))
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))
    model.compile(keras.optimizers.Nadam(0.002), "categorical_crossentropy")
    rows = keras.utils.to_categorical(labels, 10)
    for _ in range(12):
        order = np.random.permutation(len(images))
        for i in range(0, len(order), 60):
            model.train_on_batch(images[order[i : i + 60]], rows[order[i : i + 60]])
    return model


# %% own-training r2-momentum
# why right: SGD with momentum, every image also seen moved by a pixel
def train(images, labels):
    keras.utils.set_random_seed(7)
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, strides=2, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    sgd = keras.optimizers.SGD(0.02, momentum=0.9, nesterov=True)
    model.compile(sgd, keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    more = np.concatenate([images, np.roll(images, 1, axis=2)])
    model.fit(more, np.concatenate([labels, labels]), epochs=6, batch_size=50, verbose=0)
    return model


# %% split r2-floor-change
# why right: a position is held back where the whole part of (i + 1) / every changes
def split(images, labels, every=10):
    marks = np.diff(np.arange(len(images) + 1) // every).astype(bool)
    groups = ((a[np.invert(marks)], a[marks]) for a in (images, labels))
    (x, x_held), (y, y_held) = groups
    return (x, y), (x_held, y_held)


# %% split r2-isin
# why right: np.isin of the positions, nested function with keyword-only argument
def split(images, labels, every=10):
    last = set(range(every - 1, len(images), every))

    def choose(*, held):
        places = [i for i in range(len(images)) if (i in last) is held]
        index = np.array(places, dtype=np.intp)
        return images[index], labels[index]

    return choose(held=False), choose(held=True)


# %% best-epoch r2-index
# why right: list.index finds the first of equals
def best_epoch(val_loss):
    return 1 + list(val_loss).index(min(val_loss))


# %% best-epoch r2-backwards
# why right: walks backwards and lets equals win, so that the first one stays
def best_epoch(val_loss):
    best = len(val_loss)
    for epoch in reversed(range(1, len(val_loss) + 1)):
        if val_loss[epoch - 1] <= val_loss[best - 1]:
            best = epoch
    return best


# %% loss-and-accuracy r2-statistics
# why right: statistics.fmean over generators
from math import log
from statistics import fmean


def loss_and_accuracy(probabilities, labels):
    loss = fmean(-log(row[label]) for row, label in zip(probabilities, labels))
    return loss, fmean(float(np.argmax(row) == label) for row, label in zip(probabilities, labels))


# %% loss-and-accuracy r2-masked-where
# why right: logarithms of all, then only the own class is kept
def loss_and_accuracy(probabilities, labels):
    own = np.zeros(probabilities.shape, dtype=bool)
    own[range(len(labels)), labels] = True
    loss = np.sum(np.negative(np.log(probabilities)), where=own) / len(labels)
    guesses = np.argsort(-probabilities, axis=1, kind="stable")[:, 0]
    return loss.item(), np.mean(np.equal(guesses, labels)).item()


# %% confusion r2-sums
# why right: a naive comprehension over all cells
def confusion_matrix(labels, predicted, classes=10):
    return np.array(
        [
            [np.count_nonzero((labels == true) & (predicted == guess)) for guess in range(classes)]
            for true in range(classes)
        ],
        dtype=np.int64,
    )


# %% confusion r2-loop
# why right: counts one by one
def confusion_matrix(labels, predicted, classes=10):
    table = np.zeros(shape=(classes, classes), dtype="int32")
    for pair in zip(labels, predicted):
        table[pair] += 1
    return table


# %% mistakes r2-insertion
# why right: a sorted list kept by bisect, equals go behind those that stand there
from bisect import insort_right


def surest_mistakes(probabilities, labels, count=4):
    ranking = []
    for place in np.nonzero(np.argmax(probabilities, axis=1) - labels.astype(int))[0]:
        insort_right(ranking, place, key=lambda i: -probabilities[i].max())
    return np.asarray(ranking[:count], dtype=np.intp)


# %% mistakes r2-reversed-trick
# why right: a stable ascending sort of the reversed list, read from its end
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.where(np.argmax(probabilities, axis=1) != labels)[0][::-1]
    order = np.argsort(np.amax(probabilities[wrong], axis=1), kind="mergesort")
    return wrong[order][::-1][:count]


# %% rung-a r2-built-by-loop-json
# why right: the layers from a config, then compiled
def rung_a():
    sizes = iter((32, 64))
    body = []
    for filters in sizes:
        body += [
            keras.layers.Conv2D(filters, 5, activation="relu", data_format="channels_last"),
            keras.layers.MaxPooling2D(pool_size=2, padding="same"),
        ]
    tail = [keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")]
    draft = keras.Sequential([keras.Input((28, 28, 1)), *body, *tail])
    model = keras.Sequential.from_config(draft.get_config())
    model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% loss-and-accuracy r2-keras-clips
# right by: Keras's own loss, which clips probabilities at 1e-7; before: Keras clips probabilities at 1e-7, so smaller ones cost too little
def loss_and_accuracy(probabilities, labels):
    losses = keras.losses.sparse_categorical_crossentropy(labels, probabilities)
    return float(np.mean(losses)), float(np.mean(probabilities.argmax(1) == labels))


# %% rung-a s2-functional
# why: functional API, objects for optimizer and loss, the usual batch size spelt out
def rung_a():
    entry = keras.Input(shape=(28, 28, 1))
    x = entry
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 5, activation="relu")(x)
        x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Dense(10, activation="softmax")(keras.layers.Flatten()(x))
    model = keras.Model(entry, x)
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5, "batch_size": 32}


# %% rung-a s2-ordered-dict
# why: an OrderedDict is a dict; ReLU and softmax as layers
from collections import OrderedDict


def rung_a():
    layers = keras.layers
    net = keras.Sequential()
    net.add(keras.Input(shape=(28, 28, 1)))
    for filters in (32, 64):
        net.add(layers.Conv2D(filters, (5, 5), padding="valid"))
        net.add(layers.Activation("relu"))
        net.add(layers.MaxPool2D((2, 2)))
    for layer in (layers.Flatten(), layers.Dense(10), layers.Softmax()):
        net.add(layer)
    net.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return OrderedDict(epochs=5, model=net)


# %% rung-a s2-dict-call-metric
# why: dict(...), a metric object, pooling with padding that does nothing
def rung_a():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation=keras.activations.relu),
            keras.layers.MaxPooling2D(padding="same"),
            keras.layers.Conv2D(64, 5, activation=keras.activations.relu),
            keras.layers.MaxPooling2D(padding="same"),
            keras.layers.Reshape((-1,)),
            keras.layers.Dense(10, activation=keras.activations.softmax),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.get("sgd"),
        loss="sparse_categorical_crossentropy",
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return dict(model=model, epochs=len("ladder") - 1)


# %% rung-b s2-loop-over-table
# why: the table as data
TABLE_B = [(64, 7), (128, 3)]


def rung_b():
    stack = [keras.Input(shape=(28, 28, 1))]
    for filters, size in TABLE_B:
        stack += [
            keras.layers.Conv2D(filters, size, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    stack.append(keras.layers.Flatten())
    stack += [keras.layers.Dense(n, activation=a) for n, a in ((64, "relu"), (10, "softmax"))]
    model = keras.Sequential(stack)
    model.compile(optimizer="SGD", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b s2-zero-padding
# why: "same" by a layer of zeros and a convolution without padding
def rung_b():
    entry = keras.Input(shape=(28, 28, 1))
    x = keras.layers.ZeroPadding2D(3)(entry)
    x = keras.layers.Conv2D(64, 7, activation="relu")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.ZeroPadding2D(1)(x)
    x = keras.layers.Conv2D(128, 3, activation="relu")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(64, activation="relu")(x)
    model = keras.Model(entry, keras.layers.Dense(10, activation="softmax")(x))
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.01),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-c s2-recompiled
# why: rung b's recipe compiled anew
def rung_c():
    recipe = rung_b()
    recipe["model"].compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-c s2-adam-object
# why: an Adam object with its defaults spelt out, a clone of rung b's network
def rung_c():
    base = rung_b()
    model = keras.models.clone_model(base["model"])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=1e-3, beta_1=0.9, beta_2=0.999),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=False),
        metrics=["accuracy"],
    )
    return base | {"model": model}


# %% rung-d s2-generator
# why: the layers of the table from a generator
def rung_d():
    def layers():
        plan = [(32, True, False, None), (32, True, False, 0.25), (64, False, True, 0.25), (128, True, False, 0.25)]
        for filters, normal, pool, drop in plan:
            yield keras.layers.Conv2D(filters, 3, padding="same", activation="relu")
            if normal:
                yield keras.layers.BatchNormalization()
            if pool:
                yield keras.layers.MaxPooling2D(2)
            if drop:
                yield keras.layers.Dropout(drop)
        yield keras.layers.Flatten()
        for units in (512, 128):
            yield keras.layers.Dense(units, activation="relu")
            yield keras.layers.BatchNormalization()
            yield keras.layers.Dropout(0.5)
        yield keras.layers.Dense(10, activation="softmax")

    model = keras.Sequential([keras.Input(shape=(28, 28, 1)), *layers()])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e s2-accumulate
# why: the rates by itertools.accumulate
from itertools import accumulate, repeat


def rung_e():
    rates = list(accumulate(repeat(0.9, 29), lambda rate, factor: rate * factor, initial=0.001))
    return {**rung_d(), "epochs": len(rates), "learning_rates": rates}


# %% split s2-mask
# why: a mask of truth values
def split(images, labels, every=10):
    held = np.arange(1, len(images) + 1) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split s2-delete
# why: a slice and np.delete
def split(images, labels, every=10):
    back = slice(every - 1, None, every)
    train, held = zip(*((np.delete(a, back, axis=0), a[back]) for a in (images, labels)))
    return train, held


# %% split s2-index-sets
# why: Python lists of positions, by a set difference
def split(images, labels, every=10):
    everything = set(range(len(labels)))
    held = set(range(every - 1, len(labels), every))

    def take(positions):
        order = np.array(sorted(positions), dtype=int)
        return np.take(images, order, axis=0), np.take(labels, order, axis=0)

    return take(everything - held), take(held)


# %% split s2-compress
# why: np.compress with a repeated pattern
def split(images, labels, every=10):
    pattern = np.resize(np.arange(every) < every - 1, len(images))
    parts = [
        tuple(np.compress(keep, a, axis=0) for a in (images, labels)) for keep in (pattern, ~pattern)
    ]
    return tuple(parts)


# %% split s2-setdiff
# why: named tuples, np.setdiff1d
import collections

Part = collections.namedtuple("Part", "images labels")


def split(images, labels, every=10):
    n = len(images)
    last = np.arange(n)[every - 1 :: every]
    rest = np.setdiff1d(np.arange(n), last)
    return Part(images[rest], labels[rest]), Part(images[last], labels[last])


# %% split s2-divmod-nonzero
# why: the quotient grows at each held back position
def split(images, labels, every=10):
    i = np.arange(len(images))
    grows = (i + 1) // every - i // every
    (kept,), (held,) = np.nonzero(grows == 0), np.nonzero(grows)
    return (images[kept], labels[kept]), (images[held], labels[held])


# %% best-epoch s2-min-key
# why: min over the epochs with a key
def best_epoch(val_loss):
    return min(range(1, len(val_loss) + 1), key=lambda epoch: val_loss[epoch - 1])


# %% best-epoch s2-index
# why: list.index finds the first
def best_epoch(val_loss):
    return 1 + list(val_loss).index(min(val_loss))


# %% best-epoch s2-argmin
# why: NumPy's argmin takes the first too; made an int
def best_epoch(val_loss):
    return int(np.argmin(np.asarray(val_loss, dtype=np.float64))) + 1


# %% best-epoch s2-recursion
# why: divide and conquer, the left half wins a draw
def best_epoch(val_loss):
    def best(low, high):
        if high - low == 1:
            return low
        middle = (low + high) // 2
        left, right = best(low, middle), best(middle, high)
        return right if val_loss[right] < val_loss[left] else left

    return best(0, len(val_loss)) + 1


# %% best-epoch s2-tuples
# why: pairs of loss and epoch are compared in that order
def best_epoch(val_loss):
    return min((loss, epoch) for epoch, loss in enumerate(val_loss, start=1))[1]


# %% best-epoch s2-stable-sort
# why: sorted keeps the order of equal ones
def best_epoch(val_loss):
    first, *_ = sorted(enumerate(val_loss), key=lambda pair: pair[1])
    return first[0] + 1


# %% best-epoch s2-walk
# why: a loop that remembers the lowest so far
def best_epoch(val_loss):
    lowest, best = float("inf"), 1
    for epoch, loss in enumerate(val_loss, 1):
        if loss < lowest:
            lowest, best = loss, epoch
    return best


# %% loss-and-accuracy s2-fancy-index
# why: fancy indexing
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), (probabilities.argmax(1) == labels).mean()


# %% loss-and-accuracy s2-pure-python
# why: pure Python with math.fsum
import math


def loss_and_accuracy(probabilities, labels):
    n = len(labels)
    rows = [[float(p) for p in row] for row in probabilities]
    truth = [int(label) for label in labels]
    loss = math.fsum(-math.log(row[t]) for row, t in zip(rows, truth)) / n
    hits = sum(row.index(max(row)) == t for row, t in zip(rows, truth))
    return loss, hits / n


# %% loss-and-accuracy s2-along-axis
# why: take_along_axis; the accuracy by comparing with the row's maximum
def loss_and_accuracy(probabilities, labels):
    column = np.asarray(labels).astype(int).reshape(-1, 1)
    own = np.take_along_axis(np.asarray(probabilities), column, axis=1)
    best = np.max(probabilities, axis=1, keepdims=True)
    return float(np.mean(-np.log(own))), float(np.mean(own == best))


# %% loss-and-accuracy s2-one-hot-sum
# why: one-hot rows and an einsum over the logarithms
def loss_and_accuracy(probabilities, labels):
    classes = probabilities.shape[1]
    hot = np.equal.outer(np.asarray(labels), np.arange(classes)).astype(float)
    loss = -np.einsum("ij,ij->", hot, np.log(probabilities)) / len(hot)
    right = hot[np.arange(len(hot)), np.argmax(probabilities, axis=-1)].sum()
    return float(loss), float(right / len(hot))


# %% loss-and-accuracy s2-tensorflow
# why: TensorFlow's gather_nd, in float64
import tensorflow as tf


def loss_and_accuracy(probabilities, labels):
    p = tf.constant(np.asarray(probabilities, dtype=np.float64))
    y = tf.constant(np.asarray(labels, dtype=np.int64))
    own = tf.gather(p, y, axis=1, batch_dims=1)
    hits = tf.cast(tf.argmax(p, axis=1) == y, tf.float64)
    return float(-tf.reduce_mean(tf.math.log(own))), float(tf.reduce_mean(hits))


# %% loss-and-accuracy s2-per-class
# why: class by class, collected in a named tuple
from typing import NamedTuple


class Score(NamedTuple):
    loss: float
    accuracy: float


def loss_and_accuracy(probabilities, labels):
    total, hits = 0.0, 0
    for c in range(probabilities.shape[1]):
        rows = probabilities[labels == c]
        total += np.log(rows[:, c].astype(np.float64)).sum()
        hits += np.count_nonzero(rows.argmax(axis=1) == c)
    return Score(loss=-total / len(labels), accuracy=hits / len(labels))


# %% confusion s2-add-at
# why: np.add.at counts repeated places
def confusion_matrix(labels, predicted, classes=10):
    table = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(table, (labels, predicted), 1)
    return table


# %% confusion s2-bincount
# why: both classes in one number, counted by bincount, widened before
def confusion_matrix(labels, predicted, classes=10):
    code = np.asarray(labels, dtype=np.int64) * classes + np.asarray(predicted, dtype=np.int64)
    return np.bincount(code, minlength=classes * classes).reshape(classes, classes)


# %% confusion s2-matmul
# why: product of two one-hot matrices
def confusion_matrix(labels, predicted, classes=10):
    unit = np.eye(classes, dtype=int)
    return unit[labels].T @ unit[predicted]


# %% confusion s2-counter
# why: a Counter of pairs
from collections import Counter


def confusion_matrix(labels, predicted, classes=10):
    pairs = Counter(zip(map(int, labels), map(int, predicted)))
    return np.array([[pairs[true, said] for said in range(classes)] for true in range(classes)], dtype=int)


# %% confusion s2-tensorflow
# why: TensorFlow has it
import tensorflow as tf


def confusion_matrix(labels, predicted, classes=10):
    return tf.math.confusion_matrix(
        np.asarray(labels, dtype=np.int64), np.asarray(predicted, dtype=np.int64), num_classes=classes
    ).numpy()


# %% confusion s2-histogram
# why: a two-dimensional histogram with edges at the halves
def confusion_matrix(labels, predicted, classes=10):
    edges = np.arange(classes + 1) - 0.5
    counts, _, _ = np.histogram2d(labels, predicted, bins=(edges, edges))
    return counts.astype(np.int32)


# %% confusion s2-row-by-row
# why: a row for each true class
def confusion_matrix(labels, predicted, classes=10):
    rows = (np.bincount(predicted[labels == true], minlength=classes) for true in range(classes))
    return np.vstack(list(rows)).astype(int)


# %% mistakes s2-stable-argsort
# why: a stable sort of the negated sureness
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(-sure, kind="stable")][:count]


# %% mistakes s2-lexsort
# why: lexsort by sureness, then by position
def surest_mistakes(probabilities, labels, count=4):
    sure = np.max(probabilities, axis=1)
    order = np.lexsort((np.arange(len(sure)), -sure))
    return order[(np.argmax(probabilities, axis=1) != labels)[order]][:count]


# %% mistakes s2-heap
# why: heapq.nsmallest is stable
import heapq


def surest_mistakes(probabilities, labels, count=4):
    guesses = np.argmax(probabilities, axis=1)
    wrong = [i for i in range(len(labels)) if guesses[i] != labels[i]]
    return np.array(heapq.nsmallest(count, wrong, key=lambda i: -probabilities[i, guesses[i]]), dtype=int)


# %% mistakes s2-sorted-tuples
# why: pure Python, tuples sorted
def surest_mistakes(probabilities, labels, count=4):
    found = []
    for i, (row, label) in enumerate(zip(probabilities.tolist(), labels)):
        sure = max(row)
        if row.index(sure) != int(label):
            found.append((-sure, i))
    return np.fromiter((i for _, i in sorted(found)[:count]), dtype=np.int64)


# %% mistakes s2-one-at-a-time
# why: takes the surest, crosses it out, looks again
def surest_mistakes(probabilities, labels, count=4):
    sure = np.where(probabilities.argmax(1) == labels, -np.inf, probabilities.max(1).astype(float))
    chosen = np.empty(min(count, int(np.isfinite(sure).sum())), dtype=int)
    for k in range(len(chosen)):
        chosen[k] = sure.argmax()
        sure[chosen[k]] = -np.inf
    return chosen


# %% mistakes s2-reversed-sort
# why: a stable sort of the reversed, reversed back
def surest_mistakes(probabilities, labels, count=4):
    n = len(labels)
    sure = np.amax(probabilities, axis=1)
    order = (n - 1 - np.argsort(sure[::-1], kind="stable"))[::-1]
    return np.array([i for i in order if probabilities[i].argmax() != labels[i]][:count], dtype=int)


# %% own-training s2-small-fit
# why: a small convolutional network with Adam
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, padding="same", activation="relu"),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=10, batch_size=32, verbose=0)
    return model


# %% own-training s2-one-hot-batches
# why: a loop of one's own with train_on_batch, one-hot labels, functional API
def train(images, labels):
    entry = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Conv2D(24, 5, activation="relu")(entry)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(32, 3, activation="relu")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(10, activation="softmax")(x)
    model = keras.Model(entry, x)
    model.compile(optimizer=keras.optimizers.Nadam(2e-3), loss="categorical_crossentropy")
    hot = np.eye(10, dtype="float32")[labels]
    rng = np.random.default_rng(0)
    for _ in range(10):
        order = rng.permutation(len(images))
        for start in range(0, len(order) - 49, 50):
            batch = order[start : start + 50]
            model.train_on_batch(images[batch], hot[batch])
    return model


# %% own-training s2-gradient-tape
# why: gradients by hand with tf.GradientTape
import tensorflow as tf


def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(16, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.Adam(0.002)
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    loss_of = keras.losses.SparseCategoricalCrossentropy()

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))

    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(3000).batch(50, drop_remainder=True)
    for _ in range(10):
        for x, y in data:
            step(x, y)
    return model


# %% rung-open lambda-layer
# right since the open rung takes most of Keras; before: a Lambda layer is none of the layers allowed
def rung_open():
    L = keras.layers
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            L.Lambda(lambda x: (x - 0.286) / 0.353),
            L.Conv2D(32, 3, padding="same", activation="relu"),
            L.BatchNormalization(),
            L.MaxPooling2D(),
            L.Conv2D(64, 3, padding="same", activation="relu"),
            L.BatchNormalization(),
            L.MaxPooling2D(),
            L.Conv2D(128, 3, padding="same", activation="relu"),
            L.BatchNormalization(),
            L.Dropout(0.4),
            L.Flatten(),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {
        "model": model,
        "epochs": 20,
        "learning_rates": [0.001 * 0.85**epoch for epoch in range(20)],
    }


# %% rung-open adagrad
# right since the open rung takes most of Keras; before: Adagrad is none of the optimizers allowed, and learns too slowly here
def rung_open():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="adagrad", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe | {"epochs": 8}


# %% rung-open adagrad-again
# right since the open rung takes most of Keras; before: an optimizer that is not among those allowed
def rung_open():
    recipe = rung_d()
    recipe["model"].compile(
        optimizer=keras.optimizers.Adagrad(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe | {"epochs": 10}


# %% rung-open checkpoint
# right since the open rung takes most of Keras; before: a callback that is not allowed
def rung_open():
    recipe = rung_c()
    recipe["epochs"] = 8
    recipe["callbacks"] = [keras.callbacks.ModelCheckpoint("/tmp/best.keras", save_best_only=True)]
    return recipe


# %% rung-open adagrad-again-again
# right since the open rung takes most of Keras; before: an optimizer that is not among the allowed ones
def rung_open():
    recipe = rung_c()
    recipe["model"].compile(optimizer="adagrad", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    recipe["epochs"] = 10
    return recipe


# %% rung-open forbidden-optimizer
# right since the open rung takes most of Keras; before: adagrad is not among the optimizers that are allowed
def rung_open():
    model = rung_d()["model"]
    model.compile("adagrad", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-open gaussian-noise
# right since the open rung takes most of Keras; before: GaussianNoise is not among the layers that are allowed
def rung_open():
    model = keras.Sequential([
        keras.Input((28, 28, 1)), keras.layers.GaussianNoise(0.05),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"), keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(128, 3, padding="same", activation="relu"), keras.layers.MaxPooling2D(),
        keras.layers.Flatten(), keras.layers.Dropout(0.3), keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-open g2-lion
# right since the open rung takes most of Keras; before: an optimizer that is not among those allowed
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    recipe = rung_d()
    recipe["model"].compile(
        keras.optimizers.Lion(0.0003), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe | {"epochs": 20}


# %% rung-open g2-scheduler-callback
# right since the open rung takes most of Keras; before: the callback LearningRateScheduler is not one of the two allowed
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    shrink = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.9)
    return rung_d() | {"epochs": 20, "callbacks": [shrink]}


# %% rung-open r2-other-optimizer
# right since the open rung takes most of Keras; before: Lion is not among the optimizers
def rung_open():
    recipe = rung_c()
    recipe["model"].compile("lion", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": recipe["model"], "epochs": 20}


# %% rung-open r2-own-callback
# right since the open rung takes most of Keras; before: a callback that is neither EarlyStopping nor ReduceLROnPlateau
def rung_open():
    recipe = rung_c()
    note = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch))
    return {"model": recipe["model"], "epochs": 10, "callbacks": [note]}
