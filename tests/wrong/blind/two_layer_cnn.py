# Wrong answers to assignment 4, written from its released notebook alone.

# %% basic same-padding [rules]
# why: padding "same" instead of none; the parameters are the same 832
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% basic no-relu
# why: activation forgotten, negative numbers go through
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic average
# why: average pooling instead of max pooling
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.AveragePooling2D((2, 2)),
        ]
    )


# %% basic absolute
# why: absolute value in place of ReLU; shapes and parameters as asked
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation=keras.ops.abs),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% basic long-filters
# why: filters of 1 x 25 padded and cropped; 832 parameters and the right output shape, but not 5 x 5
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (1, 25), padding="same", activation="relu"),
            keras.layers.Cropping2D(2),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% basic pool-stride-one
# why: windows overlap, moved by one pixel
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2, strides=1),
        ]
    )


# %% basic leaky [rules]
# why: leaky ReLU lets a part of the negative numbers through
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="leaky_relu"),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% stack second-same
# why: padding "same" in the second convolution; still 52,096 parameters
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% stack second-linear [rules]
# why: no ReLU in the second convolution
def build_stack():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters, activation in ((32, "relu"), (64, None)):
        model.add(keras.layers.Conv2D(filters, 5, activation=activation))
        model.add(keras.layers.MaxPooling2D())
    return model


# %% stack one-pool
# why: second pooling layer forgotten
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
        ]
    )


# %% stack convs-first
# why: both convolutions before both poolings, 5 x 5 maps instead of 4 x 4
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% stack swapped-filters
# why: 64 filters first, then 32
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% stack average-second [rules]
# why: the second pooling averages
def build_stack():
    inputs = keras.Input((28, 28, 1))
    x = keras.layers.MaxPooling2D()(keras.layers.Conv2D(32, 5, activation="relu")(inputs))
    x = keras.layers.AveragePooling2D(2)(keras.layers.Conv2D(64, 5, activation="relu")(x))
    return keras.Model(inputs, x)


# %% classifier sigmoid [rules]
# why: sigmoid instead of softmax, the ten numbers do not add up to one
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="sigmoid"),
        ]
    )


# %% classifier softmax-twice [deeds]
# why: softmax in the dense layer and once more after it; rows still add up to one
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
            keras.layers.Softmax(),
        ]
    )


# %% classifier softmax-axis [deeds]
# why: softmax over the batch instead of over the ten digits
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
            keras.layers.Softmax(axis=0),
        ]
    )


# %% classifier logits
# why: no softmax at all
def build_classifier():
    model = build_stack()
    return keras.Sequential(
        [keras.Input((28, 28, 1)), model, keras.layers.Flatten(), keras.layers.Dense(10)]
    )


# %% classifier no-flatten
# why: the dense layer reads each place of the maps by itself, output (4, 4, 10)
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% classifier relu-before-softmax
# why: ReLU between the dense layer and softmax cuts off negative numbers
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="relu"),
            keras.layers.Activation("softmax"),
        ]
    )


# %% classifier extra-dropout
# why: a dropout layer that nobody asked for changes what the network computes in training
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% prepare not-scaled
# why: pixels stay 0 to 255
def prepare(images, labels):
    return images[..., None].astype("float32"), keras.utils.to_categorical(labels, 10)


# %% prepare classes-from-data [rules]
# why: to_categorical without the number of classes; too few columns where no 9 occurs
def prepare(images, labels):
    return (images / 255).astype("float32")[..., np.newaxis], keras.utils.to_categorical(labels)


# %% prepare float64 [rules]
# why: the division gives float64, not float32
def prepare(images, labels):
    return images[:, :, :, None] / 255, keras.utils.to_categorical(labels, num_classes=10)


# %% prepare scaled-twice
# why: divided by 255 twice
def prepare(images, labels):
    pixels = images.astype("float32") / 255
    pixels = keras.layers.Rescaling(1 / 255)(pixels[..., None]).numpy()
    return pixels, np.eye(10)[labels]


# %% prepare channel-first [rules]
# why: channel axis in front of height and width
def prepare(images, labels):
    return np.expand_dims(images.astype("float32") / 255, 1), keras.utils.to_categorical(labels, 10)


# %% prepare cast-early [numbers]
# why: cast back to whole numbers before the change to float32, all but 255 become 0
def prepare(images, labels):
    pixels = (images / 255).astype(images.dtype).astype("float32")
    return pixels[..., None], keras.utils.to_categorical(labels, 10)


# %% prepare transposed
# why: reshaped with the axes in another order, each image lies on its side
def prepare(images, labels):
    pixels = np.array([image.T for image in images], dtype="float32") / 255
    return pixels.reshape(-1, 28, 28, 1), keras.utils.to_categorical(labels, 10)


# %% prepare plain-labels
# why: labels not one-hot but a column of numbers
def prepare(images, labels):
    return images[..., None].astype("float32") / 255, labels.reshape(-1, 1).astype("float32")


# %% prepare binarized [numbers]
# why: rounds the pixels to 0 or 1
def prepare(images, labels):
    return np.round(images / 255)[..., None].astype("float32"), keras.utils.to_categorical(
        labels, 10
    )


# %% compile no-return [rules]
# why: returns what compile returns, None
def compile_model(model):
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


# %% compile adam
# why: another optimizer
def compile_model(model):
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile sparse
# why: the loss for plain labels, not for one-hot rows
def compile_model(model):
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile no-metrics
# why: accuracy is not reported
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy")
    return model


# %% compile label-smoothing [deeds]
# why: compares with smoothed labels instead of one-hot ones
def compile_model(model):
    model.compile(
        "sgd", keras.losses.CategoricalCrossentropy(label_smoothing=0.2), metrics=["accuracy"]
    )
    return model


# %% compile copy [deeds]
# why: compiles and returns a copy; the given model stays uncompiled and unlinked
def compile_model(model):
    other = keras.models.clone_model(model)
    other.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return other


# %% compile binary-accuracy [deeds]
# why: reports the share of right entries among the ten, under the name accuracy
def compile_model(model):
    model.compile(
        "sgd", "categorical_crossentropy", metrics=[keras.metrics.BinaryAccuracy(name="accuracy")]
    )
    return model


# %% compile binary-loss
# why: binary cross-entropy over ten outputs
def compile_model(model):
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
    return model


# %% train default-batch
# why: batch_size forgotten, 32 is taken
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, verbose=0)


# %% train swapped
# why: 100 epochs in batches of 5 instead of 5 epochs in batches of 100 (on few images so as to end)
def train(model, images, labels):
    return model.fit(images[:100], labels[:100], 5, 100, verbose=0)


# %% train holds-back [deeds]
# why: a fifth of the images is held back and not trained on
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, batch_size=100, validation_split=0.2, verbose=0)


# %% train history-dict [rules]
# why: returns the dict inside of the History
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, batch_size=100, verbose=0).history


# %% train clone [deeds]
# why: trains a copy, the given model stays as it was
def train(model, images, labels):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return copy.fit(images, labels, epochs=5, batch_size=100, verbose=0)


# %% train warm-up [deeds]
# why: trained 5 epochs twice, the History tells of the second five only
def train(model, images, labels):
    model.fit(images, labels, epochs=5, batch_size=100, verbose=0)
    return model.fit(images, labels, epochs=5, batch_size=100, verbose=0)


# %% train loop-last [rules]
# why: five fits in a loop, but the History of the last epoch alone is returned
def train(model, images, labels):
    for _ in range(5):
        history = model.fit(images, labels, epochs=1, batch_size=100, verbose=0)
    return history


# %% train scaled-again [deeds]
# why: divides prepared pixels by 255 once more
def train(model, images, labels):
    return model.fit(images / 255, labels, epochs=5, batch_size=100, verbose=0)


# %% train drops-rest [numbers]
# why: the last batch is left out where it is not full
import tensorflow as tf


def train(model, images, labels):
    data = tf.data.Dataset.from_tensor_slices((images, labels)).batch(100, drop_remainder=True)
    return model.fit(data, epochs=5, verbose=0)


# %% train restores [deeds]
# why: puts the parameters back after training
def train(model, images, labels):
    before = model.get_weights()
    history = model.fit(images, labels, epochs=5, batch_size=100, verbose=0)
    model.set_weights(before)
    return history


# %% train recompiles [deeds]
# why: trains with Adam, not with what the model was compiled with
def train(model, images, labels):
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images, labels, epochs=5, batch_size=100, verbose=0)


# %% basic transposed
# why: Conv2DTranspose has the same 832 parameters, but makes the image larger
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2DTranspose(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic relu6
# why: relu6 cuts large numbers at 6
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu6"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic strided-instead-of-pooled
# why: a stride of 2 gives the same shape and count, but the pooling keeps one pixel, not the largest of four
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, strides=2, activation="relu"),
            keras.layers.MaxPooling2D(1),
        ]
    )


# %% basic scaled-in-the-model
# why: the model divides by 255 once more
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic relu-before-convolution
# why: the ReLU stands before the convolution, where it does nothing to pixels
def build_basic():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.Conv2D(32, 5))
    model.add(keras.layers.MaxPooling2D())
    return model


# %% stack growing-default
# why: the list of layers is a default argument and grows: the second call stacks on the first's layers
def build_stack(layers=[]):
    if not layers:
        layers.append(keras.Input(shape=(28, 28, 1)))
    for filters in (32, 64):
        layers.append(keras.layers.Conv2D(filters, 5, activation="relu"))
        layers.append(keras.layers.MaxPooling2D(2))
    return keras.Sequential(list(layers))


# %% stack leaky-second
# why: the second activation lets part of the negative numbers through
def build_stack():
    model = build_basic()
    x = keras.layers.Conv2D(64, 5, activation="leaky_relu")(model.outputs[0])
    return keras.Model(model.inputs, keras.layers.MaxPooling2D(2)(x))


# %% stack average-second-again
# why: the second pooling takes means
def build_stack():
    model = build_basic()
    x = keras.layers.Conv2D(64, 5, activation="relu")(model.outputs[0])
    return keras.Model(model.inputs, keras.layers.AveragePooling2D(2)(x))


# %% stack frozen-base
# why: the first layer is frozen, as in transfer learning: training cannot change its 832 parameters
def build_stack():
    base = build_basic()
    base.trainable = False
    x = keras.layers.Conv2D(64, 5, activation="relu")(base.outputs[0])
    return keras.Model(base.inputs, keras.layers.MaxPooling2D(2)(x))


# %% classifier softmax-over-batch
# why: the softmax goes over the images of the batch, not over the digits
def build_classifier():
    base = build_stack()
    row = keras.layers.Flatten()(base.outputs[0])
    out = keras.layers.Dense(10, activation=lambda x: keras.ops.softmax(x, axis=0))(row)
    return keras.Model(base.inputs, out)


# %% classifier relu-then-softmax
# why: the ten numbers pass a ReLU before the softmax
def build_classifier():
    base = build_stack()
    x = keras.layers.Flatten()(base.outputs[0])
    x = keras.layers.Dense(10, activation="relu")(x)
    return keras.Model(base.inputs, keras.layers.Softmax()(x))


# %% classifier log-softmax
# why: logarithms of probabilities
def build_classifier():
    base = build_stack()
    x = keras.layers.Flatten()(base.outputs[0])
    return keras.Model(base.inputs, keras.layers.Dense(10, activation="log_softmax")(x))


# %% classifier normalised-sigmoid
# why: sigmoids divided by their sum add up to one, but are no softmax
def build_classifier():
    def shares(x):
        x = keras.ops.sigmoid(x)
        return x / keras.ops.sum(x, axis=-1, keepdims=True)

    base = build_stack()
    x = keras.layers.Flatten()(base.outputs[0])
    return keras.Model(base.inputs, keras.layers.Dense(10, activation=shares)(x))


# %% prepare scale-when-bright
# why: divides only when some pixel is above 1: very dark images stay as they are
def prepare(images, labels):
    pixels = images.astype("float32")[..., None]
    if pixels.max() > 1:
        pixels /= 255
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare remembers-first-maximum
# why: scales by the largest pixel of the first images that it ever saw
def prepare(images, labels, _seen={}):
    top = _seen.setdefault("top", float(images.max()) or 255.0)
    return (images[..., None] / top).astype("float32"), keras.utils.to_categorical(labels, 10)


# %% prepare classes-of-these-labels
# why: numbers the labels that occur here from 0, so a missing digit shifts the others
def prepare(images, labels):
    _, place = np.unique(labels, return_inverse=True)
    pixels = images.reshape(*images.shape, 1).astype(np.float32) / 255
    return pixels, keras.utils.to_categorical(place, num_classes=10)


# %% prepare aliased-rows
# why: one row of zeros is repeated, so all rows hold the ones of all labels
def prepare(images, labels):
    rows = [[0.0] * 10] * len(labels)
    for row, label in zip(rows, labels):
        row[int(label)] = 1.0
    return np.float32(images)[:, :, :, None] / 255, np.array(rows)


# %% prepare memory-order
# why: reshapes after transposing: the images lie on their sides
def prepare(images, labels):
    pixels = np.asarray(images.T, dtype="float32") / 255
    return np.moveaxis(pixels, -1, 0)[..., None], np.eye(10)[labels]


# %% compile shared-optimizer
# why: the optimizer is a default argument: it belongs to the first model that is trained, the second fails
def compile_model(model, optimizer=keras.optimizers.SGD()):
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile exact-accuracy
# why: the class Accuracy compares probabilities and labels for equality: it stays at zero
def compile_model(model):
    model.compile(
        optimizer="sgd",
        loss="categorical_crossentropy",
        metrics=[keras.metrics.Accuracy(name="accuracy")],
    )
    return model


# %% compile metrics-by-position
# why: the third argument of compile is loss_weights, not metrics
def compile_model(model):
    model.compile("sgd", "categorical_crossentropy", ["accuracy"])
    return model


# %% compile binary-accuracy-again
# why: each of the ten numbers is judged by itself at 0.5: about 0.9 from the start
def compile_model(model):
    settings = dict(optimizer="sgd", loss="categorical_crossentropy")
    model.compile(**settings, metrics=[keras.metrics.BinaryAccuracy(name="accuracy")])
    return model


# %% compile label-smoothing-again
# why: the labels are smoothed, so the loss is another
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy"],
    )
    return model


# %% compile compiles-a-clone
# why: compiles and returns a copy with parameters of its own; the model given stays uncompiled
def compile_model(model):
    copy = keras.models.clone_model(model)
    copy.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return copy


# %% train four-epochs
# why: starts at epoch 1 of 5, so four are trained
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5, initial_epoch=1, verbose=0)


# %% train whole-batches-only
# why: the last batch, when it is not full, is left out
def train(model, images, labels):
    whole = len(images) // 100 * 100
    return model.fit(images[:whole], labels[:whole], batch_size=100, epochs=5, verbose=0)


# %% train warm-up-again
# why: trains one epoch before the five that the History tells of
def train(model, images, labels):
    model.fit(images, labels, batch_size=100, verbose=0)
    return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)


# %% train held-out
# why: keeps a fifth of the images for validation
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5, validation_split=0.2, verbose=0)


# %% train puts-weights-back
# why: gives the model its old parameters back after training
def train(model, images, labels):
    before = model.get_weights()
    history = model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    model.set_weights(before)
    return history


# %% train five-histories
# why: five fits of one epoch; the History returned knows the last only
def train(model, images, labels):
    for _ in range(5):
        history = model.fit(images, labels, batch_size=100, epochs=1, verbose=0)
    return history


# %% train order-of-labels
# why: shuffles the images alone in place before training, so labels no longer fit (and the caller's array is shuffled)
def train(model, images, labels):
    np.random.default_rng(0).shuffle(images)
    return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)


# %% train one-long-epoch
# why: repeats the data five times in one epoch: the History has one entry
def train(model, images, labels):
    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices((images, labels)).batch(100).repeat(5)
    return model.fit(data, epochs=1, verbose=0)


# %% basic dilated
# why: a spread-out window, which has the right number of parameters but makes 20 x 20 maps
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, dilation_rate=2, activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic no-activation
# why: ReLU forgotten
def build_basic():
    return keras.Sequential(
        [keras.Input(shape=(28, 28, 1)), keras.layers.Conv2D(32, (5, 5)), keras.layers.MaxPooling2D((2, 2))]
    )


# %% basic leaky-again
# why: lets a part of the negative numbers through
def build_basic():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    model.add(keras.layers.Conv2D(32, 5))
    model.add(keras.layers.LeakyReLU())
    model.add(keras.layers.MaxPooling2D())
    return model


# %% basic pool-strides-one
# why: the pooling window moves by one pixel, so that the maps hardly shrink
def build_basic():
    inputs = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Conv2D(32, 5, activation="relu")(inputs)
    return keras.Model(inputs, keras.layers.MaxPooling2D((2, 2), (1, 1))(x))


# %% basic strided-convolution
# why: a convolution with stride 2 in place of the pooling
def build_basic():
    return keras.Sequential(
        [keras.Input(shape=(28, 28, 1)), keras.layers.Conv2D(32, 5, strides=2, activation="relu")]
    )


# %% stack second-average
# why: the second pooling takes means
def build_stack():
    L = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(32, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 5, activation="relu"),
            L.AveragePooling2D(2),
        ]
    )


# %% stack pools-at-the-end
# why: both convolutions first, then both poolings
def build_stack():
    L = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(32, 5, activation="relu"),
            L.Conv2D(64, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.MaxPooling2D(2),
        ]
    )


# %% stack second-linear-again
# why: the second convolution has no ReLU
def build_stack():
    below = build_basic()
    x = keras.layers.Conv2D(64, 5)(below.output)
    return keras.Model(below.input, keras.layers.MaxPooling2D(2)(x))


# %% stack padded-second
# why: the second convolution is padded; the parameters do not tell
def build_stack():
    inputs = keras.Input(shape=(28, 28, 1))
    x = inputs
    for filters, padding in ((32, "valid"), (64, "same")):
        x = keras.layers.Conv2D(filters, 5, activation="relu", padding=padding)(x)
        x = keras.layers.MaxPooling2D()(x)
    return keras.Model(inputs, x)


# %% classifier relu-then-softmax-again
# why: a ReLU between the dense layer and the softmax; no parameters tell
def build_classifier():
    L = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(32, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(10, activation="relu"),
            L.Softmax(),
        ]
    )


# %% classifier softmax-over-images
# why: softmax along the batch, so that the columns add up to one
def build_classifier():
    below = build_stack()
    x = keras.layers.Dense(10)(keras.layers.Flatten()(below.output))
    return keras.Model(below.input, keras.ops.softmax(x, axis=0))


# %% classifier sigmoid-again
# why: ten numbers that need not add up to one
def build_classifier():
    L = keras.layers
    inputs = keras.Input(shape=(28, 28, 1))
    x = L.MaxPooling2D()(L.Conv2D(32, 5, activation="relu")(inputs))
    x = L.MaxPooling2D()(L.Conv2D(64, 5, activation="relu")(x))
    return keras.Model(inputs, L.Dense(10, activation="sigmoid")(L.Flatten()(x)))


# %% classifier never-flattened
# why: the dense layer reads each pixel's channels apart, 4 x 4 x 10 numbers for an image
def build_classifier():
    L = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(32, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Dense(10, activation="softmax"),
        ]
    )


# %% prepare by-largest
# why: divides by the largest pixel of these images, which need not be 255
import numpy as np


def prepare(images, labels):
    x = images[..., np.newaxis].astype("float32")
    return x / x.max(), keras.utils.to_categorical(labels, 10)


# %% prepare classes-seen
# why: as many columns as the largest label needs, not ten
def prepare(images, labels):
    x = images.reshape(len(images), 28, 28, 1).astype("float32") / 255
    return x, keras.utils.to_categorical(labels)


# %% prepare channel-first-again
# why: the channel axis stands before the height
import numpy as np


def prepare(images, labels):
    return np.expand_dims(images, 1).astype(np.float32) / 255, np.eye(10)[labels]


# %% prepare whole-division
# why: divides while the pixels are still whole numbers
import numpy as np


def prepare(images, labels):
    scaled = images // 255
    return scaled[..., np.newaxis].astype("float32"), keras.utils.to_categorical(labels, num_classes=10)


# %% prepare double-precision
# why: float64, since uint8 divided by a number is that
def prepare(images, labels):
    return images[:, :, :, None] / 255, keras.utils.to_categorical(labels, 10)


# %% compile no-return-again
# why: returns what compile returns: nothing
def compile_model(model):
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


# %% compile smoothed
# why: softens the one-hot labels, so that the loss is not the cross-entropy with them
def compile_model(model):
    model.compile(
        optimizer="sgd", loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1), metrics=["accuracy"]
    )
    return model


# %% compile binary-accuracy-again-again
# why: a metric of this name, but it counts single numbers above a half, not images
def compile_model(model):
    model.compile(
        optimizer="sgd",
        loss="categorical_crossentropy",
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    return model


# %% compile metrics-third
# why: the third place of compile is for loss weights, so that there is no accuracy (and fit fails)
def compile_model(model):
    model.compile("sgd", "categorical_crossentropy", ["accuracy"])
    return model


# %% compile a-copy
# why: compiles and returns a copy with other parameters; the model itself stays uncompiled
def compile_model(model):
    copy = keras.models.clone_model(model)
    copy.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return copy


# %% train last-round-only
# why: five fits of one epoch; the History tells of the last one only
def train(model, images, labels):
    for _ in range(5):
        history = model.fit(images, labels, batch_size=100, epochs=1, verbose=0)
    return history


# %% train drops-the-rest
# why: a last batch that is not full is thrown away
import tensorflow as tf


def train(model, images, labels):
    data = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images))
    return model.fit(data.batch(100, drop_remainder=True), epochs=5, verbose=0)


# %% train holds-back-again
# why: a tenth of the images is held back and never trained on
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5, validation_split=0.1, verbose=0)


# %% train scales-again
# why: divides pixels by 255 that are between 0 and 1 already
def train(model, images, labels):
    return model.fit(images / 255, labels, batch_size=100, epochs=5, verbose=0)


# %% train starts-at-one
# why: begins counting at 1, so that only four epochs are trained
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, initial_epoch=1, epochs=5, verbose=0)


# %% train puts-back
# why: puts the fresh parameters back after training, so that the model has learned nothing
def train(model, images, labels):
    before = model.get_weights()
    history = model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    model.set_weights(before)
    return history


# %% basic kernel-3
# why: filters of 3 x 3
def build_basic():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (3, 3), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
    ])


# %% basic padding-same
# why: padding "same" where none is asked
def build_basic():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, 5, padding="same", activation="relu"))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% basic no-relu-again
# why: ReLU forgotten
def build_basic():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5),
        keras.layers.MaxPooling2D(2),
    ])


# %% basic average-pool
# why: average pooling instead of max pooling
from keras import layers

def build_basic():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(32, kernel_size=5, activation="relu"),
        layers.AveragePooling2D(pool_size=2),
    ])


# %% basic pool-same-stride-1
# why: pooling windows move by 1
def build_basic():
    inp = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Conv2D(32, (5, 5), activation="relu")(inp)
    x = keras.layers.MaxPooling2D((2, 2), strides=1)(x)
    return keras.Model(inp, x)


# %% stack no-second-pool
# why: second pooling forgotten, same number of parameters
def build_stack():
    model = build_basic()
    model.add(keras.layers.Conv2D(64, (5, 5), activation="relu"))
    return model


# %% stack swapped-filters-again
# why: 64 filters first, then 32
def build_stack():
    m = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for n in (64, 32):
        m.add(keras.layers.Conv2D(n, 5, activation="relu"))
        m.add(keras.layers.MaxPooling2D())
    return m


# %% stack second-not-relu
# why: second convolution without ReLU
def build_stack():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, (5, 5), activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Conv2D(64, (5, 5)))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    return model


# %% stack two-convs-then-pools
# why: both convolutions before both poolings; the number of parameters is right
def build_stack():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.MaxPooling2D(2),
    ])


# %% classifier no-softmax
# why: softmax forgotten
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    return model


# %% classifier sigmoid-again-again
# why: sigmoid, the ten numbers do not add up to one
def build_classifier():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="sigmoid"),
    ])


# %% classifier no-flatten-again
# why: not flattened, the dense layer reads each position by itself
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier softmax-twice-again
# why: softmax on top of softmax
def build_classifier():
    m = build_stack()
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(10, activation="softmax"))
    m.add(keras.layers.Softmax())
    return m


# %% classifier rescaled-inside
# why: scales the pixels a second time inside the network; parameters unchanged
def build_classifier():
    L = keras.layers
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        L.Rescaling(1 / 255),
        L.Conv2D(32, 5, activation="relu"), L.MaxPool2D(),
        L.Conv2D(64, 5, activation="relu"), L.MaxPool2D(),
        L.Flatten(),
        L.Dense(10, activation="softmax"),
    ])


# %% prepare not-scaled-again
# why: pixels stay 0 to 255
def prepare(images, labels):
    x = images.reshape(-1, 28, 28, 1).astype("float32")
    y = keras.utils.to_categorical(labels, 10)
    return x, y


# %% prepare no-channel
# why: channel axis forgotten
def prepare(images, labels):
    images = images.astype("float32") / 255
    labels = keras.utils.to_categorical(labels, num_classes=10)
    return images, labels


# %% prepare float64-again
# why: float64 instead of float32
def prepare(images, labels):
    return images[..., np.newaxis] / 255, keras.utils.to_categorical(labels, 10)


# %% prepare no-num-classes
# why: too few columns when the highest digit is absent
def prepare(images, labels):
    images = images.astype("float32") / 255
    images = np.expand_dims(images, -1)
    return images, keras.utils.to_categorical(labels)


# %% prepare labels-plain
# why: labels not one-hot
def prepare(images, labels):
    x = (images / 255.0).astype(np.float32)
    x = x.reshape(x.shape[0], 28, 28, 1)
    return x, labels


# %% prepare divided-by-max
# why: divides by the brightest pixel given instead of 255
def prepare(images, labels):
    x = images.astype("float32")[..., None]
    x = x / x.max()
    y = np.eye(10, dtype="float32")[labels]
    return x, y


# %% compile returns-compile
# why: returns what compile returns, None
def compile_model(model):
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


# %% compile adam-again
# why: another optimizer
def compile_model(model):
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile sparse-again
# why: the loss for plain labels
def compile_model(model):
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile no-metrics-again
# why: accuracy forgotten
def compile_model(model):
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    return model


# %% compile label-smoothing-again-again
# why: smoothed labels, another loss than plain categorical cross-entropy
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(),
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy"],
    )
    return model


# %% train default-batch-again
# why: batch size forgotten, 32
def train(model, images, labels):
    return model.fit(images, labels, epochs=5)


# %% train returns-nothing
# why: History not returned
def train(model, images, labels):
    history = model.fit(images, labels, epochs=5, batch_size=100, verbose=0)


# %% train validation-split
# why: a fifth of the images never trained on
def train(model, images, labels):
    history = model.fit(images, labels, batch_size=100, epochs=5, validation_split=0.2)
    return history


# %% train swapped-numbers
# why: positional arguments in the wrong order: batches of 5, 100 epochs
def train(model, images, labels):
    return model.fit(images, labels, 5, 100, verbose=0)


# %% train loop-last-history
# why: five fits of one epoch, the History knows only the last
def train(model, images, labels):
    for epoch in range(5):
        history = model.fit(images, labels, epochs=1, batch_size=100, verbose=0)
    return history


# %% basic padding-same-again
# why: padding "same"; same number of parameters, but maps of 14 x 14
def build_basic():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), padding="same", activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
    ])


# %% basic average-pooling
# why: average pooling instead of max pooling
def build_basic():
    x = keras.Input((28, 28, 1))
    y = keras.layers.Conv2D(32, 5, activation="relu")(x)
    return keras.Model(x, keras.layers.AveragePooling2D(2)(y))


# %% basic leaky-relu
# why: LeakyReLU lets negative numbers through, max pooling hides that only mostly
def build_basic():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, 5))
    model.add(keras.layers.LeakyReLU())
    model.add(keras.layers.MaxPooling2D())
    return model


# %% basic pool-stride-one-again
# why: windows of 2 x 2 that overlap, strides=1
def build_basic():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2, 1),
    ])


# %% basic relu6-again
# why: relu6 also cuts numbers above 6
def build_basic():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu6"),
        keras.layers.MaxPooling2D((2, 2)),
    ])


# %% stack second-relu-forgotten
# why: the second convolution has no activation
def build_stack():
    model = build_basic()
    model.add(keras.layers.Conv2D(64, 5))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% stack pool-then-conv
# why: in the second pair pooling comes before the convolution; count of parameters is the same
def build_stack():
    model = build_basic()
    model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Conv2D(64, 5, activation="relu"))
    return model


# %% stack branches-lost-output
# why: the functional model ends before the second pooling, as the last line assigns to another name
def build_stack():
    i = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(32, 5, activation="relu")(i)
    x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Conv2D(64, 5, activation="relu")(x)
    y = keras.layers.MaxPooling2D()(x)
    return keras.Model(i, x)


# %% classifier sigmoid-again-again-again
# why: sigmoid; the ten numbers do not add up to one
def build_classifier():
    m = build_stack()
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(10, activation="sigmoid"))
    return m


# %% classifier softmax-twice-again-again
# why: softmax as activation and again as a layer
def build_classifier():
    m = build_stack()
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(10, activation="softmax"))
    m.add(keras.layers.Softmax())
    return m


# %% classifier logits-again
# why: no softmax at all
def build_classifier():
    return keras.Sequential([build_stack(), keras.layers.Flatten(), keras.layers.Dense(10)])


# %% classifier softmax-over-batch-again
# why: softmax along axis 0, over the images of the batch
def build_classifier():
    s = build_stack()
    x = keras.layers.Flatten()(s.outputs[0])
    x = keras.layers.Dense(10)(x)
    return keras.Model(s.inputs, keras.layers.Softmax(axis=0)(x))


# %% classifier global-pooling
# why: global average pooling instead of flattening
def build_classifier():
    m = build_stack()
    m.add(keras.layers.GlobalAveragePooling2D())
    m.add(keras.layers.Dense(10, activation="softmax"))
    return m


# %% prepare scale-by-own-max
# why: divides by the largest pixel of the images at hand, not by 255
def prepare(images, labels):
    x = images.astype("float32")
    x = x / x.max()
    return x[..., np.newaxis], keras.utils.to_categorical(labels, 10)


# %% prepare classes-guessed
# why: to_categorical without num_classes; fewer columns where the 9 is missing
def prepare(images, labels):
    return np.expand_dims(images.astype("float32") / 255, -1), keras.utils.to_categorical(labels)


# %% prepare float64-again-again
# why: division gives float64
def prepare(images, labels):
    x = images.reshape(-1, 28, 28, 1) / 255
    return x, np.eye(10)[labels]


# %% prepare integer-division
# why: // makes every pixel 0 but the 255s
def prepare(images, labels):
    x = (images // 255).astype(np.float32)
    return x[:, :, :, None], keras.utils.to_categorical(labels, num_classes=10)


# %% prepare channel-first-again-again
# why: channel axis after the images' axis, not at the end
def prepare(images, labels):
    x = np.expand_dims(images, axis=1).astype("float32") / 255.0
    return x, keras.utils.to_categorical(labels, 10)


# %% prepare tiny-one-hot-shift
# why: label k gets its one at place k - 1 (counts digits from 1; 0 wraps to the end)
def prepare(images, labels):
    hot = np.zeros((len(labels), 10), dtype="float32")
    for i, k in enumerate(labels):
        hot[i, int(k) - 1] = 1
    return (images / 255).astype("float32")[..., None], hot


# %% compile third-positional
# why: the third positional argument is loss_weights, so there is no accuracy (and the loss weights are nonsense)
def compile_model(model):
    model.compile("sgd", "categorical_crossentropy", ["accuracy"])
    return model


# %% compile sparse-loss
# why: sparse loss does not take one-hot labels
def compile_model(model):
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile binary-crossentropy
# why: binary cross-entropy, as in another tutorial; runs, but is another loss
def compile_model(model):
    model.compile(optimizer=keras.optimizers.SGD(), loss="binary_crossentropy", metrics=["accuracy"])
    return model


# %% compile clone
# why: compiles and returns a clone with other weights; the given model stays uncompiled
def compile_model(model):
    new = keras.models.clone_model(model)
    new.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return new


# %% train validation-split-again
# why: a tenth of the images is held back and never learned
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, batch_size=100, validation_split=0.1, verbose=0)


# %% train five-fits-last-history
# why: five calls of fit; the history returned tells of the last epoch only
def train(model, images, labels):
    for epoch in range(5):
        history = model.fit(images, labels, batch_size=100, epochs=1, verbose=0)
    return history


# %% train drops-the-rest-again
# why: images after the last whole batch of 100 are never used
def train(model, images, labels):
    n = len(images) // 100 * 100
    return model.fit(images[:n] if n else images, labels[:n] if n else labels, batch_size=100, epochs=5, verbose=0)


# %% train early-stopping
# why: stops when the loss does not fall by 0.05 in an epoch, so often before the fifth
def train(model, images, labels):
    stop = keras.callbacks.EarlyStopping(monitor="loss", min_delta=0.05, patience=0, restore_best_weights=True)
    return model.fit(images, labels, batch_size=100, epochs=5, callbacks=[stop], verbose=0)


# %% basic g2-strided-conv-no-pool
# why: stride 2 instead of max pooling; same shape and 832 parameters, but no maximum is taken
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, strides=2, activation="relu"),
    ])


# %% basic g2-no-relu
# why: the activation ReLU is missing, negative numbers remain
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5),
        keras.layers.MaxPooling2D(2),
    ])


# %% basic g2-padding-same
# why: padding "same" where no padding is asked
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
    ])


# %% basic g2-pool-stride-one
# why: windows of 2 x 2 that move by one pixel, 23 x 23 maps instead of 12 x 12
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D((2, 2), strides=1),
    ])


# %% basic g2-average-pool
# why: average instead of max pooling
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    x = keras.Input(shape=(28, 28, 1))
    y = keras.layers.Conv2D(32, 5, activation="relu")(x)
    return keras.Model(x, keras.layers.AveragePooling2D(2)(y))


# %% basic g2-capped-relu
# why: relu6 also cuts numbers above 6
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu6"),
        keras.layers.MaxPooling2D(),
    ])


# %% basic g2-pool-over-rows-only
# why: windows of 2 x 1, the width is not halved
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D((2, 1)),
    ])


# %% stack g2-second-same
# why: the second convolution is padded; still 52,096 parameters, but 6 x 6 maps
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    model = build_basic()
    model.add(keras.layers.Conv2D(64, 5, activation="relu", padding="same"))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% stack g2-second-pool-missing
# why: no max pooling after the second convolutional layer
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
    ])


# %% stack g2-second-linear
# why: the second convolutional layer has no ReLU
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5),
        keras.layers.MaxPooling2D(2),
    ])


# %% stack g2-both-pools-last
# why: the two convolutions come first, then both poolings; the parameters are the same
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.MaxPooling2D(2),
    ])


# %% stack g2-filters-swapped
# why: 64 filters first and 32 on top
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (64, 32):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    return model


# %% stack g2-dilated-second
# why: the second convolution's filters are spread out (dilation 2): 2 x 2 maps, same parameters
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, dilation_rate=2, activation="relu"),
        keras.layers.MaxPooling2D(2),
    ])


# %% classifier g2-softmax-twice
# why: softmax in the dense layer and again in a Softmax layer
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.add(keras.layers.Softmax())
    return model


# %% classifier g2-sigmoid
# why: sigmoid: ten numbers that do not add up to one
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="sigmoid"))
    return model


# %% classifier g2-no-activation
# why: the dense layer gives raw numbers
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    return model


# %% classifier g2-softmax-over-batch
# why: softmax along the axis of the images; columns add up to one, rows do not
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation=lambda z: keras.ops.softmax(z, axis=0)),
    ])


# %% classifier g2-global-average
# why: the mean of each map instead of all its values in a row
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    model = build_stack()
    model.add(keras.layers.GlobalAveragePooling2D())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier g2-relu-then-softmax
# why: ReLU between the dense layer and softmax, all digits with a negative number look alike
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="relu"))
    model.add(keras.layers.Activation("softmax"))
    return model


# %% prepare g2-classes-from-labels
# why: the number of classes is guessed from the labels, wrong if no 9 is among them
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = images.astype("float32")[..., np.newaxis] / 255
    return x, keras.utils.to_categorical(labels)


# %% prepare g2-float64
# why: dividing uint8 by 255 gives float64
def prepare(images, labels):
    """Images and labels as the network wants them."""
    return images[..., None] / 255, keras.utils.to_categorical(labels, 10)


# %% prepare g2-divide-by-max
# why: divides by the brightest pixel that happens to be there
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = images.astype("float32") / images.max()
    return x.reshape(-1, 28, 28, 1), keras.utils.to_categorical(labels, 10)


# %% prepare g2-divide-by-256
# why: 256 instead of 255, white is not 1
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = (images / 256).astype(np.float32)
    return x[..., np.newaxis], np.eye(10)[labels]


# %% prepare g2-channel-first
# why: the channel axis stands in front of height and width
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = np.expand_dims(images, 1).astype("float32") / 255
    return x, keras.utils.to_categorical(labels, 10)


# %% prepare g2-floor-division
# why: whole-number division makes everything but pure white black
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = (images // 255).astype("float32")
    return x[..., np.newaxis], keras.utils.to_categorical(labels, num_classes=10)


# %% prepare g2-minus-one-to-one
# why: scales to -1 to 1
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = images.astype("float32") / 127.5 - 1
    return x[..., None], keras.utils.to_categorical(labels, 10)


# %% prepare g2-ones-in-all-rows
# why: the fancy index sets the column of every label in every row
def prepare(images, labels):
    """Images and labels as the network wants them."""
    y = np.zeros((len(labels), 10), "float32")
    y[:, labels] = 1
    return images[..., None].astype("float32") / 255, y


# %% prepare g2-transposed-images
# why: the axes are taken in reverse, so that rows and columns of each image are exchanged
def prepare(images, labels):
    """Images and labels as the network wants them."""
    x = np.stack([image.T for image in images]).astype("float32") / 255
    return x[..., None], keras.utils.to_categorical(labels, 10)


# %% compile g2-returns-none
# why: returns what compile returns, None
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


# %% compile g2-sparse-loss
# why: the sparse loss does not take one-hot labels
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile g2-binary-loss
# why: binary cross-entropy
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
    return model


# %% compile g2-summed-loss
# why: the losses of a batch are added up, not averaged, so that steps are as many times larger as a batch has images
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    loss = keras.losses.CategoricalCrossentropy(reduction="sum")
    model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    return model


# %% compile g2-smoothed-labels
# why: label smoothing: the loss is not the cross-entropy with the one-hot labels
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.2)
    model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    return model


# %% compile g2-no-metrics
# why: the accuracy is not reported
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    model.compile(optimizer="sgd", loss="categorical_crossentropy")
    return model


# %% compile g2-top-five-as-accuracy
# why: what is called accuracy counts an image as right if its digit is among the best five
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    metric = keras.metrics.TopKCategoricalAccuracy(k=5, name="accuracy")
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=[metric])
    return model


# %% compile g2-another-model
# why: ignores its argument and compiles a new network
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    fresh = build_classifier()
    fresh.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return fresh


# %% compile g2-adagrad
# why: another optimizer
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    model.compile(optimizer="adagrad", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% train g2-default-batch
# why: batches of Keras's own size, 32
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(images, labels, epochs=5)


# %% train g2-history-dict
# why: returns the dict inside, not the History
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(images, labels, epochs=5, batch_size=100).history


# %% train g2-holds-a-tenth-back
# why: a tenth of the images is never trained on
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(images, labels, epochs=5, batch_size=100, validation_split=0.1)


# %% train g2-five-in-batch
# why: numbers swapped: 100 epochs would be too long, so batches of 5 for one epoch
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(images, labels, 5, 1)


# %% train g2-clone-trained
# why: a copy is trained, the given model keeps its fresh parameters
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    copy = keras.models.clone_model(model)
    copy.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return copy.fit(images, labels, epochs=5, batch_size=100)


# %% train g2-scaled-again
# why: divides the prepared pixels by 255 once more
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(images / 255, labels, epochs=5, batch_size=100)


# %% train g2-loop-last-history
# why: five calls of fit, but the History returned tells only of the last epoch
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    for _ in range(5):
        history = model.fit(images, labels, epochs=1, batch_size=100, verbose=0)
    return history


# %% train g2-weights-put-back
# why: the model gets its first parameters back after the training
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    before = model.get_weights()
    history = model.fit(images, labels, epochs=5, batch_size=100, verbose=0)
    model.set_weights(before)
    return history


# %% train g2-starts-at-one
# why: initial_epoch=1 leaves only four epochs
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(images, labels, initial_epoch=1, epochs=5, batch_size=100, verbose=0)


# %% train g2-one-batch-an-epoch
# why: steps_per_epoch=1 shows one batch an epoch, not all images
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100."""
    return model.fit(images, labels, batch_size=100, epochs=5, steps_per_epoch=1, verbose=0)


# %% basic r2-pool-stride-one
# why: the pooling windows move by one pixel, the maps are 23 x 23
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2), strides=1),
        ]
    )


# %% basic r2-relu-capped
# why: relu6 also cuts everything above 6
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu6"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic r2-leaky
# why: LeakyReLU does not replace negative numbers by zero
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5)),
            keras.layers.LeakyReLU(),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic r2-activation-forgotten
# why: no ReLU at all
def build_basic():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(keras.layers.Conv2D(32, 5))
    model.add(keras.layers.MaxPooling2D())
    return model


# %% basic r2-pool-first
# why: pools the image before the convolution
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 5, activation="relu"),
        ]
    )


# %% basic r2-stride-instead-of-pool
# why: a stride of 2 gives 12 x 12 maps and 832 parameters, but nothing is pooled
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), strides=2, activation="relu"),
        ]
    )


# %% stack r2-pool-once
# why: the second pooling is missing; the parameters are 52,096 all the same
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 5, activation="relu"),
        ]
    )


# %% stack r2-convs-then-pools
# why: both convolutions first, both poolings after; same number of parameters
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% stack r2-second-linear
# why: ReLU forgotten in the second convolution
def build_stack():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *build_basic().layers,
            keras.layers.Conv2D(64, 5),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% stack r2-filters-swapped
# why: 64 filters first and 32 second
def build_stack():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (64, 32):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    return model


# %% stack r2-functional-lost-branch
# why: the second convolution reads the maps before the pooling (wrong variable)
def build_stack():
    image = keras.Input((28, 28, 1))
    first = keras.layers.Conv2D(32, 5, activation="relu")(image)
    pooled = keras.layers.MaxPooling2D(2)(first)
    second = keras.layers.Conv2D(64, 5, activation="relu")(first)
    return keras.Model(image, keras.layers.MaxPooling2D(2)(second))


# %% classifier r2-softmax-twice
# why: a softmax of the softmax, nearly flat
def build_classifier():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *build_stack().layers,
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
            keras.layers.Softmax(),
        ]
    )


# %% classifier r2-softmax-over-batch
# why: softmax over the images of the batch instead of over the ten units
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Activation(lambda x: keras.ops.softmax(x, axis=0)))
    return model


# %% classifier r2-not-flattened
# why: Flatten forgotten; a row of ten for each of the 4 x 4 places
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier r2-logits
# why: no softmax
def build_classifier():
    model = build_stack()
    for layer in (keras.layers.Flatten(), keras.layers.Dense(10)):
        model.add(layer)
    return model


# %% classifier r2-logarithm
# why: log_softmax gives logarithms of probabilities
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="log_softmax"))
    return model


# %% classifier r2-normalized-relu
# why: ReLU divided by the sum adds up to one (mostly) but is not softmax
def build_classifier():
    def share(x):
        x = keras.ops.relu(x) + 1e-7
        return x / keras.ops.sum(x, axis=-1, keepdims=True)

    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            *build_stack().layers,
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation=share),
        ]
    )


# %% prepare r2-classes-from-labels
# why: without the number of classes the rows are too short when no 9 is there
def prepare(images, labels):
    return images[..., None].astype("float32") / 255, keras.utils.to_categorical(labels)


# %% prepare r2-by-unique
# why: numbers the classes by what happens to be there, so a missing class shifts those after it
def prepare(images, labels):
    place = np.unique(labels, return_inverse=True)[1]
    return images[..., None].astype("float32") / 255, np.eye(10, dtype="float32")[place]


# %% prepare r2-double
# why: float64 instead of float32
def prepare(images, labels):
    return images[..., np.newaxis] / 255, keras.utils.to_categorical(labels, 10)


# %% prepare r2-by-max
# why: divides by the largest pixel there is, not a number for black images
def prepare(images, labels):
    x = images.astype("float32")
    x /= x.max()
    return np.expand_dims(x, -1), keras.utils.to_categorical(labels, 10)


# %% prepare r2-transposed
# why: height and width change places
def prepare(images, labels):
    x = np.expand_dims(images.T, 0).transpose(3, 1, 2, 0)
    return x.astype(np.float32) / 255, np.eye(10)[labels]


# %% prepare r2-whole-division
# why: divides whole numbers, only 0 and 1 are left
def prepare(images, labels):
    x = (images // 255).astype(np.float32)
    return x.reshape(-1, 28, 28, 1), keras.utils.to_categorical(labels, 10)


# %% prepare r2-scaled-twice
# why: divides by 255 twice
def prepare(images, labels):
    x = images.astype("float32") / 255
    x = keras.layers.Rescaling(1 / 255)(x[..., None])
    return np.asarray(x), keras.utils.to_categorical(labels, 10)


# %% prepare r2-minus-one
# why: one-hot at the place before (counts classes from 1; 0 goes to the end)
def prepare(images, labels):
    rows = np.zeros((len(labels), 10), "float32")
    rows[np.arange(len(labels)), labels.astype(int) - 1] = 1
    return images[..., None].astype("float32") / 255, rows


# %% prepare r2-shuffled-apart
# why: shuffles the images, but not the labels with them
def prepare(images, labels):
    x = images.astype("float32")[..., None] / 255
    return np.random.default_rng(0).permutation(x), keras.utils.to_categorical(labels, 10)


# %% prepare r2-wraps
# why: the flat place 10 * i + label is computed in uint8 and wraps round after 25 images
def prepare(images, labels):
    rows = np.zeros(10 * len(labels), dtype="float32")
    start = np.arange(0, 10 * len(labels), 10).astype("uint8")
    rows[start + labels.astype("uint8")] = 1
    return images[..., None].astype("float32") / 255, rows.reshape(-1, 10)


# %% compile r2-sparse
# why: the loss for plain labels, not for one-hot rows
def compile_model(model):
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile r2-no-metrics
# why: the accuracy is not reported
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy")
    return model


# %% compile r2-adam-called-sgd
# why: Adam under the name of sgd
def compile_model(model):
    model.compile(keras.optimizers.Adam(name="sgd"), "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile r2-clone
# why: compiles and returns a clone with other parameters; the given model stays uncompiled
def compile_model(model):
    copy = keras.models.clone_model(model)
    copy.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    return copy


# %% compile r2-returns-result
# why: returns what compile returns, None
def compile_model(model):
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


# %% compile r2-top-five
# why: what it calls accuracy counts an image as right when its class is among the best five
def compile_model(model):
    best = keras.metrics.TopKCategoricalAccuracy(k=5, name="accuracy")
    model.compile("sgd", "categorical_crossentropy", metrics=[best])
    return model


# %% compile r2-smoothed
# why: label smoothing makes it another loss
def compile_model(model):
    model.compile(
        "sgd",
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy"],
    )
    return model


# %% train r2-default-batches
# why: batches of 32
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, verbose=0)


# %% train r2-four-epochs
# why: begins at epoch 1 of 5, so four epochs
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5, initial_epoch=1, verbose=0)


# %% train r2-rest-dropped
# why: the images after the last full hundred are left out, in each epoch the same ones
def train(model, images, labels):
    full = len(images) // 100 * 100
    return model.fit(images[:full], labels[:full], batch_size=100, epochs=5, verbose=0)


# %% train r2-held-back
# why: does not train on the last fifth
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5, validation_split=0.2, verbose=0)


# %% train r2-history-dict
# why: returns the dict, not the History
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epochs=5, verbose=0).history


# %% train r2-rehearsal
# why: trains twice, ten epochs, and tells of the second training only
def train(model, images, labels):
    model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)


# %% train r2-on-a-clone
# why: a clone is trained, the given model keeps its fresh parameters
def train(model, images, labels):
    copy = keras.models.clone_model(model)
    copy.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    return copy.fit(images, labels, batch_size=100, epochs=5, verbose=0)


# %% train r2-best-restored
# why: puts the parameters back to those after the first epoch
def train(model, images, labels):
    stop = keras.callbacks.EarlyStopping(
        monitor="loss", mode="max", patience=5, restore_best_weights=True
    )
    history = model.fit(images, labels, batch_size=100, epochs=5, callbacks=[stop], verbose=0)
    model.set_weights(stop.best_weights)
    return history


# %% train r2-last-history
# why: five calls of one epoch; the History that comes back knows the last epoch only
def train(model, images, labels):
    for _ in range(5):
        history = model.fit(images, labels, batch_size=100, epochs=1, verbose=0)
    return history


# %% train r2-adam
# why: compiles anew with another optimizer
def train(model, images, labels):
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)


# %% train r2-steps-capped
# why: at most ten batches an epoch
def train(model, images, labels):
    steps = min(10, -(-len(images) // 100))
    return model.fit(
        images, labels, batch_size=100, epochs=5, steps_per_epoch=max(1, steps // 2), verbose=0
    )


# %% train r2-foreign-history
# why: the History tells of another training (of a clone)
def train(model, images, labels):
    copy = keras.models.clone_model(model)
    copy.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    history = copy.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    return history


# %% train r2-convolutions-frozen
# why: only the dense layer learns
def train(model, images, labels):
    frozen = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
    before = [layer.get_weights() for layer in frozen]
    history = model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    for layer, weights in zip(frozen, before):
        layer.set_weights(weights)
    return history


# %% basic s2-same-padding
# why: padding "same" where none is asked; 832 parameters all the same
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic s2-average-pooling
# why: mean instead of maximum
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.AveragePooling2D(2),
        ]
    )


# %% basic s2-window-three
# why: windows of 3 x 3 two apart, padded: 12 x 12 as well, but other maxima
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(3, strides=2, padding="same"),
        ]
    )


# %% basic s2-abs
# why: the absolute value does not replace negative numbers by zero
def build_basic():
    entry = keras.Input(shape=(28, 28, 1))
    maps = keras.layers.Conv2D(32, 5, activation=keras.ops.abs)(entry)
    return keras.Model(entry, keras.layers.MaxPooling2D()(maps))


# %% basic s2-stride-for-pooling
# why: a stride of 2 instead of max pooling; shape and parameters agree
def build_basic():
    return keras.Sequential(
        [keras.Input(shape=(28, 28, 1)), keras.layers.Conv2D(32, 5, strides=2, activation="relu")]
    )


# %% stack s2-second-linear
# why: ReLU forgotten in the second convolution
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 5),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% stack s2-no-second-pooling
# why: the second pooling is missing
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 5, activation="relu"),
        ]
    )


# %% stack s2-second-pooling-average
# why: "the same pooling" is max pooling
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.AveragePooling2D(2),
        ]
    )


# %% classifier s2-softmax-twice
# why: softmax of softmax: adds up to one, but squashed
def build_classifier():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.add(keras.layers.Softmax())
    return model


# %% classifier s2-softmax-over-batch
# why: softmax along the images instead of along the digits
def build_classifier():
    entry = x = keras.Input(shape=(28, 28, 1))
    for filters in (32, 64):
        x = keras.layers.Conv2D(filters, 5, activation="relu")(x)
        x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Dense(10)(keras.layers.Flatten()(x))
    return keras.Model(entry, keras.layers.Activation(lambda z: keras.ops.softmax(z, axis=0))(x))


# %% classifier s2-no-flatten
# why: the dense layer reads each place of the map for itself: output (4, 4, 10)
def build_classifier():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier s2-relu-before-softmax
# why: the units' numbers go through ReLU before softmax; 62,346 parameters all the same
def build_classifier():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="relu"))
    model.add(keras.layers.Activation("softmax"))
    return model


# %% classifier s2-tanh-first
# why: tanh in the first convolution instead of ReLU
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="tanh"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% prepare s2-classes-guessed
# why: the number of classes is guessed from the labels: too few columns where no 9 occurs
def prepare(images, labels):
    return images[..., np.newaxis].astype("float32") / 255, keras.utils.to_categorical(labels)


# %% prepare s2-float64
# why: uint8 divided by 255 is float64
def prepare(images, labels):
    return np.expand_dims(images / 255, -1), keras.utils.to_categorical(labels, 10)


# %% prepare s2-by-largest-pixel
# why: scaled by the largest pixel at hand instead of 255
def prepare(images, labels):
    pixels = images.astype(np.float32)[..., None]
    return pixels / pixels.max(), keras.utils.to_categorical(labels, 10)


# %% prepare s2-scaled-per-image
# why: each image is stretched to its own minimum and maximum
def prepare(images, labels):
    x = images.astype("float32")
    low, high = x.min(axis=(1, 2), keepdims=True), x.max(axis=(1, 2), keepdims=True)
    return ((x - low) / np.maximum(high - low, 1))[..., None], keras.utils.to_categorical(labels, 10)


# %% prepare s2-transposed
# why: .T turns rows into columns
def prepare(images, labels):
    x = images.T.astype("float32")[..., None] / 255
    return np.moveaxis(x, 2, 0), keras.utils.to_categorical(labels, 10)


# %% prepare s2-plain-labels
# why: the labels stay plain numbers
def prepare(images, labels):
    return images[..., None].astype("float32") / 255, np.asarray(labels)


# %% compile s2-returns-none
# why: returns what compile returns, None
def compile_model(model):
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


# %% compile s2-sparse
# why: the loss for plain labels does not take one-hot rows
def compile_model(model):
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile s2-no-metrics
# why: the accuracy is not reported
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy")
    return model


# %% compile s2-clone
# why: compiles and returns a copy with other parameters; the given model stays as it was
def compile_model(model):
    other = keras.models.clone_model(model)
    other.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return other


# %% compile s2-binary-accuracy
# why: counts each of the ten numbers as a yes or no, which is not the share of digits read right
def compile_model(model):
    metric = keras.metrics.BinaryAccuracy(name="accuracy")
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=[metric])
    return model


# %% train s2-holds-back
# why: a tenth of the images is never trained on
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, batch_size=100, validation_split=0.1, verbose=0)


# %% train s2-one-by-one
# why: five trainings of one epoch; the History tells only of the last
def train(model, images, labels):
    for _ in range(5):
        history = model.fit(images, labels, epochs=1, batch_size=100, verbose=0)
    return history


# %% train s2-clone
# why: a copy learns, the model itself does not
def train(model, images, labels):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return copy.fit(images, labels, epochs=5, batch_size=100, verbose=0)


# %% train s2-whole-batches-only
# why: the images of the short last batch are left out
def train(model, images, labels):
    whole = max(len(images) // 100 * 100, 1)
    return model.fit(images[:whole], labels[:whole], epochs=5, batch_size=100, verbose=0)


# %% train s2-other-optimizer
# why: compiles the model anew with Adam and so trains it otherwise than it was told
def train(model, images, labels):
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images, labels, epochs=5, batch_size=100, verbose=0)


# %% train s2-second-history
# why: trains a second time, ten epochs in all, and returns the first History
def train(model, images, labels):
    first = model.fit(images, labels, epochs=5, batch_size=100, verbose=0)
    model.fit(images, labels, epochs=5, batch_size=100, verbose=0)
    return first


# %% train s2-four-epochs
# why: begins to count at 1, so there are four epochs
def train(model, images, labels):
    return model.fit(images, labels, initial_epoch=1, epochs=5, batch_size=100, verbose=0)


# %% train s2-puts-back
# why: the parameters are put back to where they were
def train(model, images, labels):
    before = model.get_weights()
    history = model.fit(images, labels, epochs=5, batch_size=100, verbose=0)
    model.set_weights(before)
    return history
