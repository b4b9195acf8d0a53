# Right answers to assignment 4, Two-layer CNN, other than the solution's.

# %% relu times-mask
def relu(maps):
    return maps * (maps > 0)


# %% relu where
def relu(maps):
    return np.where(maps > 0, maps, 0)


# %% relu copy-and-mask
def relu(maps):
    result = maps.copy()
    result[result < 0] = 0
    return result


# %% relu clip
def relu(maps):
    return np.clip(maps, 0, None)


# %% relu half-of-sum-with-absolute
def relu(maps):
    return ((maps + np.abs(maps)) / 2).astype(maps.dtype)


# %% relu number-by-number
def relu(maps):
    result = np.zeros(maps.shape, dtype=maps.dtype)
    for place in np.ndindex(maps.shape):
        if maps[place] > 0:
            result[place] = maps[place]
    return result


# %% relu list-of-numbers
def relu(maps):
    kept = [number if number > 0 else 0 for number in maps.flatten()]
    return np.array(kept, dtype=maps.dtype).reshape(maps.shape)


# %% relu vectorize
def relu(maps):
    return np.vectorize(lambda number: max(number, 0), otypes=[maps.dtype])(maps)


# %% relu keras-ops [forms]
def relu(maps):
    return keras.ops.relu(maps)


# %% relu tensorflow [forms]
def relu(maps):
    import tensorflow as tf

    return tf.nn.relu(tf.constant(maps))


# %% relu fortran-order [forms]
def relu(maps):
    return np.asfortranarray(np.maximum(maps, 0))


# %% softmax loop-over-rows
def softmax(numbers):
    if numbers.ndim == 1:
        powers = [np.exp(number - max(numbers)) for number in numbers]
        return np.array(powers) / sum(powers)
    return np.array([softmax(row) for row in numbers])


# %% softmax logarithm-of-the-sum
def softmax(numbers):
    largest = numbers.max(axis=-1, keepdims=True)
    below = numbers - largest
    return np.exp(below - np.log(np.exp(below).sum(axis=-1, keepdims=True)))


# %% softmax new-axis
def softmax(numbers):
    powers = np.exp(numbers - np.max(numbers, -1)[..., None])
    return powers / np.sum(powers, -1)[..., None]


# %% softmax transposed
def softmax(numbers):
    powers = np.exp(numbers.T - numbers.T.max(axis=0))
    return (powers / powers.sum(axis=0)).T


# %% softmax apply-along-axis
def softmax(numbers):
    def one_row(row):
        powers = np.e ** (row - np.amax(row))
        return powers / powers.sum()

    return np.apply_along_axis(one_row, -1, numbers)


# %% softmax differences
def softmax(numbers):
    differences = numbers[..., None, :] - numbers[..., :, None]
    return 1 / np.exp(np.minimum(differences, 700)).sum(axis=-1)


# %% softmax keras-ops [forms]
def softmax(numbers):
    return keras.ops.softmax(numbers)


# %% softmax tensorflow [forms]
def softmax(numbers):
    import tensorflow as tf

    return tf.nn.softmax(numbers.astype(float), axis=-1)


# %% softmax longdouble [forms]
def softmax(numbers):
    below = numbers.astype(np.longdouble) - numbers.max(axis=-1, keepdims=True)
    powers = np.exp(below)
    return powers / powers.sum(axis=-1, keepdims=True)


# %% basic positional
def build_basic():
    return keras.Sequential(
        [
            keras.layers.InputLayer(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, 1, "valid", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% basic spelled-out-functional [forms]
def build_basic():
    image = keras.Input(batch_shape=(None, 28, 28, 1))
    maps = keras.layers.Convolution2D(
        filters=np.int64(32),
        kernel_size=[5, 5],
        strides=[1, 1],
        padding="VALID",
        data_format="channels_last",
        activation="relu",
        use_bias=True,
        kernel_initializer="glorot_uniform",
        name="first",
    )(image)
    pooled = keras.layers.MaxPool2D(pool_size=[2, 2], strides=[2, 2], padding="valid")(maps)
    return keras.Model(inputs=image, outputs=pooled)


# %% basic objects-added
def build_basic():
    model = keras.models.Sequential(name="network")
    model.add(keras.Input((28, 28, 1), dtype="float32", name="digit"))
    model.add(keras.layers.Conv2D(32, (5, 5), activation=keras.activations.relu))
    # 24 is even: padding adds nothing.
    model.add(keras.layers.MaxPooling2D((2, 2), padding="same"))
    return model


# %% basic activation-apart [forms]
def build_basic():
    image = keras.Input(batch_shape=(None, 28, 28, 1))
    maps = keras.Sequential([keras.layers.Conv2D(32, 5), keras.layers.ReLU()])(image)
    return keras.Model(inputs=image, outputs=keras.layers.MaxPooling2D(2)(maps))


# %% part: network
class Network(keras.Model):
    """A model of layers that are called one after another."""

    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def call(self, image):
        for step in self.steps:
            image = step(image)
        return image


# %% basic subclassed [forms] with network
def build_basic():
    model = Network(
        [
            keras.layers.Conv2D(32, 5, 1, "valid", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )
    model.build((None, 28, 28, 1))
    return model


# %% basic built-later
def build_basic():
    model = keras.Sequential(
        [
            keras.layers.Conv2D(32, 5, 1, "valid", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )
    model.build((None, 28, 28, 1))
    return model


# %% basic input-shape-of-the-first-layer
def build_basic():
    return keras.Sequential(
        [
            keras.layers.Conv2D(32, (5, 5), activation="relu", input_shape=(28, 28, 1)),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic through-tensorflow [forms]
def build_basic():
    import tensorflow as tf

    image = tf.keras.Input((28, 28, 1))
    # An operation instead of a layer.
    maps = tf.keras.ops.relu(tf.keras.layers.Conv2D(32, 5)(image))
    return tf.keras.Model(image, tf.keras.layers.MaxPooling2D(2)(maps))


# %% stack on-top-of-the-output
def build_stack():
    model = build_basic()
    value = keras.layers.Conv2D(64, 5, activation="relu")(model.outputs[0])
    return keras.Model(model.inputs, keras.layers.MaxPooling2D()(value))


# %% stack functional [forms]
def build_stack():
    from keras import activations, layers

    image = keras.Input(batch_shape=(None, 28, 28, 1))
    value = layers.Conv2D(32, (5, 5), activation=activations.relu)(image)
    value = layers.MaxPooling2D((2, 2), padding="same")(value)
    value = layers.Conv2D(64, (5, 5), activation=activations.get("relu"))(value)
    value = layers.MaxPooling2D((2, 2), padding="same")(value)
    return keras.Model(inputs=image, outputs=value)


# %% stack built-by-a-call
def build_stack():
    from keras import layers

    model = keras.Sequential(
        [
            layers.Convolution2D(filters=32, kernel_size=[5, 5], activation="relu", name="first"),
            layers.MaxPool2D(pool_size=[2, 2], strides=[2, 2], padding="valid"),
            layers.Convolution2D(filters=8 * 8, kernel_size=(5, 5), activation="ReLU".lower()),
            layers.MaxPool2D(pool_size=2, strides=2),
        ]
    )
    model(np.zeros((1, 28, 28, 1), np.float32))  # it knows its input because it has seen some
    return model


# %% stack activations-apart-added [forms]
def build_stack():
    model = keras.models.Sequential(name="network")
    model.add(keras.Input((28, 28, 1), dtype="float32", name="digit"))
    model.add(keras.Sequential([keras.layers.Conv2D(32, 5), keras.layers.ReLU()]))
    model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.Sequential([keras.layers.Conv2D(64, 5), keras.layers.Activation("relu")]))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% stack subclassed [forms] with network
def build_stack():
    model = Network(
        [
            keras.layers.Conv2D(32, (5, 5), activation=keras.activations.relu),
            keras.layers.MaxPooling2D((2, 2), padding="same"),
            keras.layers.Conv2D(64, (5, 5), activation=keras.activations.get("relu")),
            keras.layers.MaxPooling2D((2, 2), padding="same"),
        ]
    )
    model.build((None, 28, 28, 1))
    return model


# %% classifier functional [forms]
def build_classifier():
    image = keras.Input(batch_shape=(None, 28, 28, 1))
    value = keras.layers.Conv2D(32, 5, 1, "valid", activation="relu")(image)
    value = keras.layers.MaxPooling2D()(value)
    value = keras.layers.Conv2D(64, 5, activation="relu")(value)
    value = keras.layers.MaxPooling2D()(value)
    value = keras.layers.Dense(10, "softmax")(keras.layers.Flatten()(value))
    return keras.Model(inputs=image, outputs=value)


# %% classifier nested [forms]
def build_classifier():
    first = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, 1, "valid", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            first,
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, "softmax"),
        ]
    )


# %% classifier subclassed [forms] with network
def build_classifier():
    layers = keras.layers
    model = Network(
        [
            layers.Convolution2D(filters=32, kernel_size=[5, 5], activation="relu", name="first"),
            layers.MaxPool2D(pool_size=[2, 2], strides=[2, 2], padding="valid"),
            layers.Convolution2D(filters=8 * 8, kernel_size=(5, 5), activation="ReLU".lower()),
            layers.MaxPool2D(pool_size=2, strides=2),
            layers.Flatten(data_format="channels_last", name="row"),
            layers.Dense(units=10, activation="softmax", name="digits"),
        ]
    )
    model.build((None, 28, 28, 1))
    return model


# %% classifier activations-apart [forms]
def build_classifier():
    return keras.Sequential(
        [
            keras.layers.InputLayer(shape=(28, 28, 1)),
            keras.Sequential([keras.layers.Conv2D(32, 5), keras.layers.ReLU()]),
            keras.layers.MaxPooling2D(2),
            keras.Sequential([keras.layers.Conv2D(64, 5), keras.layers.Activation("relu")]),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.Sequential([keras.layers.Dense(10), keras.layers.Softmax()]),
        ]
    )


# %% classifier built-later
def build_classifier():
    model = keras.Sequential(
        [
            keras.layers.Conv2D(32, (5, 5), activation=keras.activations.relu),
            keras.layers.MaxPooling2D((2, 2), padding="same"),
            keras.layers.Conv2D(64, (5, 5), activation=keras.activations.get("relu")),
            # 8 is even, too.
            keras.layers.MaxPooling2D((2, 2), padding="same"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation=keras.activations.softmax),
        ]
    )
    model.build((None, 28, 28, 1))
    return model


# %% classifier on-top-of-the-output
def build_classifier():
    model = build_stack()
    row = keras.layers.Flatten()(model.outputs[0])
    return keras.Model(model.inputs, keras.layers.Dense(10, "softmax")(row))


# %% prepare expand-dims-and-eye
def prepare(images, labels):
    return np.expand_dims(np.float32(images) / 255, -1), np.eye(10)[labels]


# %% prepare reshape-and-loop
def prepare(images, labels):
    pixels = (images / 255.0).reshape(len(images), 28, 28, 1).astype(np.float32)
    rows = np.zeros((labels.size, 10))
    for row, label in enumerate(labels):
        rows[row][label] = 1
    return pixels, rows


# %% prepare tensors [forms]
def prepare(images, labels):
    import tensorflow as tf
    from keras import ops

    pixels = tf.cast(images, tf.float32)[..., tf.newaxis] / 255.0
    return pixels, ops.one_hot(labels, num_classes=10)


# %% prepare compared-with-a-range [forms]
def prepare(images, labels):
    pixels = np.stack([images * np.float32(1 / 255)], axis=3)
    return pixels, (labels[:, None] == np.arange(10)).astype(int)


# %% prepare divided-in-place
def prepare(images, labels):
    pixels = np.divide(images, 255, dtype="f4")[:, :, :, None]
    return pixels, keras.utils.to_categorical(x=labels, num_classes=10)


# %% prepare list [forms]
def prepare(images, labels):
    pixels = images[..., np.newaxis].astype(np.float32)
    pixels /= 255
    return [pixels, np.array([[float(label == digit) for digit in range(10)] for label in labels])]


# %% compile positional
def compile_model(model):
    model.compile("sgd", "categorical_crossentropy", None, ["accuracy"])
    return model


# %% compile other-rate
def compile_model(model):
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile momentum
def compile_model(model):
    optimizer = keras.optimizers.SGD(learning_rate=0.02, momentum=0.9, nesterov=True)
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile objects [forms]
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="share")],
    )
    return model


# %% compile other-names
def compile_model(model):
    model.compile(
        keras.optimizers.get("SGD"),
        loss="CategoricalCrossentropy",
        metrics=["acc", "top_k_categorical_accuracy"],
    )
    return model


# %% compile functions [forms]
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.01, momentum=0.0),
        loss=keras.losses.categorical_crossentropy,
        metrics=[keras.metrics.categorical_accuracy],
    )
    return model


# %% compile lists-of-one [forms]
def compile_model(model):
    model.compile(optimizer="sgd", loss=["categorical_crossentropy"], metrics=[["accuracy"]])
    return model


# %% train positional
def train(model, images, labels):
    return model.fit(images, labels, 100, 5, 0)


# %% train history-of-the-model
def train(network, x, y):
    network.fit(x=x, y=y, epochs=np.int64(5), batch_size=np.int32(100), shuffle=True, verbose=0)
    return network.history


# %% train dataset [forms]
def train(model, images, labels):
    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images)).batch(100)
    return model.fit(data, epochs=5, verbose=0)


# %% train generator-of-batches [forms]
def train(model, images, labels):
    def batches():
        while True:
            order = np.random.permutation(len(images))
            for first in range(0, len(images), 100):
                chosen = order[first : first + 100]
                yield images[chosen], labels[chosen]

    return model.fit(batches(), steps_per_epoch=-(-len(images) // 100), epochs=5, verbose=0)


# %% classifier reshape-1024 [forms]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Reshape((1024,)))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier reshape-minus-one [forms]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Reshape((-1,)))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier ops-reshape [forms]
def build_classifier():
    stack = build_stack()
    x = keras.ops.reshape(stack.outputs[0], (-1, 1024))
    return keras.Model(stack.inputs, keras.layers.Dense(10, activation="softmax")(x))


# %% classifier relu-after-pooling [forms]
def build_classifier():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5),
            keras.layers.MaxPooling2D(),
            keras.layers.ReLU(),
            keras.layers.Conv2D(64, 5),
            keras.layers.MaxPooling2D(),
            keras.layers.Activation("relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% classifier callable-relu [forms]
def build_classifier():
    relu = lambda x: keras.ops.maximum(x, 0.0)
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation=relu),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation=keras.ops.relu),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation=keras.ops.softmax),
        ]
    )


# %% classifier callable-tf [forms]
import tensorflow as tf


def build_classifier():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation=tf.nn.relu),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation=tf.nn.relu),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation=tf.nn.softmax),
        ]
    )


# %% classifier own-softmax [forms]
def build_classifier():
    def softmax(x):
        e = keras.ops.exp(x - keras.ops.max(x, axis=-1, keepdims=True))
        return e / keras.ops.sum(e, axis=-1, keepdims=True)

    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation=softmax))
    return model


# %% classifier lambda-layer [forms]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Lambda(keras.activations.softmax))
    return model


# %% classifier named-layers
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten(name="flat"))
    model.add(keras.layers.Dense(10, activation="softmax", name="digits"))
    model.name = "cnn"
    return model


# %% classifier other-initializer
def build_classifier():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu", kernel_initializer="he_normal"),
            keras.layers.MaxPool2D(),
            keras.layers.Conv2D(64, 5, activation="relu", kernel_initializer="he_normal"),
            keras.layers.MaxPool2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% compile weighted-metrics [forms]
def compile_model(model):
    model.compile("sgd", "categorical_crossentropy", weighted_metrics=["accuracy"])
    return model


# %% compile schedule
def compile_model(model):
    rate = keras.optimizers.schedules.ExponentialDecay(0.01, 1000, 0.9)
    model.compile(
        keras.optimizers.SGD(rate),
        keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy()],
    )
    return model


# %% compile jit
def compile_model(model):
    model.compile(
        "SGD", keras.losses.categorical_crossentropy, metrics=["accuracy"], run_eagerly=True
    )
    return model


# %% compile two-metrics
def compile_model(model):
    model.compile(
        "sgd",
        "categorical_crossentropy",
        metrics=["accuracy", "mse", keras.metrics.TopKCategoricalAccuracy(2)],
    )
    return model


# %% train initial-epoch
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=6, initial_epoch=1, verbose=0)


# %% train callbacks
def train(model, images, labels):
    return model.fit(
        images,
        labels,
        batch_size=100,
        epochs=5,
        verbose=0,
        callbacks=[keras.callbacks.TerminateOnNaN()],
    )


# %% train validation-data
def train(model, images, labels):
    return model.fit(
        images, labels, batch_size=100, epochs=5, validation_data=(images, labels), verbose=0
    )


# %% train no-shuffle
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5, shuffle=False, verbose=0)


# %% prepare bool-one-hot [forms]
def prepare(images, labels):
    pixels = np.float32(images)[..., None] / np.float32(255)
    return pixels, np.asarray(labels)[:, None] == np.arange(10)


# %% prepare keras-ops [forms]
def prepare(images, labels):
    pixels = keras.ops.cast(images, "float32") / 255
    return keras.ops.expand_dims(pixels, -1), keras.ops.one_hot(labels, 10)


# %% prepare rescaling
def prepare(images, labels):
    pixels = keras.layers.Rescaling(1 / 255)(images[..., None])
    return np.array(pixels), keras.utils.to_categorical(labels, num_classes=10)


# %% prepare named-tuple [forms]
from collections import namedtuple

Data = namedtuple("Data", "x y")


def prepare(images, labels):
    return Data(
        np.true_divide(images, 255, dtype=np.float32)[:, :, :, None],
        np.array([[float(c == i) for i in range(10)] for c in labels]),
    )


# %% compile named-metric [forms]
def compile_model(model):
    model.compile(
        keras.optimizers.SGD(),
        keras.losses.CategoricalCrossentropy(),
        metrics=["mse", keras.metrics.CategoricalAccuracy(name="hits")],
    )
    return model


# %% compile own-same-loss [forms]
def compile_model(model):
    model.compile(
        "sgd", lambda y, p: keras.losses.categorical_crossentropy(y, p), metrics=["accuracy"]
    )
    return model


# %% compile own-same-metric [forms]
def compile_model(model):
    def hits(y, p):
        return keras.ops.equal(keras.ops.argmax(y, -1), keras.ops.argmax(p, -1))

    model.compile("sgd", "categorical_crossentropy", metrics=[hits])
    return model


# %% basic own-class-of-layer [forms]
class Window(keras.layers.Conv2D):
    def __init__(self, filters):
        super().__init__(filters, (5, 5), activation="relu")


def build_basic():
    return keras.Sequential([keras.Input((28, 28, 1)), Window(32), keras.layers.MaxPooling2D()])


# %% stack layers-of-another-model
def build_stack():
    second = [keras.layers.Conv2D(64, 5, activation="relu"), keras.layers.MaxPooling2D()]
    return keras.Sequential(build_basic().layers + second)


# %% classifier layers-of-another-model
def build_classifier():
    last = [keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")]
    return keras.Sequential(build_stack().layers + last)


# %% compile own-class-of-optimizer [forms]
class Descent(keras.optimizers.SGD):
    def __init__(self):
        super().__init__(learning_rate=0.01, name="descent")


def compile_model(model):
    model.compile(Descent(), "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile of-a-model-that-is-not-built
def build_classifier():
    last = [keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")]
    return keras.Sequential(build_stack().layers + last)


def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% basic ops-maximum [forms]
def build_basic():
    image = keras.Input((28, 28, 1))
    maps = keras.ops.maximum(keras.layers.Conv2D(32, 5)(image), 0)
    return keras.Model(image, keras.layers.MaxPooling2D()(maps))


# %% basic ops-max-pool [forms]
def build_basic():
    image = keras.Input((28, 28, 1))
    maps = keras.layers.Conv2D(32, 5, activation="relu")(image)
    return keras.Model(image, keras.ops.max_pool(maps, 2))


# %% basic own-layer-of-max-pool [forms]
class Halved(keras.layers.Layer):
    def call(self, maps):
        return keras.ops.max_pool(maps, (2, 2), strides=2)


def build_basic():
    return keras.Sequential(
        [keras.Input((28, 28, 1)), keras.layers.Conv2D(32, 5, activation="relu"), Halved()]
    )
