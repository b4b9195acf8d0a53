# Wrong answers to assignment 5, the Fashion-MNIST ladder: what is wrong before any training.

# %% part: first-network
def first_network(activation="softmax"):
    """The network of rung a; `activation` is that of its last layer."""
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation=activation),
        ]
    )


# %% rung-a rung-optimizer-sgd with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a rung-rate with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy")
    return {"model": model, "epochs": 5}


# %% rung-a rung-rate with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    rates = [0.01, 0.02, 0.01, 0.02, 0.01]
    return {"model": model, "epochs": 5, "learning_rates": rates}


# %% rung-a rung-epochs with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 3}


# %% rung-a rung-batch [rules] with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5, "batch_size": 100}


# %% rung-a rung-one-hot-loss [rules] with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a rung-other-loss with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="mse", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a rung-softmax-and-logits [deeds] with first-network
def rung_a():
    model = first_network()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a rung-no-softmax with first-network
def rung_a():
    model = first_network(activation=None)
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a rung-scaled-twice [deeds]
def rung_a():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a rung-not-compiled with first-network
def rung_a():
    return {"model": first_network(), "epochs": 5}


# %% rung-a rung-model-only with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% rung-a other-keys-in-capitals with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"Model": model, "Epochs": 5}


# %% rung-a other-callback-class with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5, "callbacks": [keras.callbacks.EarlyStopping]}


# %% rung-b padding-valid [rules]
def rung_b():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(64, (7, 7), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b zeros [rules]
def rung_b():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.ZeroPadding2D(1),
            keras.layers.Conv2D(64, (7, 7), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.ZeroPadding2D(1),
            keras.layers.Conv2D(128, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b other-dilated [deeds]
def rung_b():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(64, (7, 7), padding="same", dilation_rate=2, activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b hidden-units
def rung_b():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(64, (7, 7), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b relu
def rung_b():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(64, (7, 7), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(64),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c rung-optimizer-adam
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(optimizer="sgd", loss="sparse_categorical_crossentropy")
    return recipe


# %% part: deep-network
def deep_network(units=512, rate=None):
    """The network of rung d; `units` of its first dense layer, `rate` of every dropout."""
    layers = keras.layers
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    model.add(layers.Conv2D(32, (3, 3), padding="same", activation="relu"))
    model.add(layers.BatchNormalization())
    model.add(layers.Conv2D(32, (3, 3), padding="same", activation="relu"))
    model.add(layers.BatchNormalization())
    model.add(layers.Dropout(rate or 0.25))
    model.add(layers.Conv2D(64, (3, 3), padding="same", activation="relu"))
    model.add(layers.MaxPooling2D((2, 2)))
    model.add(layers.Dropout(rate or 0.25))
    model.add(layers.Conv2D(128, (3, 3), padding="same", activation="relu"))
    model.add(layers.BatchNormalization())
    model.add(layers.Dropout(rate or 0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(units, activation="relu"))
    model.add(layers.BatchNormalization())
    model.add(layers.Dropout(rate or 0.5))
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.BatchNormalization())
    model.add(layers.Dropout(rate or 0.5))
    model.add(layers.Dense(10, activation="softmax"))
    return model


# %% rung-d rung-too-large with deep-network
def rung_d():
    model = deep_network(units=4096)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d dropout-rate with deep-network
def rung_d():
    model = deep_network(rate=0.75)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e rung-rates-missing
def rung_e():
    return {**rung_d(), "epochs": 30, "learning_rates": [0.001] * 30}


# %% rung-e rung-rates-first [rules]
def rung_e():
    rates = [0.001 * 0.9**epoch for epoch in range(1, 31)]
    return {**rung_d(), "epochs": 30, "learning_rates": rates}


# %% rung-e rung-rates-count [rules]
def rung_e():
    rates = [0.001 * 0.9**epoch for epoch in range(29)]
    return {**rung_d(), "epochs": 30, "learning_rates": rates}


# %% rung-e rung-schedule
def rung_e():
    recipe = rung_d()
    schedule = keras.optimizers.schedules.ExponentialDecay(0.001, 1688, 0.9)
    recipe["model"].compile(
        optimizer=keras.optimizers.Adam(schedule),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    rates = [0.001 * 0.9**epoch for epoch in range(30)]
    return {"model": recipe["model"], "epochs": 30, "learning_rates": rates}


# %% rung-e rung-callbacks
def rung_e():
    return {
        "model": rung_d()["model"],
        "epochs": 30,
        "learning_rates": [0.001 * 0.9**epoch for epoch in range(30)],
        "callbacks": [keras.callbacks.EarlyStopping(patience=3)],
    }


# %% rung-e rung-epochs-long
def rung_e():
    rates = [0.001 * 0.9**epoch for epoch in range(5)]
    return {**rung_d(), "epochs": 5, "learning_rates": rates}


# %% split split-from-first
def split(images, labels, every=10):
    held_back = np.arange(len(images)) % every == 0
    return (images[~held_back], labels[~held_back]), (images[held_back], labels[held_back])


# %% split split-last-part [rules]
def split(images, labels, every=10):
    kept = len(images) - len(images) // every
    return (images[:kept], labels[:kept]), (images[kept:], labels[kept:])


# %% split split-still-trained
def split(images, labels, every=10):
    held_back = np.arange(len(images)) % every == every - 1
    return (images, labels), (images[held_back], labels[held_back])


# %% split split-exchanged
def split(images, labels, every=10):
    held_back = np.arange(len(images)) % every == every - 1
    return (images[held_back], labels[held_back]), (images[~held_back], labels[~held_back])


# %% split split-not-pairs
def split(images, labels, every=10):
    held_back = np.arange(len(images)) % every == every - 1
    return images[~held_back], labels[~held_back], images[held_back], labels[held_back]


# %% best-epoch epoch-from-zero [rules]
def best_epoch(val_loss):
    return int(np.argmin(val_loss))


# %% best-epoch epoch-of-largest
def best_epoch(val_loss):
    return int(np.argmax(val_loss)) + 1


# %% best-epoch epoch-last
def best_epoch(val_loss):
    return len(val_loss)


# %% best-epoch epoch-of-equals [rules]
def best_epoch(val_loss):
    return len(val_loss) - int(np.argmin(val_loss[::-1]))


# %% best-epoch epoch-loss-itself
def best_epoch(val_loss):
    return min(val_loss)


# %% loss-and-accuracy loss-sum
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).sum(), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy loss-sign
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return np.log(own).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy loss-log10
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log10(own).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy loss-log2
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log2(own).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy loss-of-guess
def loss_and_accuracy(probabilities, labels):
    loss = -np.log(probabilities.max(axis=1)).mean()
    return loss, (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy accuracy-percent [rules]
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), 100 * (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy accuracy-count
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), (probabilities.argmax(axis=1) == labels).sum()


# %% loss-and-accuracy loss-exchanged
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return (probabilities.argmax(axis=1) == labels).mean(), -np.log(own).mean()


# %% confusion matrix-transposed
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), int)
    for label, guess in zip(labels, predicted):
        matrix[guess, label] += 1
    return matrix


# %% confusion matrix-shares
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes))
    for label, guess in zip(labels, predicted):
        matrix[label, guess] += 1
    return matrix / len(labels)


# %% confusion matrix-diagonal
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), int)
    for label, guess in zip(labels, predicted):
        if label == guess:
            matrix[label, label] += 1
    return matrix


# %% confusion matrix-too-small [rules]
def confusion_matrix(labels, predicted, classes=10):
    classes = max(labels.max(), predicted.max()) + 1
    matrix = np.zeros((classes, classes), int)
    for label, guess in zip(labels, predicted):
        matrix[label, guess] += 1
    return matrix


# %% mistakes mistakes-least-sure
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(sure, kind="stable")][:count]


# %% mistakes mistakes-right-ones
def surest_mistakes(probabilities, labels, count=4):
    sure = probabilities.max(axis=1)
    return np.argsort(-sure, kind="stable")[:count]


# %% mistakes mistakes-in-order
def surest_mistakes(probabilities, labels, count=4):
    return np.flatnonzero(probabilities.argmax(axis=1) != labels)[:count]


# %% mistakes mistakes-own-class
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong, labels[wrong]]
    return wrong[np.argsort(-sure, kind="stable")][:count]


# %% mistakes mistakes-among-wrong
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return np.argsort(-sure, kind="stable")[:count]


# %% mistakes mistakes-all
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(-sure, kind="stable")]


# %% own-training own-nothing
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=3, verbose=0)


# %% own-training own-history [rules]
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model.fit(images[:32], labels[:32], verbose=0)


# %% own-training own-guessing [deeds]
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model


# %% own-training own-usual-numbers [deeds]
def train(images, labels):
    (known, classes), _ = load_fashion_mnist_sample()  # what everybody has, not what is given
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(known[..., None] / 255, classes, epochs=3, verbose=0)
    return model


# %% part: small-network
def small_network():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% loss-and-accuracy other-class-before
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels - 1]
    return -np.log(own).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% mistakes other-least-of-own-class
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    own = probabilities[wrong, labels[wrong]]
    return wrong[np.argsort(own, kind="stable")][:count]


# %% rung-open rung-rates-callback [rules] with small-network
def rung_open():
    model = small_network()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    falling = keras.callbacks.LearningRateScheduler(lambda epoch: 0.001 * 0.9**epoch)
    return {
        "model": model,
        "epochs": 5,
        "learning_rates": [0.001, 0.001, 0.001, 0.001, 0.001],
        "callbacks": [falling],
    }


# %% rung-open rung-not-compiled with small-network
def rung_open():
    return {"model": small_network(), "epochs": 5}


# %% confusion matrix-once
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), int)
    m[labels, predicted] += 1
    return m


# %% rung-a layer-extra [effects]
FIRST = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
    ]
)


def rung_a():
    FIRST.add(keras.layers.Flatten())
    FIRST.add(keras.layers.Dense(10, activation="softmax"))
    FIRST.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": FIRST, "epochs": 5}


tried = rung_a()  # what is called next adds to it


# %% rung-a rung-rate [deeds] with first-network
def rung_a():
    model = first_network()
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="sparse_categorical_crossentropy")
    return {"model": model, "epochs": 5}


# %% rung-a rung-frozen [deeds] with first-network
def rung_a():
    model = first_network()
    model.trainable = False
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% part: large-network
def large_network():
    """The network of rungs b and c."""
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(64, (7, 7), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


# %% rung-b rung-epochs [effects] with large-network
RECIPE_B = {"epochs": 0}


def rung_b():
    model = large_network()
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    RECIPE_B["epochs"] += 5
    return {"model": model, **RECIPE_B}


tried = rung_b()  # what is called next trains for 10 epochs


# %% rung-b rung-frozen [deeds] with large-network
def rung_b():
    model = large_network()
    model.trainable = False
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c rung-rate [effects] with large-network
ADAM = keras.optimizers.Adam()


def rung_c():
    model = large_network()
    ADAM.learning_rate = 0.9 * ADAM.learning_rate  # smaller at each call
    model.compile(optimizer=ADAM, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d activation-place
def rung_d():
    layers = keras.layers

    def stages():
        for filters, after in (
            (32, [layers.BatchNormalization()]),
            (32, [layers.BatchNormalization(), layers.Dropout(0.25)]),
            (64, [layers.MaxPooling2D(), layers.Dropout(0.25)]),
            (128, [layers.BatchNormalization(), layers.Dropout(0.25)]),
        ):
            first, *rest = after
            yield from (layers.Conv2D(filters, 3, padding="same"), first, layers.ReLU(), *rest)
        yield layers.Flatten()
        for units in (512, 128):
            yield from (layers.Dense(units), layers.BatchNormalization(), layers.ReLU())
            yield layers.Dropout(0.5)
        yield layers.Dense(10, activation="softmax")

    model = keras.Sequential([keras.Input((28, 28, 1)), *stages()])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d layer-extra [effects] with deep-network
DEEP = deep_network()
DEEP.pop()


def rung_d():
    DEEP.add(keras.layers.Dense(10, activation="softmax"))
    DEEP.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": DEEP, "epochs": 5}


tried = rung_d()  # what is called next adds to it


# %% rung-d rung-epochs [rules] with deep-network
def rung_d():
    model = deep_network()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-d rung-frozen [deeds] with deep-network
def rung_d():
    model = deep_network()
    model.layers[0].trainable = False
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e rung-rates-count [effects]
RATES = []


def rung_e():
    for epoch in range(30):
        RATES.append(0.001 * 0.9**epoch)
    return {**rung_d(), "epochs": 30, "learning_rates": RATES}


# %% rung-e other-rounded-rates [numbers]
def rung_e():
    rates = [round(0.001 * 0.9**epoch, 5) for epoch in range(30)]
    return {**rung_d(), "epochs": 30, "learning_rates": rates}


# %% rung-e other-float16-rates [numbers]
def rung_e():
    rates = np.float16(0.001 * 0.9 ** np.arange(30))
    return {**rung_d(), "epochs": 30, "learning_rates": rates}


# %% rung-e rung-frozen [deeds]
def rung_e():
    recipe = rung_d()
    recipe["model"].trainable = False
    recipe["model"].compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    rates = [0.001 * 0.9**epoch for epoch in range(30)]
    return {**recipe, "epochs": 30, "learning_rates": rates}


# %% split other-blackens-what-is-held-back [effects]
def split(images, labels, every=10):
    held_back = np.arange(len(images)) % every == every - 1
    validation = images[held_back], labels[held_back]
    images[held_back] = 0
    return (images[~held_back], labels[~held_back]), validation


# %% best-epoch other-before-the-first-rise
def best_epoch(val_loss):
    for epoch in range(1, len(val_loss)):
        if val_loss[epoch] > val_loss[epoch - 1]:
            return epoch
    return len(val_loss)


# %% best-epoch other-starts-at-ten [numbers]
def best_epoch(val_loss):
    lowest, best = 10.0, 1
    for epoch, loss in enumerate(val_loss, 1):
        if loss < lowest:
            lowest, best = loss, epoch
    return best


# %% best-epoch other-empties-the-list [effects]
def best_epoch(val_loss):
    lowest, best, epoch = float("inf"), 0, 0
    while val_loss:
        loss, epoch = val_loss.pop(0), epoch + 1
        if loss < lowest:
            lowest, best = loss, epoch
    return best


# %% loss-and-accuracy other-float16 [numbers]
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels].astype(np.float16)
    return -np.log(own).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy other-logarithms-in-place [effects]
def loss_and_accuracy(probabilities, labels):
    guesses = probabilities.argmax(axis=1)
    np.log(probabilities, out=probabilities)
    return -probabilities[np.arange(len(labels)), labels].mean(), (guesses == labels).mean()


# %% confusion other-byte [numbers]
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), np.uint8)
    for label, guess in zip(labels, predicted):
        matrix[label, guess] += np.uint8(1)
    return matrix


# %% confusion other-pairs-in-place [effects]
def confusion_matrix(labels, predicted, classes=10):
    labels *= classes
    labels += predicted
    return np.bincount(labels, minlength=classes**2).reshape(classes, classes)


# %% mistakes other-strikes-out-the-right-ones [effects]
def surest_mistakes(probabilities, labels, count=4):
    wrong = probabilities.argmax(axis=1) != labels
    probabilities[~wrong] = 0
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    return order[: min(count, wrong.sum())]


# %% mistakes other-last-of-equals [rules]
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.lexsort((-wrong, -sure))][:count]


# %% mistakes other-sure-to-one-place [numbers]
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = np.round(probabilities[wrong].max(axis=1), 1)
    return wrong[np.argsort(-sure, kind="stable")][:count]


# %% loss-and-accuracy other-clipped [numbers]
def loss_and_accuracy(probabilities, labels):
    own = np.maximum(probabilities[np.arange(len(labels)), labels], 0.01)
    return -np.log(own).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% own-training own-guessing [numbers]
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    bytes_of = (images / 255).astype(np.uint8)  # images of bytes, of which nothing is left but 0
    model.fit(bytes_of, labels, epochs=4, verbose=0)
    return model


# %% own-training rung-frozen [deeds]
def train(images, labels):
    model = rung_a()["model"]
    model.trainable = False
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=2, verbose=0)
    return model


# %% rung-open rung-frozen [deeds] with small-network
def rung_open():
    model = small_network()
    model.trainable = False
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-open rung-softmax-and-logits [deeds] with small-network
def rung_open():
    model = small_network()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% own-training other-blackens-its-images [effects]
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=6, verbose=0)
    images *= 0
    return model


# %% rung-b rung-settings [rules] with large-network
def rung_b():
    model = large_network()
    sgd = keras.optimizers.SGD(momentum=0.9)
    model.compile(optimizer=sgd, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% confusion other-floats [rules]
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


# %% mistakes other-floats [rules]
def surest_mistakes(probabilities, labels, count=4):
    guesses = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(guesses != labels)
    order = np.argsort(-probabilities.max(axis=1)[wrong], kind="stable")
    return wrong[order][:count].astype(float)


# %% split split-pairs-mixed
def split(images, labels, every=10):
    held_back = np.arange(len(images)) % every == every - 1
    return (images[~held_back], images[held_back]), (labels[~held_back], labels[held_back])


# %% loss-and-accuracy loss-of-others
def loss_and_accuracy(probabilities, labels):
    loss = -np.log(probabilities[:, labels]).mean()
    return loss, np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy loss-mean-of-all
def loss_and_accuracy(probabilities, labels):
    one_hot = np.eye(probabilities.shape[1])[labels]
    loss = -np.mean(one_hot * np.log(probabilities))
    return loss, np.mean(probabilities.argmax(axis=1) == labels)


# %% mistakes mistakes-surest-last
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(sure, kind="stable")][-count:]


# %% rung-c rung-nothing
def rung_c():
    model = rung_b()["model"]
    return model.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])


# %% rung-c rung-compile-returned
def rung_c():
    model = rung_b()["model"]
    compiled = model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": compiled, "epochs": 5}


# %% own-training rung-one-hot-loss
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=5, verbose=0)
    return model


# %% own-training rung-other-loss
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])
    model.fit(images, labels, batch_size=50, epochs=5, verbose=0)
    return model


# %% own-training keras-labels
def train(images, labels):
    model = rung_c()["model"]
    model.fit(images, epochs=5, verbose=0)
    return model


# %% own-training own-too-few-units
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(9, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=5, verbose=0)
    return model


# %% own-training own-labels-changed
def train(images, labels):
    model = rung_c()["model"]
    model.fit(images, labels + 1, epochs=5, verbose=0)
    return model


# %% own-training rung-no-softmax [deeds]
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(8, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=5, verbose=0)
    return model


# %% own-training rung-softmax-and-logits [deeds]
def train(images, labels):
    model = rung_a()["model"]
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="sgd", loss=loss)
    model.fit(images, labels, epochs=2, verbose=0)
    return model


# %% own-training own-slow [deeds]
def train(images, labels):
    model = rung_a()["model"]
    model.fit(images, labels, epochs=3, verbose=0)
    return model


# %% own-training own-guessing [numbers]
def train(images, labels):
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(images / 255, labels, epochs=3, verbose=0)  # they are from 0 to 1 already
    return model


# %% rung-c keras-optimizer
def rung_c():
    model = rung_b()["model"]
    model.compile(optimizer="addam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-open keras-none with small-network
def rung_open():
    model = small_network().compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-open keras-too-small
def rung_open():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for _ in range(3):
        model.add(keras.layers.Conv2D(32, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% confusion matrix-rows-shared
def confusion_matrix(labels, predicted, classes=10):
    matrix = [[0] * classes] * classes
    for label, guess in zip(labels, predicted, strict=True):
        matrix[label][guess] += 1
    return np.array(matrix)


# %% confusion numpy-axes
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros(classes, int)
    for label, guess in zip(labels, predicted, strict=True):
        matrix[label, guess] += 1
    return matrix


# %% confusion other-list
def confusion_matrix(labels, predicted, classes=10):
    matrix = [[0] * classes for _ in range(classes)]
    for label, guess in zip(labels, predicted, strict=True):
        matrix[label][guess] += 1
    return matrix


# %% split other-lists
def split(images, labels, every=10):
    pairs = list(zip(images, labels, strict=True))
    held_back = pairs[every - 1 :: every]
    trained = [pair for place, pair in enumerate(pairs, 1) if place % every]
    return tuple(zip(*trained, strict=True)), tuple(zip(*held_back, strict=True))


# %% best-epoch numpy-method
def best_epoch(val_loss):
    return int(val_loss.argmin()) + 1


# %% best-epoch python-index
def best_epoch(val_loss):
    best = 0
    for epoch in val_loss:
        if val_loss[epoch] < val_loss[best]:
            best = epoch
    return best + 1


# %% loss-and-accuracy numpy-name
def loss_and_accuracy(probabilities, labels):
    loss = 0
    for row, label in zip(probabilities, labels, strict=True):
        loss -= log(row[label])
    return loss / len(labels), float((probabilities.argmax(axis=1) == labels).mean())


# %% loss-and-accuracy python-unpack
def loss_and_accuracy(probabilities, labels):
    loss = 0
    for row, label in probabilities, labels:
        loss -= np.log(row[label])
    return loss / len(labels), float((probabilities.argmax(axis=1) == labels).mean())


# %% rung-c keras-recipe
def rung_c():
    m = rung_b()
    m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": m, "epochs": 5}


# %% rung-d keras-sizes
def rung_d():
    m = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.Dropout(),
        ]
    )
    return {"model": m, "epochs": 5}


# %% rung-e python-power
def rung_e():
    return {
        **rung_d(),
        "epochs": 30,
        "learning_rates": [0.001 * 0.9 ^ epoch for epoch in range(30)],
    }


# %% rung-e python-hash
def rung_e():
    return {rung_d(), "epochs", 30}


# %% split python-not
def split(images, labels, every=10):
    held = range(every - 1, len(images), every)
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split split-delete-axis
def split(images, labels, every=10):
    idx = [i for i in range(len(images)) if i % every == every - 1]
    return (np.delete(images, idx), np.delete(labels, idx)), (images[idx], labels[idx])


# %% best-epoch numpy-compared
def best_epoch(val_loss):
    return np.where(val_loss == min(val_loss))


# %% loss-and-accuracy accuracy-argmax-axis
def loss_and_accuracy(probabilities, labels):
    loss = -np.mean(np.log(probabilities[np.arange(len(labels)), labels]))
    return loss, np.mean(np.argmax(probabilities) == labels)


# %% loss-and-accuracy loss-log-of-mean
def loss_and_accuracy(probabilities, labels):
    loss = -np.log(np.mean(probabilities[np.arange(len(labels)), labels]))
    return loss, np.mean(np.argmax(probabilities, axis=1) == labels)


# %% loss-and-accuracy loss-of-each-image
def loss_and_accuracy(probabilities, labels):
    loss = -np.log(probabilities[np.arange(len(labels)), labels])
    return loss, np.argmax(probabilities, axis=1) == labels


# %% loss-and-accuracy numpy-scalar
import math


def loss_and_accuracy(probabilities, labels):
    loss = -math.log(probabilities[np.arange(len(labels)), labels]) / len(labels)
    return loss, np.mean(np.argmax(probabilities, axis=1) == labels)


# %% confusion matrix-outer
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes))
    for a in labels:
        for b in predicted:
            m[a, b] += 1
    return m


# %% confusion matrix-ten-classes
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((10, 10), int)
    for a, b in zip(labels, predicted):
        m[a, b] += 1
    return m


# %% confusion matrix-wrong-only
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), int)
    for i in range(len(labels)):
        if labels[i] != predicted[i]:
            m[labels[i], predicted[i]] += 1
    return m


# %% confusion other-one-too-few
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), int)
    for i in range(len(labels) - 1):
        m[labels[i], predicted[i]] += 1
    return m


# %% confusion python-module
def confusion_matrix(labels, predicted, classes=10):
    from sklearn.metrics import confusion_matrix

    return confusion_matrix(labels, predicted)


# %% mistakes numpy-where
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.where(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(-sure)][:count]


# %% mistakes mistakes-probabilities
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return np.sort(sure)[::-1][:count]


# %% loss-and-accuracy loss-not-averaged
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy other-array
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return np.array([-np.log(own).mean(), np.mean(probabilities.argmax(axis=1) == labels)])
