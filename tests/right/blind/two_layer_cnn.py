# Right answers to assignment 4, written from its released notebook alone.

# %% basic functional [forms]
# right: functional API instead of Sequential
def build_basic():
    image = keras.Input(shape=(28, 28, 1))
    maps = keras.layers.Conv2D(32, 5, activation="relu")(image)
    return keras.Model(image, keras.layers.MaxPooling2D(2)(maps))


# %% basic separate-relu [forms]
# right: ReLU as a layer of its own, filled with add(), alias MaxPool2D, strides spelled out
def build_basic():
    model = keras.Sequential(name="eyes")
    model.add(keras.layers.InputLayer(shape=(28, 28, 1)))
    model.add(keras.layers.Convolution2D(32, (5, 5), strides=(1, 1), padding="valid"))
    model.add(keras.layers.ReLU())
    model.add(keras.layers.MaxPool2D(pool_size=(2, 2), strides=2))
    return model


# %% basic subclass [forms]
# right: a subclass of keras.Model with its own call, built for (28, 28, 1)
def build_basic():
    class Basic(keras.Model):
        def __init__(self):
            super().__init__()
            self.conv = keras.layers.Conv2D(32, 5, activation=keras.activations.relu)
            self.pool = keras.layers.MaxPooling2D()

        def call(self, images):
            return self.pool(self.conv(images))

    model = Basic()
    model(keras.Input(shape=(28, 28, 1)))
    return model


# %% basic tf-keras-input-shape [forms]
# right: tf.keras, the shape given to the first layer in the old way, and a plain function as activation
import tensorflow as tf


def build_basic():
    return tf.keras.models.Sequential(
        [
            tf.keras.layers.Conv2D(
                filters=32,
                kernel_size=[5, 5],
                activation=lambda x: tf.maximum(x, 0.0),
                input_shape=(28, 28, 1),
            ),
            tf.keras.layers.MaxPooling2D(padding="same"),
        ]
    )


# %% stack on-top
# right: goes on from the output of the notebook's first model
def build_stack():
    basic = build_basic()
    maps = keras.layers.Conv2D(64, 5, activation="relu")(basic.outputs[0])
    return keras.Model(basic.inputs, keras.layers.MaxPooling2D()(maps))


# %% stack shared-pool [forms]
# right: the same pooling layer (it has no parameters) is called twice
def build_stack():
    pool = keras.layers.MaxPooling2D((2, 2))
    x = inputs = keras.layers.Input((28, 28, 1))
    for filters in 32, 64:
        x = pool(keras.layers.Conv2D(filters, 5, activation="relu")(x))
    return keras.Model(inputs=inputs, outputs=x)


# %% stack nested [forms]
# right: one small Sequential for each pair, both within another
def build_stack():
    def pair(filters):
        return keras.Sequential(
            [keras.layers.Conv2D(filters, (5, 5), activation="relu"), keras.layers.MaxPooling2D()]
        )

    return keras.Sequential([keras.Input((28, 28, 1)), pair(32), pair(64)])


# %% stack recursion
# right: recursive composition of layers
def build_stack():
    def grow(x, widths):
        if not widths:
            return x
        width, *rest = widths
        x = keras.layers.Conv2D(width, kernel_size=5)(x)
        x = keras.layers.Activation("relu")(x)
        return grow(keras.layers.MaxPooling2D(pool_size=2)(x), rest)

    start = keras.Input(batch_shape=(None, 28, 28, 1), dtype="float32")
    return keras.Model(start, grow(start, [32, 64]))


# %% classifier reshape-softmax-layer [forms]
# right: Reshape((-1,)) in place of Flatten, softmax as a layer of its own
def build_classifier():
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(32, 5, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 5, activation="relu"),
            layers.MaxPooling2D(),
            layers.Reshape((-1,)),
            layers.Dense(10),
            layers.Softmax(),
        ]
    )


# %% classifier from-config
# right: the model from a configuration of layer names and arguments
def build_classifier():
    recipe = [
        ("Conv2D", {"filters": 32, "kernel_size": 5, "activation": "relu"}),
        ("MaxPooling2D", {"pool_size": 2}),
        ("Conv2D", {"filters": 64, "kernel_size": 5, "activation": "relu"}),
        ("MaxPooling2D", {"pool_size": 2}),
        ("Flatten", {}),
        ("Dense", {"units": 10, "activation": "softmax"}),
    ]
    made = [getattr(keras.layers, name)(**arguments) for name, arguments in recipe]
    return keras.models.clone_model(keras.Sequential([keras.Input((28, 28, 1)), *made]))


# %% classifier on-stack
# right: reads on from the output of the stack
def build_classifier():
    stack = build_stack()
    row = keras.layers.Flatten()(stack.outputs[0])
    answer = keras.layers.Dense(units=10, activation=keras.activations.softmax, name="digits")(row)
    return keras.Model(stack.inputs[0], answer, name="reader")


# %% classifier reduce [forms]
# right: functools.reduce over layers, with ops.softmax given as the activation
import functools


def build_classifier():
    image = keras.Input((28, 28, 1))
    chain = (
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPool2D(),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPool2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation=keras.ops.softmax),
    )
    return keras.Model(image, functools.reduce(lambda x, layer: layer(x), chain, image))


# %% prepare eye
# right: rows of the unit matrix
def prepare(images, labels):
    pixels = images[..., np.newaxis].astype(np.float32) / np.float32(255)
    return pixels, np.eye(10, dtype="float32")[labels]


# %% prepare tensorflow
# right: all in TensorFlow, and arrays at the end
import tensorflow as tf


def prepare(images, labels):
    pixels = tf.expand_dims(tf.image.convert_image_dtype(images, tf.float32), -1)
    rows = tf.one_hot(tf.cast(labels, tf.int32), depth=10)
    return pixels.numpy(), rows.numpy()


# %% prepare rescaling-layer [forms]
# right: Keras's Rescaling layer for the pixels, a comparison for the labels, a list of two
def prepare(images, labels):
    scale = keras.layers.Rescaling(1 / 255, dtype="float32")
    pixels = keras.ops.convert_to_numpy(scale(np.expand_dims(images, 3)))
    return [pixels, np.equal.outer(np.asarray(labels), np.arange(10)).astype(float)]


# %% prepare loops
# right: a buffer filled image by image
def prepare(images, labels):
    count = len(images)
    pixels = np.empty((count, 28, 28, 1), dtype=np.float32)
    rows = np.zeros((count, 10), dtype=int)
    for i, (image, label) in enumerate(zip(images, labels)):
        np.divide(image, 255, out=pixels[i, :, :, 0], casting="unsafe")
        rows[i, int(label)] = 1
    return pixels, rows


# %% prepare lookup
# right: a table of the 256 grey values; put_along_axis for the ones
def prepare(images, labels):
    table = np.linspace(0, 1, 256).astype("float32")
    rows = np.zeros((labels.shape[0], 10), np.float32)
    np.put_along_axis(rows, np.asarray(labels, dtype=np.int64).reshape(-1, 1), 1, axis=1)
    return table[images].reshape(-1, 28, 28, 1), rows


# %% compile objects [forms]
# right: objects in place of names
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile positional [forms]
# right: positional arguments, the loss as a function, a tuple of metrics
def compile_model(model):
    model.compile("sgd", keras.losses.categorical_crossentropy, None, ("accuracy",))
    return model


# %% compile settings [forms]
# right: keyword settings from a dict; optimizer made from its configuration
def compile_model(model):
    settings = dict(
        optimizer=keras.optimizers.get({"class_name": "SGD", "config": {"learning_rate": 0.01}}),
        loss=["categorical_crossentropy"],
        metrics=[["accuracy"]],
        jit_compile=False,
    )
    model.compile(**settings)
    return model


# %% compile or-expression
# right: compile returns None, so `or` gives the model
compile_model = lambda model: (
    model.compile(
        loss="categorical_crossentropy", optimizer=keras.optimizers.get("sgd"), metrics=["accuracy"]
    )
    or model
)


# %% train plain-kwargs
# right: silent, arguments from a dict
def train(model, images, labels):
    return model.fit(
        **{"x": images, "y": labels, "batch_size": 100, "epochs": 5, "verbose": 0, "shuffle": True}
    )


# %% train dataset [forms]
# right: batches made by tf.data, shuffled anew in each epoch
import tensorflow as tf


def train(model, images, labels):
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images), reshuffle_each_iteration=True).batch(100).prefetch(1)
    return model.fit(data, epochs=5, verbose=0)


# %% train own-callback [forms]
# right: hands its own History to fit and returns that
def train(model, images, labels):
    history = keras.callbacks.History()
    model.fit(images, labels, epochs=5, batch_size=100, callbacks=[history], verbose=2)
    return history


# %% train epoch-by-epoch [forms]
# right: five calls of fit, one epoch each, gathered in one History
def train(model, images, labels):
    whole = None
    for epoch in range(5):
        part = model.fit(
            images, labels, batch_size=100, initial_epoch=epoch, epochs=epoch + 1, verbose=0
        )
        if whole is None:
            whole = part
            continue
        whole.epoch += part.epoch
        for name, values in part.history.items():
            whole.history[name] += values
    return whole


# %% train pydataset [forms]
# right: a PyDataset that deals out the batches
def train(model, images, labels):
    class Batches(keras.utils.PyDataset):
        def __init__(self):
            super().__init__()
            self.order = np.random.permutation(len(images))

        def __len__(self):
            return -(-len(images) // 100)

        def __getitem__(self, i):
            chosen = self.order[100 * i : 100 * (i + 1)]
            return images[chosen], labels[chosen]

        def on_epoch_end(self):
            np.random.shuffle(self.order)

    return model.fit(Batches(), epochs=5, shuffle=False, verbose=0)


# %% basic functional-with-separate-relu
# right: the functional interface, ReLU as a layer of its own
def build_basic():
    pixels = x = keras.Input(shape=(28, 28, 1))
    for layer in (
        keras.layers.Conv2D(32, kernel_size=5),
        keras.layers.ReLU(),
        keras.layers.MaxPooling2D(),
    ):
        x = layer(x)
    return keras.Model(pixels, x)


# %% basic spelled-out-defaults
# right: everything spelled out, ReLU as a lambda of keras.ops, input as a batch shape
def build_basic():
    model = keras.models.Sequential(name="basic")
    model.add(keras.layers.InputLayer(batch_shape=(None, 28, 28, 1)))
    model.add(
        keras.layers.Convolution2D(
            filters=32, kernel_size=(5, 5), strides=(1, 1), padding="valid", use_bias=True,
            activation=lambda x: keras.ops.maximum(x, 0),
        )
    )
    model.add(keras.layers.MaxPool2D(pool_size=(2, 2), strides=2, padding="same"))
    return model


# %% basic layers-from-config
# right: the layers come from plain configurations
def build_basic():
    table = [
        ("Conv2D", dict(filters=32, kernel_size=[5, 5], activation="relu")),
        ("MaxPooling2D", dict(pool_size=2)),
    ]
    return keras.Sequential(
        [keras.Input((28, 28, 1)), *(getattr(keras.layers, name)(**how) for name, how in table)]
    )


# %% stack continues-basic
# right: goes on from the first model's output
def build_stack():
    below = build_basic()
    x = keras.layers.Conv2D(64, 5, activation=keras.activations.relu)(below.outputs[0])
    x = keras.layers.MaxPooling2D((2, 2))(x)
    return keras.Model(inputs=below.inputs, outputs=x)


# %% stack pairs-in-a-loop
# right: a generator of pairs with one helper
def build_stack():
    def pair(filters, size=(5, 5), *, pool=(2, 2)):
        yield keras.layers.Conv2D(filters, size)
        yield keras.layers.Activation("relu")
        yield keras.layers.MaxPool2D(pool)

    return keras.Sequential([keras.Input(shape=(28, 28, 1)), *pair(32), *pair(64)])


# %% stack one-pool-used-twice
# right: one pooling layer, used twice in a functional model; it has no parameters
def build_stack():
    pool = keras.layers.MaxPooling2D(2)
    image = keras.Input(shape=(28, 28, 1))
    first = pool(keras.layers.Conv2D(32, 5, activation="relu")(image))
    second = pool(keras.layers.Conv2D(64, 5, activation="relu")(first))
    return keras.Model(image, second)


# %% classifier softmax-layer
# right: linear units, the softmax as a layer of its own
def build_classifier():
    model = build_stack()
    return keras.Sequential(
        [
            keras.Input(shape=model.input_shape[1:]),
            *model.layers,
            keras.layers.Flatten(),
            keras.layers.Dense(10),
            keras.layers.Softmax(),
        ]
    )


# %% classifier reduce-over-layers
# right: functional by folding, with a softmax from keras.ops over the last axis
from functools import reduce


def build_classifier():
    start = keras.Input(shape=(28, 28, 1), name="digit")
    layers = [
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation=lambda x: keras.ops.softmax(x, axis=-1)),
    ]
    return keras.Model(start, reduce(lambda x, layer: layer(x), layers, start))


# %% classifier add-to-stack
# right: adds to whatever the stack's outputs are
def build_classifier():
    base = build_stack()
    row = keras.layers.Flatten(name="row")(base.outputs[0])
    digits = keras.layers.Dense(units=10, activation=keras.activations.softmax)(row)
    return keras.Model(base.inputs, digits, name="classifier")


# %% prepare eye-and-divide
# right: rows of the unit matrix, divided as float32 on the way
def prepare(images, labels):
    pixels = np.divide(images, 255, dtype=np.float32)
    return pixels[..., None], np.eye(10, dtype=np.float32)[labels]


# %% prepare comparison-and-keras-layer
# right: a Rescaling layer, and labels by comparison with 0 to 9
def prepare(images, labels):
    rescale = keras.layers.Rescaling(1 / 255, dtype="float32")
    pixels = np.array(rescale(np.expand_dims(images, -1)), dtype=np.float32)
    return pixels, np.equal.outer(labels, np.arange(10)).astype("float32")


# %% prepare lookup-table
# right: a table of the 256 shades, and put_along_axis for the ones
_SHADES = np.linspace(0, 1, 256).astype(np.float32)


def prepare(images, labels):
    rows = np.zeros((len(labels), 10))
    np.put_along_axis(rows, np.asarray(labels, dtype=np.intp)[:, None], 1, axis=1)
    return _SHADES[images][:, :, :, np.newaxis], rows


# %% prepare tensorflow-to-numpy
# right: TensorFlow's functions, handed back as arrays
def prepare(images, labels):
    import tensorflow as tf

    pixels = tf.image.convert_image_dtype(tf.constant(images)[..., tf.newaxis], tf.float32)
    return pixels.numpy(), tf.one_hot(tf.cast(labels, tf.int32), depth=10).numpy()


# %% compile objects-again
# right: objects in place of names
def compile_model(model):
    model.compile(
        keras.optimizers.SGD(),
        keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile settings-dict
# right: settings from a dict made anew in each call, the loss as a function, the metric in a list
def compile_model(model):
    settings = {
        "optimizer": keras.optimizers.get("sgd"),
        "loss": keras.losses.categorical_crossentropy,
        "metrics": ["accuracy"],
        "jit_compile": False,
    }
    model.compile(**settings)
    return model


# %% compile compile-or-model
# right: compile returns None, so "or" hands on the model; one metric by itself in a one-element list
def compile_model(model):
    return model.compile("SGD", "categorical_crossentropy", metrics=list(("accuracy",))) or model


# %% train dataset-again
# right: a tf.data pipeline with the last, smaller batch kept
def train(model, images, labels):
    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(100, drop_remainder=False)
    return model.fit(data, epochs=5, verbose=0)


# %% train own-history-callback
# right: hands in its own History and returns that
def train(model, images, labels):
    story = keras.callbacks.History()
    model.fit(x=images, y=labels, batch_size=100, epochs=5, verbose=2, callbacks=[story])
    return story


# %% train pydataset-again
# right: a PyDataset that deals out batches of 100 in a new order each epoch
class _Batches(keras.utils.PyDataset):
    def __init__(self, images, labels, size=100):
        super().__init__()
        self.images, self.labels, self.size = images, labels, size
        self.order = np.random.permutation(len(images))

    def __len__(self):
        return -(-len(self.images) // self.size)

    def __getitem__(self, number):
        chosen = self.order[number * self.size : (number + 1) * self.size]
        return self.images[chosen], self.labels[chosen]

    def on_epoch_end(self):
        np.random.shuffle(self.order)


def train(model, images, labels):
    return model.fit(_Batches(images, labels), epochs=5, verbose=0)


# %% train late-numbering
# right: five epochs that are numbered from 6 to 10
def train(model, images, labels):
    return model.fit(images, labels, 100, initial_epoch=5, epochs=10, verbose=0)


# %% basic functional-ops
# why right: functional API with the ReLU as an operation of its own
def build_basic():
    inputs = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Conv2D(filters=32, kernel_size=5)(inputs)
    x = keras.ops.relu(x)
    outputs = keras.layers.MaxPool2D()(x)
    return keras.Model(inputs=inputs, outputs=outputs)


# %% basic added-one-by-one
# why right: an empty Sequential that grows, the activation as a layer
def build_basic():
    model = keras.Sequential(name="basic")
    model.add(keras.layers.InputLayer(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, (5, 5), strides=1, padding="valid"))
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.MaxPooling2D(pool_size=2, strides=2))
    return model


# %% basic from-config
# why right: written as a config and brought to life
def build_basic():
    source = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation=keras.activations.relu),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )
    return keras.Sequential.from_config(source.get_config())


# %% stack comprehension
# why right: both pairs from one comprehension over the numbers of filters
def build_stack():
    L = keras.layers
    pairs = [[L.Conv2D(n, 5), L.ReLU(), L.MaxPooling2D()] for n in (32, 64)]
    return keras.Sequential([keras.Input(shape=(28, 28, 1)), *sum(pairs, [])])


# %% classifier reshape
# why right: Reshape writes the same row as Flatten; softmax as a layer of its own
def build_classifier():
    inputs = keras.Input(shape=(28, 28, 1))
    x = inputs
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 5, activation="relu")(x)
        x = keras.layers.MaxPooling2D(2)(x)
    for layer in (keras.layers.Reshape((-1,)), keras.layers.Dense(10), keras.layers.Softmax()):
        x = layer(x)
    return keras.Model(inputs, x)


# %% classifier closure
# why right: a small helper that chains layers over a functional input
from functools import reduce


def build_classifier():
    layers = keras.layers
    chain = [
        layers.Conv2D(32, (5, 5), activation="relu"),
        layers.MaxPooling2D((2, 2)),
        layers.Conv2D(64, (5, 5), activation="relu"),
        layers.MaxPooling2D((2, 2)),
        layers.Flatten(),
        layers.Dense(units=10, activation=lambda x: keras.activations.softmax(x, axis=-1)),
    ]
    inputs = keras.Input(shape=(28, 28, 1), name="digit")
    return keras.Model(inputs, reduce(lambda x, layer: layer(x), chain, inputs))


# %% prepare look-up-table
# why right: 256 possible pixels, looked up; one-hot by a comparison with 0 .. 9
import numpy as np


def prepare(images, labels):
    shades = np.linspace(0, 1, 256, dtype="float32")
    return shades[images][..., None], np.equal.outer(labels, np.arange(10)).astype("float32")


# %% prepare allocate-and-fill
# why right: arrays made first and filled in
import numpy as np


def prepare(images, labels):
    x = np.empty((*np.shape(images), 1), dtype=np.float32)
    np.divide(images, 255, out=x[..., 0], casting="unsafe")
    y = np.zeros((len(labels), 10))
    for row, label in zip(y, labels):
        row[int(label)] = 1
    return x, y


# %% prepare identity-rows
# why right: rows of the identity matrix, scaled by a float32 number
import numpy as np


def prepare(images, labels):
    pixels = np.expand_dims(images, axis=3).astype("float32")
    pixels /= 255.0
    return pixels, np.identity(10, dtype=int)[np.asarray(labels, dtype=int)]


# %% compile objects-again-again
# why right: objects in place of names
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile by-dict
# why right: settings in a dict, looked up by keras
def compile_model(model):
    settings = {"optimizer": keras.optimizers.get("sgd"), "loss": keras.losses.get("categorical_crossentropy")}
    model.compile(**settings, metrics=("accuracy",))
    return model


# %% train history-callback
# why right: brings its own History callback, which fit fills
def train(model, images, labels):
    diary = keras.callbacks.History()
    model.fit(images, labels, batch_size=100, epochs=5, verbose=0, callbacks=[diary])
    return diary


# %% train attribute
# why right: fit leaves its History in model.history
def train(model, images, labels):
    model.fit(x=images, y=labels, epochs=5, batch_size=100, verbose=2)
    return model.history


# %% train dataset-again-again
# why right: a tf.data pipeline that shuffles all images and gives batches of 100
import tensorflow as tf


def train(model, images, labels):
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images)).batch(100)
    return model.fit(data, epochs=5, verbose=0)


# %% basic plain-list
# right: the plain list, as the text suggests
def build_basic():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
    ])
    return model


# %% basic add-calls
# right: layers added one after another, keywords throughout
from keras import layers

def build_basic():
    net = keras.Sequential()
    net.add(keras.Input(shape=(28, 28, 1)))
    net.add(layers.Conv2D(filters=32, kernel_size=5, strides=1, padding="valid", activation="relu"))
    net.add(layers.MaxPool2D(pool_size=2, strides=2))
    return net


# %% basic activation-layer
# right: ReLU as a layer of its own
def build_basic():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5),
        keras.layers.ReLU(),
        keras.layers.MaxPooling2D(),
    ])


# %% basic functional-again
# right: functional model
def build_basic():
    inp = keras.Input(shape=(28, 28, 1), name="digit")
    x = keras.layers.Conv2D(32, kernel_size=(5, 5), activation=keras.activations.relu, name="conv1")(inp)
    out = keras.layers.MaxPooling2D(pool_size=(2, 2), name="pool1")(x)
    return keras.Model(inputs=inp, outputs=out, name="basic")


# %% basic pool-same-even
# right: pooling padding "same" changes nothing where 24 is even
def build_basic():
    m = keras.models.Sequential(name="first_pair")
    m.add(keras.layers.InputLayer(shape=(28, 28, 1)))
    m.add(keras.layers.Conv2D(32, 5, activation="relu"))
    m.add(keras.layers.MaxPooling2D(2, padding="same"))
    return m


# %% stack plain-list
# right: everything in one list
def build_stack():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(64, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
    ])


# %% stack extend-basic
# right: goes on with the model of part 1
def build_stack():
    model = build_basic()
    model.add(keras.layers.Conv2D(64, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% stack for-loop
# right: a loop over the numbers of filters
def build_stack():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for n in [32, 64]:
        model.add(keras.layers.Conv2D(n, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D())
    return model


# %% stack helper-pair
# right: helper that returns a pair of layers
def _pair(filters):
    return [
        keras.layers.Conv2D(filters, kernel_size=5, activation="relu"),
        keras.layers.MaxPooling2D(pool_size=2),
    ]

def build_stack():
    return keras.Sequential([keras.Input(shape=(28, 28, 1)), *_pair(32), *_pair(64)])


# %% stack functional-on-basic
# right: basic model called as a layer inside a functional model
def build_stack():
    start = keras.Input(shape=(28, 28, 1))
    h = build_basic()(start)
    h = keras.layers.Conv2D(64, (5, 5))(h)
    h = keras.layers.Activation("relu")(h)
    h = keras.layers.MaxPooling2D((2, 2))(h)
    return keras.Model(start, h)


# %% classifier plain-list
# right: the plain list
def build_classifier():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(64, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])


# %% classifier extend-stack
# right: goes on with build_stack
def build_classifier():
    m = build_stack()
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(units=10, activation="softmax"))
    return m


# %% classifier softmax-layer-again
# right: softmax as a layer of its own after a linear Dense
def build_classifier():
    L = keras.layers
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        L.Conv2D(32, 5, activation="relu"), L.MaxPool2D(),
        L.Conv2D(64, 5, activation="relu"), L.MaxPool2D(),
        L.Flatten(),
        L.Dense(10),
        L.Softmax(),
    ])


# %% classifier functional-outputs
# right: functional, from the stack's input and output
def build_classifier():
    base = build_stack()
    x = keras.layers.Flatten()(base.outputs[0])
    x = keras.layers.Dense(10, activation=keras.activations.softmax)(x)
    return keras.Model(base.inputs[0], x)


# %% classifier reshape-again
# right: Reshape instead of Flatten, same order of values
def build_classifier():
    inputs = keras.Input(shape=(28, 28, 1))
    x = inputs
    for f in (32, 64):
        x = keras.layers.Conv2D(f, (5, 5), activation="relu")(x)
        x = keras.layers.MaxPooling2D((2, 2))(x)
    x = keras.layers.Reshape((4 * 4 * 64,))(x)
    probs = keras.layers.Dense(10, "softmax")(x)
    return keras.Model(inputs=inputs, outputs=probs)


# %% prepare plain
# right: reshape, cast, divide, to_categorical with the number of classes
def prepare(images, labels):
    x = images.reshape((len(images), 28, 28, 1)).astype("float32") / 255
    y = keras.utils.to_categorical(labels, 10)
    return x, y


# %% prepare newaxis-eye
# right: newaxis and rows of the unit matrix
def prepare(images, labels):
    images = images[..., np.newaxis].astype(np.float32) / 255.0
    labels = np.eye(10)[labels]
    return images, labels


# %% prepare expand-dims-compare
# right: expand_dims; one-hot by comparison
def prepare(images, labels):
    scaled = np.float32(images) / np.float32(255)
    scaled = np.expand_dims(scaled, axis=-1)
    onehot = (labels[:, None] == np.arange(10)).astype("float32")
    return scaled, onehot


# %% prepare loop-onehot
# right: ones set in a loop
def prepare(images, labels):
    n = images.shape[0]
    new_images = np.zeros((n, 28, 28, 1), dtype="float32")
    new_images[:, :, :, 0] = images / 255
    new_labels = np.zeros((n, 10))
    for i in range(n):
        new_labels[i, labels[i]] = 1
    return new_images, new_labels


# %% prepare divide-then-cast
# right: float64 division first, then cast; one-hot by fancy assignment
def prepare(images, labels):
    pixels = (images / 255).astype(np.float32)
    pixels.shape = pixels.shape + (1,)
    rows = np.zeros((labels.size, 10), np.float32)
    rows[np.arange(labels.size), labels] = 1.0
    return pixels, rows


# %% prepare lookup-table-again
# right: table of the 256 possible values; one_hot of keras
def prepare(images, labels):
    table = np.linspace(0, 1, 256, dtype=np.float32)
    x = np.take(table, images)[:, :, :, None]
    y = np.asarray(keras.ops.one_hot(labels, 10))
    return x, y


# %% compile plain
# right: the strings
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile objects-again-again-again
# right: objects instead of strings
def compile_model(model):
    model.compile(
        loss=keras.losses.CategoricalCrossentropy(),
        optimizer=keras.optimizers.SGD(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile positional-two
# right: the first two positional, Keras's own learning rate named
def compile_model(model):
    opt = keras.optimizers.SGD(learning_rate=0.01)
    model.compile(opt, "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile dict-kwargs
# right: keywords from a dict
def compile_model(model):
    settings = dict(optimizer="SGD", loss="categorical_crossentropy", metrics=["accuracy"])
    model.compile(**settings)
    return model


# %% compile loss-function
# right: the loss as a function
from keras.losses import categorical_crossentropy

def compile_model(model):
    how = keras.optimizers.get("sgd")
    model.compile(optimizer=how, loss=categorical_crossentropy, metrics=["accuracy"])
    return model


# %% train plain
# right: as the text says
def train(model, images, labels):
    history = model.fit(images, labels, epochs=5, batch_size=100)
    return history


# %% train silent
# right: silent, positional batch size
def train(model, images, labels):
    return model.fit(images, labels, 100, 5, verbose=0)


# %% train dict-settings
# right: settings in a dict, x and y by name
def train(model, images, labels):
    settings = {"batch_size": 100, "epochs": 5, "shuffle": True, "verbose": 2}
    return model.fit(x=images, y=labels, **settings)


# %% train own-history-callback-again
# right: History object made oneself and handed to fit
def train(model, images, labels):
    history = keras.callbacks.History()
    model.fit(images, labels, batch_size=100, epochs=5, callbacks=[history], verbose=0)
    return history


# %% basic add-one-by-one
# right: plain, layers added one at a time, pooling strides spelled out
def build_basic():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D(pool_size=2, strides=2))
    return model


# %% basic functional-separate-relu
# right: functional model, the ReLU is a layer of its own
from keras import layers

def build_basic():
    x_in = keras.Input((28, 28, 1), name="digit")
    x = layers.Conv2D(filters=32, kernel_size=(5, 5))(x_in)
    x = layers.ReLU()(x)
    x = layers.MaxPool2D()(x)
    return keras.Model(x_in, x, name="basic")


# %% basic relu-after-pool
# right: ReLU is monotone, so it may come after max pooling; same function
def build_basic():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), padding="valid"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Activation("relu"),
    ])


# %% basic pool-same-even-map
# right: the map is 24 x 24, so pooling with padding "same" pads nothing
def build_basic():
    L = keras.layers
    stack = [keras.Input((28, 28, 1)),
             L.Conv2D(32, 5, strides=1, activation=keras.activations.relu),
             L.MaxPooling2D(2, padding="same")]
    return keras.Sequential(stack)


# %% basic from-config-twin
# right: builds the model and returns a fresh one made from its config
def build_basic():
    draft = keras.Sequential([
        keras.layers.InputLayer(shape=(28, 28, 1)),
        keras.layers.Convolution2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
    ])
    return keras.Sequential.from_config(draft.get_config())


# %% stack plain-list-again
# right: the usual list
def build_stack():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(64, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
    ])


# %% stack extend-basic-again
# right: takes the Sequential of question 1 and adds to it
def build_stack():
    model = build_basic()
    for layer in (keras.layers.Conv2D(64, 5, activation="relu"), keras.layers.MaxPooling2D(2)):
        model.add(layer)
    return model


# %% stack functional-on-outputs
# right: goes on from the output tensor of the basic model
def build_stack():
    below = build_basic()
    y = keras.layers.Conv2D(64, kernel_size=5, activation="relu")(below.outputs[0])
    y = keras.layers.MaxPooling2D()(y)
    return keras.Model(inputs=below.inputs, outputs=y)


# %% stack generator-of-pairs
# right: a generator yields the layers of each pair
def build_stack():
    def pieces(*filters):
        yield keras.Input(shape=(28, 28, 1))
        for n in filters:
            yield keras.layers.Conv2D(n, 5, activation="relu")
            yield keras.layers.MaxPooling2D(pool_size=(2, 2))
    return keras.Sequential(list(pieces(32, 64)))


# %% stack partial-reduce
# right: functional, by functools.partial and reduce
from functools import partial, reduce

def build_stack():
    conv = partial(keras.layers.Conv2D, kernel_size=5, activation=keras.ops.relu)
    start = keras.Input((28, 28, 1))
    end = reduce(lambda t, layer: layer(t),
                 [conv(32), keras.layers.MaxPooling2D(), conv(64), keras.layers.MaxPooling2D()], start)
    return keras.Model(start, end)


# %% classifier plain-list-again
# right: written out in full
def build_classifier():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    return model


# %% classifier spread-stack-layers
# right: reuses the stack's layers in a new Sequential
def build_classifier():
    return keras.Sequential([keras.Input((28, 28, 1)), *build_stack().layers,
                             keras.layers.Flatten(), keras.layers.Dense(10, "softmax")])


# %% classifier reshape-and-softmax-layer
# right: Reshape flattens just as well, softmax as a layer of its own
def build_classifier():
    m = build_stack()
    m.add(keras.layers.Reshape((4 * 4 * 64,)))
    m.add(keras.layers.Dense(units=10))
    m.add(keras.layers.Softmax())
    return m


# %% classifier functional-ops-softmax
# right: functional, softmax function from keras.activations given as a callable
def build_classifier():
    inputs = keras.Input(shape=(28, 28, 1))
    x = inputs
    for f in [32, 64]:
        x = keras.layers.Conv2D(f, 5)(x)
        x = keras.layers.Activation("relu")(x)
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Flatten()(x)
    outputs = keras.layers.Dense(10, activation=keras.activations.softmax)(x)
    return keras.Model(inputs, outputs)


# %% classifier stack-called-on-input
# right: calls the stack as if it were a layer
def build_classifier():
    inp = keras.layers.Input((28, 28, 1))
    row = keras.layers.Flatten()(build_stack()(inp))
    return keras.Model(inp, keras.layers.Dense(10, activation="softmax")(row))


# %% prepare plain-again
# right: the usual three steps
def prepare(images, labels):
    x = images.astype("float32") / 255
    x = np.expand_dims(x, -1)
    y = keras.utils.to_categorical(labels, 10)
    return x, y


# %% prepare eye-newaxis
# right: rows of the unit matrix
def prepare(images, labels):
    return images[..., None].astype(np.float32) / np.float32(255), np.eye(10, dtype="float32")[labels]


# %% prepare compare-arange
# right: one-hot by comparison, shape by reshape
def prepare(images, labels):
    pixels = (images / 255.0).astype("float32").reshape(len(images), 28, 28, 1)
    onehot = (np.asarray(labels).reshape(-1, 1) == np.arange(10)).astype(int)
    return pixels, onehot


# %% prepare lookup-table-again-again
# right: a table of the 256 possible values is indexed by the bytes
def prepare(images, labels):
    table = np.arange(256, dtype=np.float32) / 255
    rows = np.zeros((len(labels), 10), np.float32)
    rows[np.arange(len(labels)), labels] = 1
    return table[images][:, :, :, np.newaxis], rows


# %% prepare loop-labels
# right: loops over the labels; multiplies into a new array
def prepare(images, labels):
    out = np.empty(images.shape + (1,), dtype=np.float32)
    np.multiply(images[..., np.newaxis], np.float32(1 / 255), out=out)
    np.clip(out, 0, 1, out=out)
    hot = np.zeros((len(labels), 10))
    for row, label in zip(hot, labels):
        row[int(label)] = 1.0
    return out, hot


# %% prepare tensorflow-again
# right: done by tensorflow, then back to NumPy
import tensorflow as tf

def prepare(images, labels):
    x = tf.cast(tf.constant(images), tf.float32)[..., tf.newaxis] / 255.0
    y = tf.one_hot(tf.cast(labels, tf.int32), depth=10)
    return x.numpy(), y.numpy()


# %% compile strings
# right: as the text says
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile objects-again-again-again-again
# right: objects instead of names, metric called accuracy
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile positional-again
# right: optimizer and loss by position, the loss as function
def compile_model(model):
    model.compile(keras.optimizers.get("sgd"), keras.losses.categorical_crossentropy, metrics=["accuracy"])
    return model


# %% compile settings-dict-or
# right: settings from a dict; compile returns None, so `or` gives the model
SETTINGS = {"optimizer": "SGD", "loss": "categorical_crossentropy", "metrics": ("accuracy",)}
compile_model = lambda model: model.compile(**{**SETTINGS, "metrics": list(SETTINGS["metrics"])}) or model


# %% train plain-again
# right: the plain call
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5)


# %% train model-history-attribute
# right: fit sets model.history
def train(model, images, labels):
    model.fit(x=images, y=labels, epochs=5, batch_size=100, verbose=0)
    return model.history


# %% train positional-own-history
# right: positional arguments, quiet, with a callback that does nothing to training
def train(model, images, labels):
    class Dots(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            print(".", end="")
    h = model.fit(images, labels, 100, 5, 0, callbacks=[Dots()])
    print()
    return h


# %% basic g2-functional-relu-layer
# why: functional API, linear convolution followed by a separate ReLU layer
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    pixels = keras.Input(shape=(28, 28, 1))
    maps = keras.layers.Conv2D(32, kernel_size=5)(pixels)
    maps = keras.layers.ReLU()(maps)
    return keras.Model(inputs=pixels, outputs=keras.layers.MaxPool2D()(maps))


# %% basic g2-add-and-lambda-activation
# why: Sequential.add, the activation is an own function that replaces negative numbers by zero
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    def rectify(x):
        return keras.ops.where(x > 0, x, keras.ops.zeros_like(x))

    model = keras.Sequential(name="basic")
    for layer in (
        keras.Input((28, 28, 1), dtype="float32"),
        keras.layers.Convolution2D(filters=32, kernel_size=[5, 5], strides=1, padding="VALID", activation=rectify),
        keras.layers.MaxPooling2D(pool_size=[2, 2], strides=[2, 2]),
    ):
        model.add(layer)
    return model


# %% basic g2-pool-padding-same
# why: the pooling's padding "same" changes nothing, since 24 is even; input given with a batch_shape
from functools import partial, reduce

def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    layers = keras.layers
    conv = partial(layers.Conv2D, kernel_size=(5, 5), activation=keras.activations.relu)
    x = keras.Input(batch_shape=(None, 28, 28, 1))
    return keras.Model(x, reduce(lambda t, f: f(t), [conv(32), layers.MaxPooling2D(2, padding="same")], x))


# %% basic g2-from-config
# why: the layers are made from plain configuration dicts
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    table = [
        ("Conv2D", {"filters": 32, "kernel_size": (5, 5), "activation": "relu", "padding": "valid"}),
        ("MaxPooling2D", {"pool_size": (2, 2)}),
    ]
    made = [getattr(keras.layers, name).from_config(config) for name, config in table]
    return keras.Sequential([keras.Input(shape=[28, 28, 1]), *made])


# %% basic g2-build-called
# why: a Sequential without Input that is built with its shape at once
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    model = keras.Sequential()
    model.add(keras.layers.Conv2D(32, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D(2))
    model.build((None, 28, 28, 1))
    return model


# %% stack g2-adds-to-basic
# why: takes the model of the first question and adds the second pair
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    model = build_basic()
    model.add(keras.layers.Conv2D(64, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% stack g2-functional-on-basic
# why: functional model that goes on from the output tensor of the basic model
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    below = build_basic()
    top = keras.layers.Conv2D(64, (5, 5), activation="relu")(below.outputs[0])
    top = keras.layers.MaxPooling2D((2, 2), strides=2)(top)
    return keras.Model(below.inputs, top)


# %% stack g2-generator-of-layers
# why: a generator yields the pairs, Activation layers instead of activation=
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    def pairs(*filters):
        yield keras.Input(shape=(28, 28, 1))
        for n in filters:
            yield keras.layers.Conv2D(n, 5)
            yield keras.layers.Activation("relu")
            yield keras.layers.MaxPooling2D()
    return keras.Sequential(list(pairs(32, 64)))


# %% stack g2-recursion
# why: recursive functional building
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    start = keras.Input((28, 28, 1))

    def climb(x, filters):
        if not filters:
            return x
        first, *rest = filters
        x = keras.layers.Conv2D(first, 5, activation="relu", use_bias=True)(x)
        return climb(keras.layers.MaxPool2D(pool_size=2)(x), rest)

    return keras.Model(start, climb(start, [32, 64]))


# %% classifier g2-stack-plus-two
# why: adds flatten and dense to the model of the second question
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier g2-nested-model
# why: the stack is used as a single layer inside the new Sequential
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        build_stack(),
        keras.layers.Flatten(),
        keras.layers.Dense(units=10, activation=keras.activations.softmax),
    ])


# %% classifier g2-reshape-and-softmax-layer
# why: Reshape to one row instead of Flatten, linear dense layer followed by a Softmax layer
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    L = keras.layers
    x = inputs = keras.Input((28, 28, 1))
    for n in (32, 64):
        x = L.MaxPooling2D(2)(L.Conv2D(n, 5, activation="relu")(x))
    x = L.Reshape((4 * 4 * 64,))(x)
    x = L.Dense(10)(x)
    return keras.Model(inputs, L.Softmax()(x))


# %% classifier g2-activation-by-hand
# why: softmax computed by an own activation function, shifted by the maximum
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    ops = keras.ops

    def to_probabilities(z):
        e = ops.exp(z - ops.max(z, axis=-1, keepdims=True))
        return e / ops.sum(e, axis=-1, keepdims=True)

    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation=to_probabilities),
    ])


# %% classifier g2-inherits-functional
# why: a subclass of keras.Model that is functional inside
class Reader(keras.Model):
    def __init__(self, classes=10):
        inputs = keras.Input((28, 28, 1))
        x = inputs
        for filters in (32, 64):
            x = keras.layers.Conv2D(filters, 5, activation="relu")(x)
            x = keras.layers.MaxPooling2D(2)(x)
        x = keras.layers.Flatten()(x)
        outputs = keras.layers.Dense(classes, "softmax")(x)
        super().__init__(inputs=inputs, outputs=outputs)

def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    return keras.Sequential(Reader().layers)


# %% prepare g2-lookup-table
# why: a table of the 256 possible pixels is indexed by the image; rows of the unit matrix
def prepare(images, labels):
    """Images and labels as the network wants them."""
    shades = (np.arange(256) / 255).astype(np.float32)
    return shades[images][:, :, :, None], np.eye(10, dtype="float32")[labels]


# %% prepare g2-divide-with-dtype
# why: np.divide with dtype, labels compared with a row of classes
def prepare(images, labels):
    """Images and labels as the network wants them."""
    pixels = np.divide(images, 255, dtype=np.float32)
    one_hot = (np.asarray(labels)[:, np.newaxis] == np.arange(10)).astype(np.int64)
    return np.expand_dims(pixels, axis=-1), one_hot


# %% prepare g2-tensorflow-then-numpy
# why: TensorFlow does the work, arrays are returned, in a named tuple
import collections
import tensorflow as tf

Prepared = collections.namedtuple("Prepared", "pixels targets")

def prepare(images, labels):
    """Images and labels as the network wants them."""
    pixels = tf.cast(tf.convert_to_tensor(images), tf.float32) / 255.0
    targets = tf.one_hot(tf.cast(labels, tf.int32), depth=10)
    return Prepared(tf.expand_dims(pixels, -1).numpy(), targets.numpy())


# %% prepare g2-preallocated-loops
# why: new arrays filled image by image
def prepare(images, labels):
    """Images and labels as the network wants them."""
    n = len(images)
    x = np.empty((n, *images.shape[1:], 1), dtype="float32")
    y = np.zeros((n, 10))
    for i, (image, label) in enumerate(zip(images, labels)):
        x[i, ..., 0] = image / 255
        y[i, int(label)] = 1
    return x, y


# %% prepare g2-keras-ops-stack
# why: keras.ops and put_along_axis, a list of two arrays is unpacked just as well
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = np.stack([images], axis=3).astype("f4")
    x /= 255
    y = np.zeros((labels.shape[0], 10), "f4")
    np.put_along_axis(y, labels.astype(int).reshape(-1, 1), 1, axis=1)
    return (x, y)


# %% compile g2-objects
# why: objects of optimizer, loss and metric instead of names
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.01),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile g2-positional-function-loss
# why: positional arguments, the loss as a function
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    return model.compile("SGD", keras.losses.categorical_crossentropy, metrics=("accuracy",)) or model


# %% compile g2-settings-dict
# why: settings in a dict, the optimizer from its configuration
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    how = dict(metrics=["accuracy"], loss=["categorical_crossentropy"])
    how["optimizer"] = keras.optimizers.get({"class_name": "SGD", "config": {}})
    model.compile(**how)
    return model


# %% compile g2-own-loss-function
# why: the loss is the student's own cross-entropy of one-hot labels
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    def cross_entropy(truth, probabilities):
        safe = keras.ops.clip(probabilities, 1e-7, 1.0)
        return -keras.ops.sum(truth * keras.ops.log(safe), axis=-1)

    model.compile(optimizer="sgd", loss=cross_entropy, metrics=["accuracy"])
    return model


# %% compile g2-extra-arguments
# why: further arguments that do not change what is learned
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    model.compile(
        loss="categorical_crossentropy",
        metrics=["accuracy"],
        optimizer="sgd",
        jit_compile=False,
        steps_per_execution=1,
    )
    return model


# %% train g2-keywords-quiet
# why: keyword arguments only, no output
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    settings = {"epochs": 5, "batch_size": 100, "verbose": 0}
    return model.fit(x=images, y=labels, **settings)


# %% train g2-tf-dataset
# why: a tf.data pipeline that shuffles and batches
import tensorflow as tf

def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images), reshuffle_each_iteration=True).batch(100)
    return model.fit(data, epochs=5, verbose=2)


# %% train g2-model-history
# why: fit leaves its History in model.history
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    model.fit(images, labels, 100, 5)
    return model.history


# %% train g2-pydataset
# why: a keras.utils.PyDataset serves the batches, the last one may be smaller
class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, size=100):
        super().__init__()
        self.x, self.y, self.size = x, y, size
        self.order = np.random.permutation(len(x))

    def __len__(self):
        return -(-len(self.x) // self.size)

    def __getitem__(self, index):
        chosen = self.order[index * self.size : (index + 1) * self.size]
        return self.x[chosen], self.y[chosen]

    def on_epoch_end(self):
        self.order = np.random.permutation(len(self.x))

def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(Batches(images, labels), epochs=5, verbose=0)


# %% train g2-watches-training-images
# why: also evaluates after each epoch, which changes no parameters
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    history = model.fit(
        images, labels, batch_size=100, epochs=5, verbose=0,
        validation_data=(images[:50], labels[:50]), callbacks=[keras.callbacks.TerminateOnNaN()],
    )
    return history


# %% basic r2-match-config
# why right: the same two layers, made from a config dict and rebuilt with from_config
def build_basic():
    plan = keras.Sequential(
        [
            keras.Input(shape=[28, 28, 1]),
            keras.layers.Conv2D(
                filters=32, kernel_size=5, strides=1, padding="valid", activation="relu"
            ),
            keras.layers.MaxPool2D(pool_size=2, strides=2, padding="valid"),
        ]
    )
    return keras.Sequential.from_config(plan.get_config())


# %% basic r2-pool-padding-same
# why right: 24 is even, so "same" pads nothing in the pooling, and the result is equal
def build_basic():
    model = keras.Sequential()
    for layer in (
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5)),
        keras.layers.ReLU(),
        keras.layers.MaxPooling2D(padding="same"),
    ):
        model.add(layer)
    return model


# %% basic r2-functional-batch-shape
# why right: functional API, batch_shape, and ReLU as an operation of the graph
def build_basic():
    image = keras.Input(batch_shape=(None, 28, 28, 1), dtype="float32", name="digit")
    maps = keras.layers.Conv2D(32, (5, 5), activation=None, use_bias=True)(image)
    maps = keras.ops.relu(maps)
    maps = keras.layers.MaxPooling2D((2, 2), strides=(2, 2))(maps)
    return keras.Model(inputs=image, outputs=maps)


# %% basic r2-sequential-subclass
# why right: a subclass of Sequential that fills itself; lambda for ReLU
class Pair(keras.Sequential):
    def __init__(self, filters, size):
        super().__init__()
        self.add(keras.Input(shape=(28, 28, 1)))
        self.add(
            keras.layers.Conv2D(filters, size, activation=lambda x: keras.ops.maximum(x, 0.0))
        )
        self.add(keras.layers.MaxPooling2D())


def build_basic():
    return Pair(filters=32, size=(5, 5))


# %% basic r2-tensorflow-names
# why right: tf.keras is the same keras; Convolution2D is an alias of Conv2D
import tensorflow as tf


def build_basic():
    layers = tf.keras.layers
    return tf.keras.models.Sequential(
        [
            layers.Input(shape=(28, 28, 1)),
            layers.Convolution2D(32, [5, 5], activation=tf.nn.relu, data_format="channels_last"),
            layers.MaxPool2D([2, 2]),
        ],
        name="basic",
    )


# %% stack r2-nested-basic
# why right: the first pair is the model of question 1, used as a layer
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            build_basic(),
            keras.Sequential(
                [keras.layers.Conv2D(64, 5, activation="relu"), keras.layers.MaxPooling2D(2)]
            ),
        ]
    )


# %% stack r2-functional-on-basic-output
# why right: goes on from the output of the first model
def build_stack():
    first = build_basic()
    maps = keras.layers.Conv2D(64, (5, 5), activation=keras.activations.relu)(first.outputs[0])
    return keras.Model(first.inputs[0], keras.layers.MaxPooling2D((2, 2))(maps))


# %% stack r2-reduce-over-filters
# why right: functools.reduce over the numbers of filters
from functools import reduce


def build_stack():
    def pair(maps, filters):
        maps = keras.layers.Conv2D(filters, kernel_size=(5, 5))(maps)
        return keras.layers.MaxPooling2D()(keras.layers.Activation("relu")(maps))

    image = keras.layers.Input((28, 28, 1))
    return keras.Model(image, reduce(pair, [32, 64], image))


# %% stack r2-generator-of-layers
# why right: the layers come out of a generator
def build_stack():
    def layers():
        yield keras.Input(shape=(28, 28, 1))
        for power in 5, 6:
            yield keras.layers.Conv2D(2**power, 5, activation="relu", kernel_initializer="glorot_uniform")
            yield keras.layers.MaxPooling2D(pool_size=(2, 2), strides=None)

    return keras.Sequential(list(layers()))


# %% stack r2-add-to-basic
# why right: a Sequential model may go on growing with add
def build_stack():
    model = build_basic()
    model.add(keras.layers.Conv2D(64, (5, 5), activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    return model


# %% classifier r2-reshape-and-softmax-layer
# why right: Reshape to one row equals Flatten, and softmax stands as a layer of its own
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Reshape((-1,)))
    model.add(keras.layers.Dense(10, activation="linear"))
    model.add(keras.layers.Softmax())
    return model


# %% classifier r2-functional-all
# why right: one functional chain, softmax from keras.ops
def build_classifier():
    x = image = keras.Input((28, 28, 1))
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 5, activation="relu")(x)
        x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units=10)(x)
    return keras.Model(image, keras.ops.softmax(x, axis=-1))


# %% classifier r2-clone
# why right: a clone has the same layers with fresh parameters
def build_classifier():
    draft = keras.Sequential(
        [*build_stack().layers, keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    )
    draft.build((None, 28, 28, 1))
    return keras.models.clone_model(draft)


# %% classifier r2-lambda-softmax
# why right: softmax written out by hand (shifted by the maximum, which changes nothing)
def build_classifier():
    def softmax(x):
        powers = keras.ops.exp(x - keras.ops.max(x, axis=-1, keepdims=True))
        return powers / keras.ops.sum(powers, axis=-1, keepdims=True)

    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *build_stack().layers,
            keras.layers.Flatten(data_format="channels_last"),
            keras.layers.Dense(10, activation=softmax),
        ]
    )


# %% classifier r2-from-json
# why right: the architecture takes a detour through JSON
def build_classifier():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))], name="reader")
    specs = [("Conv2D", dict(filters=32)), ("Conv2D", dict(filters=64))]
    for name, spec in specs:
        model.add(getattr(keras.layers, name)(kernel_size=[5, 5], activation="relu", **spec))
        model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(len("0123456789"), activation=keras.activations.softmax))
    return keras.models.model_from_json(model.to_json())


# %% prepare r2-take-eye
# why right: rows of the identity matrix by np.take
def prepare(images, labels):
    scaled = np.true_divide(images, 255, dtype=np.float32)
    return np.expand_dims(scaled, 3), np.take(np.eye(10, dtype="float32"), labels, axis=0)


# %% prepare r2-table-of-pixels
# why right: a table of the 256 possible values, looked up
LEVELS = (np.arange(256) / 255).astype("float32")


def prepare(images, labels):
    return LEVELS[images][..., None], keras.utils.to_categorical(labels, num_classes=10)


# %% prepare r2-comparison
# why right: compare with 0..9 by broadcasting; a named tuple is a tuple too
from collections import namedtuple

Data = namedtuple("Data", "pixels rows")


def prepare(images, labels):
    pixels = images.astype(np.float32)
    pixels /= np.float32(255)
    rows = (np.asarray(labels).reshape(-1, 1) == np.arange(10)).astype("float32")
    return Data(pixels.reshape(*images.shape, 1), rows)


# %% prepare r2-rescaling-layer
# why right: keras layers do it, and come back to NumPy
def prepare(images, labels):
    pixels = keras.ops.cast(keras.ops.convert_to_tensor(images), "float32") / 255.0
    rows = keras.ops.one_hot(keras.ops.cast(labels, "int32"), 10)
    return (
        keras.ops.convert_to_numpy(pixels)[:, :, :, np.newaxis],
        keras.ops.convert_to_numpy(rows),
    )


# %% prepare r2-loops
# why right: naive loops over images and labels
def prepare(images, labels):
    count = len(images)
    x = np.empty((count, 28, 28, 1), dtype=np.float32)
    y = np.zeros((count, 10), dtype=np.float32)
    for i in range(count):
        for row in range(28):
            x[i, row, :, 0] = images[i, row] / 255
        y[i, int(labels[i])] = 1
    return x, y


# %% prepare r2-put-along-axis
# why right: np.put_along_axis sets the ones; double precision, rounded to float32 at the end
def prepare(images, labels):
    rows = np.zeros((labels.shape[0], 10))
    np.put_along_axis(rows, labels.astype(np.int64)[:, None], 1.0, axis=1)
    return np.stack([images / 255.0], axis=-1).astype("float32"), rows


# %% compile r2-objects
# why right: objects instead of names
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile r2-gets
# why right: the deserializers of keras, and positional arguments
def compile_model(model):
    optimizer = keras.optimizers.get("sgd")
    model.compile(optimizer, keras.losses.get("categorical_crossentropy"), metrics=["accuracy"])
    return model


# %% compile r2-partial
# why right: keyword arguments from a dict, the loss as a function of its own that equals it
def compile_model(model):
    def loss(truth, guess):
        return keras.losses.categorical_crossentropy(truth, guess)

    how = dict(optimizer="sgd", loss=loss, metrics=["accuracy"], run_eagerly=False)
    model.compile(**how)
    return model


# %% compile r2-returns-or
# why right: compile returns None, so "or" gives the model
def compile_model(model):
    return (
        model.compile("sgd", loss=["categorical_crossentropy"], metrics=[["accuracy"]])
        or model
    )


# %% compile r2-explicit-rate
# why right: SGD with its default settings written out
def compile_model(model):
    sgd = keras.optimizers.SGD(learning_rate=0.01, momentum=0.0, nesterov=False)
    model.compile(optimizer=sgd, loss="categorical_crossentropy", metrics=["acc", "accuracy"][1:])
    return model


# %% train r2-dataset
# why right: a tf.data pipeline of batches of 100, shuffled anew in each epoch
import tensorflow as tf


def train(model, images, labels):
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images), reshuffle_each_iteration=True).batch(100)
    return model.fit(data, epochs=5, verbose=0)


# %% train r2-py-dataset
# why right: a PyDataset gives the batches, the last one shorter
def train(model, images, labels):
    class Batches(keras.utils.PyDataset):
        def __init__(self):
            super().__init__()
            self.order = np.random.permutation(len(images))

        def __len__(self):
            return -(-len(images) // 100)

        def __getitem__(self, i):
            mine = self.order[100 * i : 100 * i + 100]
            return images[mine], labels[mine]

        def on_epoch_end(self):
            np.random.shuffle(self.order)

    return model.fit(Batches(), epochs=5, verbose=0)


# %% train r2-own-history-callback
# why right: hands fit a History of its own and returns that
def train(model, images, labels):
    history = keras.callbacks.History()
    model.fit(x=images, y=labels, batch_size=100, epochs=5, callbacks=[history], verbose=0)
    return history


# %% train r2-even-weights
# why right: a weight of one for each image is the same as none
def train(model, images, labels):
    even = np.ones(len(images), dtype="float32")
    return model.fit(images, labels, sample_weight=even, batch_size=100, epochs=5, verbose=0)


# %% train r2-watches
# why right: evaluation on the training images after each epoch changes no parameters
def train(model, images, labels):
    return model.fit(
        images,
        labels,
        batch_size=100,
        epochs=5,
        shuffle=True,
        validation_data=(images[:200], labels[:200]),
        verbose=2,
    )


# %% prepare r2-image-by-image
# why right: np.multiply into an array made before, labels through a dict of rows
def prepare(images, labels):
    row_of = {digit: [float(digit == place) for place in range(10)] for digit in range(10)}
    pixels = np.empty(images.shape + (1,), np.float32)
    np.multiply(images[..., None], np.float64(1) / 255, out=pixels, casting="same_kind")
    return pixels, np.array([row_of[int(label)] for label in labels], dtype=np.float32)


# %% compile r2-from-config
# why right: compile_from_config with the serialized settings
def compile_model(model):
    model.compile_from_config(
        {
            "optimizer": "sgd",
            "loss": "categorical_crossentropy",
            "metrics": ["accuracy"],
            "loss_weights": None,
            "weighted_metrics": None,
            "run_eagerly": False,
            "steps_per_execution": 1,
            "jit_compile": False,
        }
    )
    return model


# %% train r2-callbacks-and-tensors
# why right: tensors instead of arrays, and a callback that does nothing to the parameters
def train(model, images, labels):
    seen = []
    watch = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(logs))
    x, y = map(keras.ops.convert_to_tensor, (images, labels))
    return model.fit(x, y, batch_size=100, epochs=5, verbose=0, callbacks=[watch])


# %% basic s2-functional
# why: functional API, the sizes from named tuples
from collections import namedtuple

ConvSpec = namedtuple("ConvSpec", "filters size")


def build_basic():
    spec = ConvSpec(filters=32, size=5)
    pixels = keras.Input(shape=(28, 28, 1))
    maps = keras.layers.Conv2D(spec.filters, spec.size, activation="relu")(pixels)
    return keras.Model(inputs=pixels, outputs=keras.layers.MaxPool2D()(maps))


# %% basic s2-add-separate-relu
# why: layers added one by one, ReLU as a layer of its own
def build_basic():
    model = keras.Sequential(name="basic")
    model.add(keras.Input((28, 28, 1)))
    model.add(keras.layers.Convolution2D(kernel_size=(5, 5), filters=32))
    model.add(keras.layers.ReLU())
    model.add(keras.layers.MaxPooling2D((2, 2)))
    return model


# %% basic s2-pool-same-padding
# why: the maps are 24 x 24, so padding "same" in the pooling changes nothing
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, strides=1, padding="valid", activation=keras.activations.relu),
            keras.layers.MaxPooling2D(pool_size=2, strides=2, padding="same"),
        ]
    )


# %% basic s2-activation-by-maximum
# why: ReLU as a function of one's own
def build_basic():
    def rectify(x):
        return keras.ops.maximum(x, 0.0)

    return keras.Sequential(
        (
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation=rectify),
            keras.layers.MaxPooling2D(),
        )
    )


# %% basic s2-class-of-its-own
# why: a subclass of keras.Model with inputs and outputs, he_normal as a start
class BasicNet(keras.Model):
    def __init__(self):
        start = keras.Input(shape=(28, 28, 1))
        layer = keras.layers.Conv2D(32, 5, activation="relu", kernel_initializer="he_normal")
        super().__init__(inputs=start, outputs=keras.layers.MaxPooling2D(2)(layer(start)))


def build_basic():
    return BasicNet()


# %% basic s2-config-round-trip
# why: rebuilt from its own configuration
def build_basic():
    first = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )
    return keras.Sequential.from_config(first.get_config())


# %% stack s2-add-to-basic
# why: goes on from the model of question 1
def build_stack():
    model = build_basic()
    if not isinstance(model, keras.Sequential):
        model = keras.Sequential([keras.Input((28, 28, 1)), *model.layers[1:]])
    for layer in (keras.layers.Conv2D(64, 5, activation="relu"), keras.layers.MaxPooling2D()):
        model.add(layer)
    return model


# %% stack s2-reduce
# why: functools.reduce over the layers, functional API
from functools import reduce


def build_stack():
    layers = [
        make()
        for filters in (32, 64)
        for make in (
            lambda: keras.layers.Conv2D(filters, 5, activation="relu"),
            lambda: keras.layers.MaxPooling2D((2, 2)),
        )
    ]
    entry = keras.layers.Input(shape=(28, 28, 1))
    return keras.Model(entry, reduce(lambda x, layer: layer(x), layers, entry))


# %% stack s2-generator
# why: the layers come out of a generator, everything said by keyword
def build_stack():
    def pairs():
        yield keras.Input(shape=[28, 28, 1], dtype="float32")
        for power in (5, 6):
            yield keras.layers.Conv2D(
                filters=2**power,
                kernel_size=5,
                strides=(1, 1),
                padding="valid",
                data_format="channels_last",
                use_bias=True,
            )
            yield keras.layers.Activation("relu")
            yield keras.layers.MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding="valid")

    return keras.Sequential(list(pairs()))


# %% stack s2-clone
# why: a clone of a model is as good as the model
def build_stack():
    conv = lambda n: keras.layers.Conv2D(n, (5, 5), activation=keras.ops.relu)
    pool = keras.layers.MaxPool2D
    template = keras.Sequential([keras.Input((28, 28, 1)), conv(32), pool(), conv(64), pool()])
    return keras.models.clone_model(template)


# %% stack s2-recursion
# why: recursion, deepest pair first
def build_stack():
    def pair(x, filters):
        if filters > 32:
            x = pair(x, filters // 2)
        return keras.layers.MaxPooling2D(2, 2)(keras.layers.Conv2D(filters, 5, activation="relu")(x))

    entry = keras.Input(shape=(28, 28, 1))
    return keras.Model(inputs=[entry], outputs=pair(entry, 64))


# %% classifier s2-on-top-of-stack-output
# why: takes the output of question 2's model on
def build_classifier():
    base = build_stack()
    row = keras.layers.Flatten()(base.outputs[0])
    return keras.Model(base.inputs[0], keras.layers.Dense(units=10, activation="softmax")(row))


# %% classifier s2-softmax-layer
# why: softmax as a layer of its own
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
            keras.layers.Softmax(),
        ]
    )


# %% classifier s2-reshape
# why: Reshape to one row is flattening
def build_classifier():
    x = entry = keras.Input(shape=(28, 28, 1), name="digit")
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 5)(x)
        x = keras.layers.Activation(keras.activations.relu)(x)
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Reshape((4 * 4 * 64,))(x)
    x = keras.layers.Dense(10, activation=keras.activations.softmax)(x)
    return keras.Model(entry, x, name="reader")


# %% classifier s2-json
# why: through JSON and back
def build_classifier():
    pairs = [
        [keras.layers.Conv2D(n, 5, activation="relu"), keras.layers.MaxPooling2D(2)] for n in (32, 64)
    ]
    tail = [keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    model = keras.Sequential([keras.Input((28, 28, 1))] + sum(pairs, []) + tail)
    return keras.models.model_from_json(model.to_json())


# %% classifier s2-own-softmax
# why: softmax written out with keras.ops
def build_classifier():
    def probabilities(x):
        e = keras.ops.exp(x - keras.ops.max(x, axis=-1, keepdims=True))
        return e / keras.ops.sum(e, axis=-1, keepdims=True)

    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    for n in (32, 64):
        model.add(keras.layers.Conv2D(n, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation=probabilities))
    return model


# %% prepare s2-eye
# why: rows of the unit matrix, division in float32
def prepare(images, labels):
    pixels = np.divide(images, 255, dtype=np.float32)
    return pixels[:, :, :, None], np.eye(10, dtype="float32")[labels]


# %% prepare s2-compare
# why: one-hot by comparing with 0 to 9; a list of two arrays
def prepare(images, labels):
    hot = (np.asarray(labels).reshape(-1, 1) == np.arange(10)).astype(np.float32)
    return [np.expand_dims(images.astype("float64") / 255.0, -1).astype("float32"), hot]


# %% prepare s2-tensorflow
# why: TensorFlow does both, .numpy() makes arrays of it
import tensorflow as tf


def prepare(images, labels):
    x = tf.cast(tf.convert_to_tensor(images), tf.float32)[..., tf.newaxis] / 255.0
    y = tf.one_hot(tf.cast(labels, tf.int32), depth=10)
    return x.numpy(), y.numpy()


# %% prepare s2-lookup-table
# why: a table of 256 floats, and put_along_axis for the ones
def prepare(images, labels):
    table = np.linspace(0, 1, 256, dtype=np.float32)
    hot = np.zeros((len(labels), 10), dtype=int)
    np.put_along_axis(hot, np.asarray(labels).astype(int)[:, np.newaxis], 1, axis=1)
    return table[images][..., np.newaxis], hot


# %% prepare s2-in-place-on-a-copy
# why: works in place, but on a copy of its own
def prepare(images, labels):
    copy = np.array(images, dtype=np.float32, copy=True)
    copy /= 255
    copy.shape = (*copy.shape, 1)
    hot = np.zeros((len(labels), 10))
    for row, label in zip(hot, labels):
        row[int(label)] = 1
    return copy, hot


# %% prepare s2-named-tuple-stack
# why: np.stack makes the channel axis; a named tuple is returned
import typing


class Prepared(typing.NamedTuple):
    pixels: np.ndarray
    targets: np.ndarray


def prepare(images, labels):
    scaled = images.astype(np.float32) * np.float32(1 / 255)
    return Prepared(
        pixels=np.stack([scaled], axis=-1),
        targets=keras.utils.to_categorical(labels, num_classes=10).astype("float32"),
    )


# %% compile s2-objects
# why: objects in place of names
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return model


# %% compile s2-unbound-partial
# why: partial of the unbound method
from functools import partial

_configure = partial(
    keras.Model.compile, loss=keras.losses.categorical_crossentropy, metrics=["accuracy"]
)


def compile_model(model):
    _configure(model, optimizer=keras.optimizers.get("sgd"))
    return model


# %% compile s2-or-model
# why: compile returns None, so `or` gives the model
def compile_model(model):
    return model.compile("sgd", "categorical_crossentropy", metrics=("accuracy",)) or model


# %% compile s2-settings-dict
# why: keywords from a dict, defaults spelt out
SETTINGS = {
    "optimizer": keras.optimizers.SGD(learning_rate=0.01, momentum=0.0, nesterov=False).get_config(),
    "loss": "categorical_crossentropy",
    "metrics": ["accuracy"],
}


def compile_model(model):
    settings = dict(SETTINGS)
    settings["optimizer"] = keras.optimizers.SGD.from_config(settings["optimizer"])
    model.compile(**settings)
    return model


# %% compile s2-twice
# why: the second compilation replaces the first
def compile_model(model):
    model.compile(optimizer="adam", loss="mse")
    model.compile(optimizer="SGD", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% train s2-silent-positional
# why: arguments by position
def train(model, images, labels):
    return model.fit(images, labels, 100, 5, 0)


# %% train s2-own-history
# why: a History made beforehand and handed over as a callback
def train(model, images, labels):
    memory = keras.callbacks.History()
    model.fit(x=images, y=labels, epochs=5, batch_size=100, callbacks=[memory], verbose=0)
    return memory


# %% train s2-history-of-model
# why: the model keeps the History of its last fit
def train(model, images, labels):
    model.fit(images, labels, epochs=5, batch_size=100, verbose=2)
    return model.history


# %% train s2-tf-dataset
# why: a tf.data pipeline, shuffled anew in each epoch, the short last batch kept
import tensorflow as tf


def train(model, images, labels):
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images), reshuffle_each_iteration=True).batch(100).prefetch(1)
    return model.fit(data, epochs=5, verbose=0)


# %% train s2-py-dataset
# why: batches from a PyDataset of one's own, shuffled after each epoch
class Batches(keras.utils.PyDataset):
    def __init__(self, images, labels, size):
        super().__init__()
        self.images, self.labels, self.size = images, labels, size
        self.order = np.random.permutation(len(images))

    def __len__(self):
        return -(-len(self.images) // self.size)

    def __getitem__(self, index):
        chosen = self.order[index * self.size : (index + 1) * self.size]
        return self.images[chosen], self.labels[chosen]

    def on_epoch_end(self):
        np.random.shuffle(self.order)


def train(model, images, labels):
    return model.fit(Batches(images, labels, 100), epochs=5, verbose=0)


# %% train s2-counted-from-ten
# why: epochs 11 to 15 are five epochs as well
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, initial_epoch=10, epochs=15, verbose=0)


# %% train s2-validation-beside
# why: validation data that are only looked at change nothing in the training
def train(model, images, labels):
    return model.fit(
        images, labels, batch_size=100, epochs=5, validation_data=(images[:50], labels[:50]), verbose=0
    )
