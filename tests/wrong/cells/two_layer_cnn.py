# Wrong answers to assignment 4, Two-layer CNN.

# %% relu absolute
def relu(maps):
    return np.abs(maps)


# %% relu positives-lost
def relu(maps):
    return np.minimum(maps, 0)


# %% relu mask-returned
def relu(maps):
    return maps > 0


# %% relu negatives-left-out
def relu(maps):
    return maps[maps > 0]


# %% relu largest-along-axis
def relu(maps):
    return np.max(maps, 0)


# %% relu numpy-truth
def relu(maps):
    if maps < 0:
        return 0
    return maps


# %% relu numpy-truth
def relu(maps):
    return max(maps, 0)


# %% relu numpy-truth [rules]
def relu(maps):
    result = maps.copy()
    for row in range(len(maps)):
        for column in range(maps.shape[-1] if maps.ndim > 1 else 1):
            place = (row, column) if maps.ndim > 1 else row
            if result[place] < 0:
                result[place] = 0
    return result


# %% relu other-two-axes [rules]
def relu(maps):
    return np.maximum(maps, 0).reshape(len(maps), -1)


# %% relu other-always-float [rules]
def relu(maps):
    return np.where(maps > 0, maps, 0.0).astype(float)


# %% relu other-list [rules]
def relu(maps):
    return np.maximum(maps, 0).tolist()


# %% relu other-always-int [numbers]
def relu(maps):
    return np.maximum(maps, 0).astype(int)


# %% relu other-float16 [numbers]
def relu(maps):
    return np.maximum(maps.astype(np.float16), 0).astype(maps.dtype)


# %% relu other-up-to-six [numbers]
def relu(maps):
    return np.clip(maps, 0, 6)


# %% relu other-pixels [numbers]
def relu(maps):
    return np.clip(maps, 0, 255)


# %% relu other-leaky [numbers]
def relu(maps):
    return np.maximum(maps, maps / 100).astype(maps.dtype)


# %% relu other-at-least-one [numbers]
def relu(maps):
    return np.where(maps < 1, 0, maps).astype(maps.dtype)


# %% relu other-writes-into-the-maps [effects]
def relu(maps):
    maps[maps < 0] = 0
    return maps


# %% relu other-maximum-in-place [effects]
def relu(maps):
    return np.maximum(maps, 0, out=maps)


# %% relu other-the-maps-themselves [effects]
def relu(maps):
    if maps.min() >= 0:
        return maps
    return np.maximum(maps, 0)


# %% relu other-remembers-by-shape [effects]
RECTIFIED = {}


def relu(maps):
    if maps.shape not in RECTIFIED:
        RECTIFIED[maps.shape] = np.maximum(maps, 0)
    return RECTIFIED[maps.shape]


# %% relu other-softplus
def relu(maps):
    return np.log1p(np.exp(-np.abs(maps))) + np.maximum(maps, 0)


# %% relu other-negated
def relu(maps):
    return np.maximum(-maps, 0)


# %% softmax not-divided
def softmax(numbers):
    return np.exp(numbers)


# %% softmax divided-by-largest
def softmax(numbers):
    return np.exp(numbers - numbers.max(axis=-1, keepdims=True))


# %% softmax without-powers
def softmax(numbers):
    return numbers / numbers.sum(axis=-1, keepdims=True)


# %% softmax negative-powers
def softmax(numbers):
    powers = np.exp(numbers.min(axis=-1, keepdims=True) - numbers)
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax sum-of-all
def softmax(numbers):
    powers = np.exp(numbers - numbers.max())
    return powers / powers.sum()


# %% softmax sum-of-columns
def softmax(numbers):
    powers = np.exp(numbers - numbers.max(axis=0))
    return powers / powers.sum(axis=0)


# %% softmax lost-axis
def softmax(numbers):
    powers = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1)


# %% softmax overflow [rules]
def softmax(numbers):
    powers = np.exp(numbers)
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax largest-of-all [numbers]
def softmax(numbers):
    powers = np.exp(numbers - numbers.max())
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax mean-subtracted [numbers]
def softmax(numbers):
    powers = np.exp(numbers - numbers.mean(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax smallest-subtracted [numbers]
def softmax(numbers):
    powers = np.exp(numbers - numbers.min(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax other-always-rows [rules]
def softmax(numbers):
    rows = np.atleast_2d(numbers)
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# %% softmax other-three-classes [rules]
def softmax(numbers):
    classes = numbers[..., :3]
    powers = np.exp(classes - classes.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax other-two-decimals [numbers]
def softmax(numbers):
    powers = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
    return np.round(powers / powers.sum(axis=-1, keepdims=True), 2)


# %% softmax other-float16 [numbers]
def softmax(numbers):
    powers = np.exp((numbers - numbers.max(axis=-1, keepdims=True)).astype(np.float16))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax other-whole-numbers [numbers]
def softmax(numbers):
    whole = numbers.astype(int)
    powers = np.exp(whole - whole.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax other-cut-off [numbers]
def softmax(numbers):
    powers = np.exp(np.clip(numbers, -700, 700))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax other-writes-into-the-numbers [effects]
def softmax(numbers):
    numbers -= numbers.max(axis=-1, keepdims=True)
    powers = np.exp(numbers)
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax other-remembers-by-shape [effects]
PROBABILITIES = {}


def softmax(numbers):
    if numbers.shape not in PROBABILITIES:
        powers = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
        PROBABILITIES[numbers.shape] = powers / powers.sum(axis=-1, keepdims=True)
    return PROBABILITIES[numbers.shape]


# %% softmax other-powers-of-two
def softmax(numbers):
    powers = 2 ** (numbers - numbers.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% softmax other-sigmoid
def softmax(numbers):
    return (1 + np.tanh(numbers / 2)) / 2


# %% softmax other-one-for-the-largest
def softmax(numbers):
    return (numbers == numbers.max(axis=-1, keepdims=True)).astype(float)


# %% basic no-input
def build_basic():
    return keras.Sequential(
        [
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic input
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 3)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic kernel-size
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic filters
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic padding-same [rules]
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu", padding="same"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic conv-stride
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu", strides=2),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic bias
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu", use_bias=False),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic relu
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5)),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic relu
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="sigmoid"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic pool-stride
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2), strides=1),
        ]
    )


# %% basic pool-size
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((3, 3)),
        ]
    )


# %% basic average
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.AveragePooling2D((2, 2)),
        ]
    )


# %% basic order
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
        ]
    )


# %% basic layer-missing
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
        ]
    )


# %% stack layer-missing
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
        ]
    )


# %% stack layer-extra
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
        ]
    )


# %% stack filters
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% stack order
def build_stack():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% classifier flatten-missing
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% classifier flatten-pooled
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% classifier units
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(9, activation="softmax"),
        ]
    )


# %% classifier softmax
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )


# %% classifier softmax [rules]
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="sigmoid"),
        ]
    )


# %% classifier bias
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax", use_bias=False),
        ]
    )


# %% classifier layer-extra
def build_classifier():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% basic not-returned
def build_basic():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    model.add(keras.layers.Conv2D(32, (5, 5), activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))


# %% basic no-model
def build_basic():
    return ["Conv2D", "MaxPooling2D"]


# %% classifier not-a-chain
def build_classifier():
    image = keras.Input((28, 28, 1))
    wide = keras.layers.Flatten()(keras.layers.Conv2D(32, 5, activation="relu")(image))
    both = keras.layers.Concatenate()([wide, keras.layers.Flatten()(image)])
    return keras.Model(image, keras.layers.Dense(10, activation="softmax")(both))


# %% prepare no-channel-axis
def prepare(images, labels):
    pixels = images.astype("float32") / 255
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare channel-axis-first [rules]
def prepare(images, labels):
    pixels = images.astype("float32")[:, np.newaxis] / 255
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare unscaled
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis]
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare whole-numbers [numbers]
def prepare(images, labels):
    pixels = (images // 255).astype("float32")[..., np.newaxis]
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare float64 [rules]
def prepare(images, labels):
    pixels = images[..., np.newaxis] / 255
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare not-one-hot
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis] / 255
    return pixels, labels


# %% prepare too-few-classes [rules]
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis] / 255
    return pixels, keras.utils.to_categorical(labels)


# %% prepare not-a-pair
def prepare(images, labels):
    return images.astype("float32")[..., np.newaxis] / 255


# %% compile learning-rate [deeds]
def compile_model(model):
    optimizer = keras.optimizers.SGD(learning_rate=0.0)
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile learning-rate [deeds]
def compile_model(model):
    optimizer = keras.optimizers.SGD(learning_rate=100.0)
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile compiled-step [deeds]
def compile_model(model):
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.2)
    model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    return model


# %% compile compiled-step [deeds]
def compile_model(model):
    model.compile(
        optimizer="sgd", loss="categorical_crossentropy", loss_weights=0, metrics=["accuracy"]
    )
    return model


# %% compile frozen [deeds]
def compile_model(model):
    model.trainable = False
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile own-loss [deeds]
def compile_model(model):
    def categorical_crossentropy(true, predicted):
        return keras.ops.mean(keras.ops.square(true - predicted))

    model.compile(optimizer="sgd", loss=categorical_crossentropy, metrics=["accuracy"])
    return model


# %% compile compiled-step [deeds]
MODEL = build_classifier()


def compile_model(model):
    MODEL.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return MODEL


# %% compile no-accuracy [deeds]
def compile_model(model):
    metrics = [keras.metrics.Accuracy()]
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=metrics)
    return model


# %% compile optimizer
def compile_model(model):
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile sparse-loss
def compile_model(model):
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile regression-loss
def compile_model(model):
    model.compile(optimizer="sgd", loss="mse", metrics=["accuracy"])
    return model


# %% compile binary-loss
def compile_model(model):
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
    return model


# %% compile no-accuracy
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy")
    return model


# %% compile unknown-metric
def compile_model(model):
    metrics = ["accuracy", "precison"]
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=metrics)
    return model


# %% compile sparse-metric
def compile_model(model):
    metrics = ["accuracy", "sparse_categorical_accuracy"]
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=metrics)
    return model


# %% compile logits
def compile_model(model):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    return model


# %% compile compile-returned [rules]
def compile_model(model):
    return model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])


# %% compile not-compiled
def compile_model(model):
    return model


# %% train epochs-default
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, verbose=0)


# %% train batch-default
def train(model, images, labels):
    return model.fit(images, labels, epochs=5, verbose=0)


# %% train history-returned [rules]
def train(model, images, labels):
    model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    return model


# %% train other-changes-images [effects]
def train(model, images, labels):
    history = model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    images *= 0
    return history


# %% classifier frozen [deeds]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.trainable = False
    return model


# %% classifier frozen [deeds]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax", trainable=False))
    return model


# %% classifier frozen [deeds]
def build_classifier():
    model = build_stack()
    for layer in model.layers:
        layer.trainable = False
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier softmax-axis [deeds]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Softmax(axis=0))
    return model


# %% classifier softmax [deeds]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation=lambda x: keras.activations.softmax(x, axis=0)))
    return model


# %% classifier layer-extra [deeds]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.add(keras.layers.Softmax())
    return model


# %% classifier relu [deeds]
def relu(x):
    return x


def build_classifier():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation=relu),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation=relu),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    return model


# %% classifier softmax [rules]
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="sigmoid"))
    return model


# %% basic relu [rules]
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="leaky_relu"),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% basic input
def build_basic():
    return keras.Sequential(
        [
            keras.Input((30, 30, 1)),
            keras.layers.Cropping2D(1),
            keras.layers.Conv2D(32, 3, dilation_rate=2, activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% compile no-accuracy [deeds]
def compile_model(model):
    def accuracy(y, p):
        return keras.ops.ones_like(y[:, 0])

    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=[accuracy])
    return model


# %% compile compiled-step [deeds]
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(weight_decay=10.0),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# %% compile compiled-step [deeds]
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(clipvalue=1e-9),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# %% compile compiled-step [deeds]
def compile_model(model):
    model = keras.models.clone_model(model)
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% prepare other-changes-images [effects]
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis] / 255
    images[:] = 0
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare other-transposed
def prepare(images, labels):
    pixels = images.astype("float32").transpose(0, 2, 1)[..., np.newaxis] / 255
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare other-sorted
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis] / 255
    return pixels, keras.utils.to_categorical(np.sort(labels), 10)


# %% prepare other-float16 [numbers]
def prepare(images, labels):
    pixels = (images.astype("float16") / 255).astype("float32")[..., np.newaxis]
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare other-labels-sorted-unique [numbers]
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis] / 255
    classes = np.unique(labels)
    rows = np.zeros((len(labels), 10))
    rows[np.arange(len(labels)), np.searchsorted(classes, labels)] = 1
    return pixels, rows


# %% prepare other-rounded [numbers]
def prepare(images, labels):
    pixels = np.round(images.astype("float32")[..., np.newaxis] / 255, 2)
    return pixels, keras.utils.to_categorical(labels, 10)


# %% prepare other-minus-label
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis] / 255
    return pixels, keras.utils.to_categorical(labels - 1, 10)


# %% prepare other-one-image-only
def prepare(images, labels):
    pixels = images.astype("float32").reshape(len(images), 28, 28, 1) / 255
    pixels[1:] = pixels[1:] * 0 + pixels[1:]
    rows = np.zeros((len(labels), 10), "float32")
    rows[:, labels] = 1
    return pixels, rows


# %% prepare number-of-images
def prepare(images, labels):
    pixels = images.reshape((60000, 28, 28, 1)).astype("float32") / 255
    return pixels, keras.utils.to_categorical(labels, 10)


# %% basic layer-extra [effects]
BASIC = keras.Sequential([keras.Input((28, 28, 1))])


def build_basic():
    BASIC.add(keras.layers.Conv2D(32, 5, activation="relu"))
    BASIC.add(keras.layers.MaxPooling2D())
    return BASIC


tried = build_basic()  # what is called next adds to it


# %% stack layer-extra [effects]
BOTTOM = build_basic()
BOTTOM.add(keras.layers.Conv2D(64, 5, activation="relu"))


def build_stack():
    BOTTOM.add(keras.layers.MaxPooling2D())
    return BOTTOM


tried = build_stack()  # what is called next adds to it


# %% classifier layer-extra [effects]
BODY = build_stack()


def build_classifier():
    BODY.add(keras.layers.Flatten())
    BODY.add(keras.layers.Dense(10, activation="softmax"))
    return BODY


tried = build_classifier()  # what is called next adds to it


# %% basic relu [deeds]
def build_basic():
    def relu(x):
        return keras.ops.maximum(x, -1.0)

    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation=relu),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% basic frozen [deeds]
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu", trainable=False),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% stack frozen [deeds]
def build_stack():
    model = build_basic()
    for layer in model.layers:
        layer.trainable = False
    model.add(keras.layers.Conv2D(64, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D())
    return model


# %% compile compiled-step [effects]
def compile_model(model):
    model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% prepare other-sorts-the-labels [effects]
def prepare(images, labels):
    pixels = images.astype("float32")[..., np.newaxis] / 255
    rows = keras.utils.to_categorical(labels, 10)
    labels.sort()
    return pixels, rows


# %% compile other-two-things [rules]
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model, model.optimizer


# %% basic relu [deeds]
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5),
            keras.layers.ReLU(max_value=6.0),
            keras.layers.MaxPooling2D(),
        ]
    )


# %% softmax axis-one
def softmax(numbers):
    powers = np.exp(numbers - numbers.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# %% compile no-accuracy
def compile_model(model):
    model.compile("sgd", "categorical_crossentropy", ["accuracy"])
    return model


# %% stack not-returned
def build_stack():
    return build_basic().add(keras.layers.Conv2D(64, (5, 5), activation="relu"))


# %% basic input
def build_basic():
    layers = [keras.layers.Conv2D(32, (5, 5), activation="relu"), keras.layers.MaxPooling2D((2, 2))]
    return keras.Sequential([keras.Input(shape=(28, 28)), *layers])


# %% basic input
def build_basic():
    layers = [keras.layers.Conv2D(32, (5, 5), activation="relu"), keras.layers.MaxPooling2D((2, 2))]
    return keras.Sequential([keras.Input(shape=(None, 28, 28, 1)), *layers])


# %% basic keras-shape
def build_basic():
    model = keras.Sequential()
    model.add(keras.Input(28, 28, 1))
    model.add(keras.layers.Conv2D(32, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% basic keras-shape-alone
def build_basic():
    return keras.Sequential(
        [
            (28, 28, 1),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic keras-no-list
def build_basic():
    return keras.Sequential(
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
    )


# %% basic keras-no-list
def build_basic():
    return keras.Sequential(
        keras.layers.Conv2D(32, 5, activation="relu"), keras.layers.MaxPooling2D(2)
    )


# %% basic keras-layer-class
def build_basic():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    model.add(keras.layers.Conv2D(32, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D)
    return model


# %% basic keras-model-class
def build_basic():
    model = keras.Sequential
    model.add(keras.Input(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% basic keras-strides
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), "relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic keras-activation
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="ReLU"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% basic keras-name
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2d(32, 5, activation="relu"),
            keras.layers.MaxPool2d(2),
        ]
    )


# %% basic keras-module
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            Conv2D(32, 5, activation="relu"),
            MaxPooling2D(2),
        ]
    )


# %% basic keras-too-small
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(1, 28, 28)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


# %% stack keras-layer-list
def build_stack():
    model = [build_basic()]
    model.add(keras.layers.Conv2D(64, 5, activation="relu"))
    model.add(keras.layers.MaxPooling2D(2))
    return model


# %% classifier keras-function
def build_classifier():
    model = build_stack
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier keras-none
def build_classifier():
    model = build_stack().add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% compile keras-optimizer-class
def compile_model(model):
    sgd = keras.optimizers.SGD
    model.compile(optimizer=sgd, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% compile keras-optimizer
def compile_model(model):
    model.compile("categorical_crossentropy", "sgd", metrics=["accuracy"])
    return model


# %% compile keras-loss-weights
def compile_model(model):
    model.compile("sgd", "categorical_crossentropy", "accuracy")
    return model


# %% compile keras-metrics
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics="accuracy")
    return model


# %% train keras-not-compiled
def train(model, images, labels):
    model = build_classifier()
    return model.fit(images, labels, batch_size=100, epochs=5)


# %% train keras-labels
def train(model, images, labels):
    return model.fit(images, batch_size=100, epochs=5)


# %% train keras-fit
def train(model, images, labels):
    return model.train(images, labels, batch_size=100, epochs=5)


# %% train as-given
def train(model, images, labels):
    return model.fit(labels, images, batch_size=100, epochs=5)


# %% train as-given
def train(model, images, labels):
    images, labels = prepare(images, labels)
    return model.fit(images, labels, batch_size=100, epochs=5)


# %% relu numpy-index
def relu(maps):
    result = maps.copy()
    for row in range(len(maps) + 1):
        result[row] = np.maximum(maps[row], 0)
    return result


# %% prepare numpy-broadcast
def prepare(images, labels):
    rows = labels == np.arange(10)
    return images[..., None].astype("float32") / 255, rows.astype("float32")


# %% basic keras-argument
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activate="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic keras-sizes
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic keras-module
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, (5, 5), activation="relu"),
            layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic python-import
def build_basic():
    return tf.keras.Sequential(
        [
            tf.keras.Input((28, 28, 1)),
            tf.keras.layers.Conv2D(32, (5, 5), activation="relu"),
            tf.keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% relu unchanged
def relu(maps):
    out = np.copy(maps)
    out[out < 0] == 0
    return out


# %% relu two-axes
def relu(maps):
    out = np.zeros(maps.shape)
    for i in range(maps.shape[0]):
        for j in range(maps.shape[1]):
            if maps[i, j] > 0:
                out[i, j] = maps[i, j]
    return out


# %% relu numpy-choose
def relu(maps):
    return np.where(maps > 0, maps)


# %% relu python-arguments
def relu(maps):
    return np.maximum(maps)


# %% relu python-assigned
def relu(maps):
    out = np.copy(maps)
    out = out[out < 0] = 0
    return out


# %% softmax numpy-scalar
import math


def softmax(numbers):
    e = math.exp(numbers)
    return e / sum(e)


# %% softmax class-returned
def softmax(numbers):
    return np.argmax(numbers, axis=-1)


# %% softmax one-row
def softmax(numbers):
    out = []
    for row in numbers:
        e = np.exp(row - np.max(row))
        out.append(e / e.sum())
    return np.array(out)


# %% basic keras-format
def build_basic():
    model = keras.Sequential()
    model.add(keras.layers.Conv2D(32, 5, 5, 1, activation="relu", input_shape=(28, 28, 1)))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    return model


# %% basic keras-no-layer
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5)),
            relu,
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic relu
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation=relu),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic keras-filters
def build_basic():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D((5, 5), 32, activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic keras-called
def build_basic():
    x = keras.Input(shape=(28, 28, 1))
    y = keras.layers.Conv2D(32, (5, 5), activation="relu")
    z = keras.layers.MaxPooling2D((2, 2))(y)
    return keras.Model(x, z)


# %% basic keras-called
def build_basic():
    x = keras.Input(shape=(28, 28, 1))
    y = keras.layers.Conv2D(x, 32, (5, 5), activation="relu")
    return keras.Model(x, y)


# %% basic keras-padding
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu", padding="none"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )


# %% basic keras-two-sides
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5, 1), activation="relu"),
            keras.layers.MaxPooling2D(2, 2),
        ]
    )


# %% basic keras-rank
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv1D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(2, 2),
        ]
    )


# %% basic python-arguments
def build_basic():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation=relu()),
            keras.layers.MaxPooling2D(2, 2),
        ]
    )


# %% stack keras-one-layer
def build_stack():
    model = build_basic()
    model.add([keras.layers.Conv2D(64, (5, 5), activation="relu"), keras.layers.MaxPooling2D(2, 2)])
    return model


# %% stack keras-add
def build_stack():
    model = build_basic() + [
        keras.layers.Conv2D(64, (5, 5), activation="relu"),
        keras.layers.MaxPooling2D(2, 2),
    ]
    return model


# %% stack keras-output
def build_stack():
    basic = build_basic()
    x = keras.layers.Conv2D(64, (5, 5), activation="relu")(basic.output)
    x = keras.layers.MaxPooling2D(2, 2)(x)
    return keras.Model(basic.input, x)


# %% stack keras-add
def build_stack():
    model = build_basic()
    model.append(keras.layers.Conv2D(64, (5, 5), activation="relu"))
    model.append(keras.layers.MaxPooling2D(2, 2))
    return model


# %% stack keras-input-twice
def build_stack():
    model = build_basic()
    model.add(keras.Input((12, 12, 32)))
    model.add(keras.layers.Conv2D(64, (5, 5), activation="relu"))
    model.add(keras.layers.MaxPooling2D(2, 2))
    return model


# %% stack keras-channels
def build_stack():
    model = build_basic()
    model.add(build_basic())
    return model


# %% classifier keras-format
def build_classifier():
    model = build_stack()
    model.add(keras.layers.Flatten(1024))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% classifier keras-method
def build_classifier():
    model = build_stack()
    model.flatten()
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# %% prepare one-image
def prepare(images, labels):
    images = images.reshape((28, 28, 1)).astype("float32") / 255
    return images, keras.utils.to_categorical(labels, 10)


# %% prepare numpy-cast
def prepare(images, labels):
    images = images.reshape(-1, 28, 28, 1)
    images /= 255
    return images, keras.utils.to_categorical(labels, 10)


# %% prepare keras-utils
def prepare(images, labels):
    images = images.astype("float32")[..., np.newaxis] / 255
    return images, to_categorical(labels, 10)


# %% prepare numpy-name
def prepare(images, labels):
    images = images.astype(float32)[..., np.newaxis] / 255
    return images, keras.utils.to_categorical(labels, 10)


# %% prepare pair-exchanged
def prepare(images, labels):
    images = images.astype("float32")[..., np.newaxis] / 255
    return keras.utils.to_categorical(labels, 10), images


# %% prepare images-in-list
def prepare(images, labels):
    out = []
    for image in images:
        out.append(image / 255)
    return out, keras.utils.to_categorical(labels, 10)


# %% prepare channel-axis-first
def prepare(images, labels):
    images = images.astype("float32")[np.newaxis, ...] / 255
    return images, keras.utils.to_categorical(labels, 10)


# %% prepare own-largest
def prepare(images, labels):
    images = np.expand_dims(images, -1).astype("float32") / images.max()
    return images, keras.utils.to_categorical(labels, 10)


# %% prepare divided-by-256
def prepare(images, labels):
    images = np.expand_dims(images, -1).astype("float32") / 256
    return images, keras.utils.to_categorical(labels, 10)


# %% prepare flattened
def prepare(images, labels):
    images = images.reshape(len(images), 784).astype("float32") / 255
    return images, keras.utils.to_categorical(labels, 10)


# %% compile keras-compile-argument
def compile_model(model):
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metric=["accuracy"])
    return model


# %% compile no-loss
def compile_model(model):
    model.compile(optimizer="sgd", metrics=["accuracy"])
    return model


# %% compile keras-loss-class
def compile_model(model):
    model.compile(optimizer="sgd", loss=keras.losses.CategoricalCrossentropy, metrics=["accuracy"])
    return model


# %% compile keras-optimizer-argument
def compile_model(model):
    model.compile(
        optimizer=keras.optimizers.SGD(lr=0.01),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# %% compile no-accuracy
def compile_model(model):
    model.compile(
        keras.optimizers.SGD(),
        keras.losses.CategoricalCrossentropy(),
        [keras.metrics.CategoricalAccuracy()],
    )
    return model


# %% train keras-fit-argument
def train(model, images, labels):
    return model.fit(images, labels, batch_size=100, epoch=5)


# %% train python-whole
def train(model, images, labels):
    return model.fit(images, labels, epochs="5", batch_size=100)
