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
