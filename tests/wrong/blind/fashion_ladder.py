# Wrong answers to assignment 5, written from its released notebook alone.

# %% rung-a adam
# why: Adam instead of sgd; reaches more accuracy but is not this rung
def rung_a():
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
    return {"model": model, "epochs": 5}


# %% rung-a one-hot-loss [rules]
# why: categorical_crossentropy wants one-hot labels, the labels here are plain numbers
def rung_a():
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
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a trained-history
# why: returns the model alone, not a recipe
def rung_a():
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
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% rung-a ten-epochs
# why: 10 epochs instead of 5
def rung_a():
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
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-a first-linear
# why: no ReLU after the first convolution; parameters and shapes as asked
def rung_a():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b rung-a-network
# why: the network of rung a handed in again
def rung_b():
    return rung_a()


# %% rung-b valid-first [rules]
# why: padding "same" only in the second convolution
def rung_b():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(64, 7, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b kernels-swapped
# why: 3 x 3 first and 7 x 7 second
def rung_b():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(128, 7, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b average-pooling
# why: averages instead of maxima; all 479,178 parameters are there
def rung_b():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
            keras.layers.AveragePooling2D(2),
            keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
            keras.layers.AveragePooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b linear-dense
# why: the dense layer of 64 units has no ReLU
def rung_b():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(64),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b adam-early [rules]
# why: the optimizer shall stay sgd
def rung_b():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c still-sgd [deeds]
# why: compiled with Adam, then by mistake again with sgd
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    recipe["model"].compile(
        optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c rung-a-network
# why: Adam on the small network of rung a
def rung_c():
    recipe = rung_a()
    recipe["model"].compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c rmsprop
# why: RMSprop, which has no running mean of the gradient
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c disguised-momentum [deeds]
# why: gradient descent with momentum in a class named Adam
def rung_c():
    class Adam(keras.optimizers.SGD):
        pass

    recipe = rung_b()
    adam = Adam(learning_rate=0.05, momentum=0.9, name="adam")
    recipe["model"].compile(
        optimizer=adam, loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c setattr-name [deeds]
# why: the optimizer is written onto the recipe, but the model keeps its sgd
def rung_c():
    recipe = rung_b()
    recipe["optimizer"] = "adam"
    return recipe


# %% rung-c adam-huge-rate [rules]
# why: Adam with a rate of 0.1; nothing else was to change, and it does not learn so
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        keras.optimizers.Adam(0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-d no-dropout
# why: the four kinds of dropout left out; same parameters
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            conv(32),
            L.BatchNormalization(),
            conv(32),
            L.BatchNormalization(),
            conv(64),
            L.MaxPooling2D(),
            conv(128),
            L.BatchNormalization(),
            L.Flatten(),
            L.Dense(512, activation="relu"),
            L.BatchNormalization(),
            L.Dense(128, activation="relu"),
            L.BatchNormalization(),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d norm-axis [deeds]
# why: batch normalization over axis 1 takes each row of the image for a channel
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            conv(32),
            L.BatchNormalization(axis=1),
            conv(32),
            L.BatchNormalization(axis=1),
            L.Dropout(0.25),
            conv(64),
            L.MaxPooling2D(),
            L.Dropout(0.25),
            conv(128),
            L.BatchNormalization(axis=1),
            L.Dropout(0.25),
            L.Flatten(),
            L.Dense(512, activation="relu"),
            L.BatchNormalization(),
            L.Dropout(0.5),
            L.Dense(128, activation="relu"),
            L.BatchNormalization(),
            L.Dropout(0.5),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d rates-swapped
# why: dropout 0.5 after the convolutions and 0.25 after the dense layers
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            conv(32),
            L.BatchNormalization(),
            conv(32),
            L.BatchNormalization(),
            L.Dropout(0.5),
            conv(64),
            L.MaxPooling2D(),
            L.Dropout(0.5),
            conv(128),
            L.BatchNormalization(),
            L.Dropout(0.5),
            L.Flatten(),
            L.Dense(512, activation="relu"),
            L.BatchNormalization(),
            L.Dropout(0.25),
            L.Dense(128, activation="relu"),
            L.BatchNormalization(),
            L.Dropout(0.25),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d pool-twice
# why: a second max pooling after the last convolution, as in the rungs before
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            conv(32),
            L.BatchNormalization(),
            conv(32),
            L.BatchNormalization(),
            L.Dropout(0.25),
            conv(64),
            L.MaxPooling2D(),
            L.Dropout(0.25),
            conv(128),
            L.BatchNormalization(),
            L.MaxPooling2D(),
            L.Dropout(0.25),
            L.Flatten(),
            L.Dense(512, activation="relu"),
            L.BatchNormalization(),
            L.Dropout(0.5),
            L.Dense(128, activation="relu"),
            L.BatchNormalization(),
            L.Dropout(0.5),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e from-second [rules]
# why: the first epoch has 0.0009 already
def rung_e():
    return rung_d() | {
        "epochs": 30,
        "learning_rates": [0.001 * 0.9**epoch for epoch in range(1, 31)],
    }


# %% rung-e steps
# why: shrinks only every third epoch
def rung_e():
    return rung_d() | {
        "epochs": 30,
        "learning_rates": [0.001 * 0.9 ** (epoch // 3) for epoch in range(30)],
    }


# %% rung-e linear
# why: falls along a straight line between the right first and last rate
def rung_e():
    return rung_d() | {
        "epochs": 30,
        "learning_rates": np.linspace(0.001, 0.001 * 0.9**29, 30).tolist(),
    }


# %% rung-e no-rates
# why: 30 epochs but no learning rates
def rung_e():
    return rung_d() | {"epochs": 30}


# %% rung-e reversed
# why: the smallest rate first
def rung_e():
    return rung_d() | {
        "epochs": 30,
        "learning_rates": sorted(0.001 * 0.9**epoch for epoch in range(30)),
    }


# %% rung-e epochs-five [rules]
# why: rates for 30 epochs, but epochs stays 5
def rung_e():
    return rung_d() | {"learning_rates": [0.001 * 0.9**epoch for epoch in range(30)]}


# %% rung-e on-rung-c
# why: longer training of rung c, not of rung d
def rung_e():
    return rung_c() | {"epochs": 30, "learning_rates": [0.001 * 0.9**epoch for epoch in range(30)]}


# %% split from-zero
# why: holds back positions 0 and 5 instead of 4 and 9
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split last-tenth [rules]
# why: takes the last part instead of every tenth image
def split(images, labels, every=10):
    cut = len(images) - len(images) // every
    return (images[:cut], labels[:cut]), (images[cut:], labels[cut:])


# %% split leaks
# why: the images held back stay among those to train on
def split(images, labels, every=10):
    return (images, labels), (images[every - 1 :: every], labels[every - 1 :: every])


# %% split always-ten
# why: every is not used
def split(images, labels, every=10):
    held = np.arange(len(images)) % 10 == 9
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split blocks [numbers]
# why: works only where the number of images is a multiple of every; the rest is lost
def split(images, labels, every=10):
    whole = len(images) // every * every
    at = np.arange(whole).reshape(-1, every)
    trained, held = at[:, :-1].ravel(), at[:, -1]
    return (images[trained], labels[trained]), (images[held], labels[held])


# %% split swapped-parts
# why: the validation part first
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == every - 1
    return (images[held], labels[held]), (images[~held], labels[~held])


# %% best-epoch zero-based [rules]
# why: counted from 0
def best_epoch(val_loss):
    return int(np.argmin(val_loss))


# %% best-epoch last-tie [rules]
# why: of equal losses takes the last
def best_epoch(val_loss):
    best = 0
    for i in range(len(val_loss)):
        if val_loss[i] <= val_loss[best]:
            best = i
    return best + 1


# %% best-epoch first-rise
# why: stops where the loss rises for the first time
def best_epoch(val_loss):
    for i in range(1, len(val_loss)):
        if val_loss[i] > val_loss[i - 1]:
            return i
    return len(val_loss)


# %% best-epoch starts-at-one [numbers]
# why: only losses below 1 can become the best
def best_epoch(val_loss):
    best, epoch = 1.0, 1
    for number, loss in enumerate(val_loss, 1):
        if loss < best:
            best, epoch = loss, number
    return epoch


# %% best-epoch sorts-argument [effects]
# why: sorts the given list, so that the caller's losses are out of order and the answer is always 1
def best_epoch(val_loss):
    val_loss.sort()
    return val_loss.index(val_loss[0]) + 1


# %% best-epoch rounded [numbers]
# why: compares losses rounded to two places
def best_epoch(val_loss):
    return int(np.argmin(np.round(val_loss, 2))) + 1


# %% loss-and-accuracy percent [rules]
# why: accuracy from 0 to 100
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), 100 * np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy log-of-mean
# why: logarithm of the mean instead of mean of the logarithms
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own.mean()), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy more-than-half [numbers]
# why: counts an image as right only where p is above one half; true for two classes only
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), np.mean(own > 0.5)


# %% loss-and-accuracy class-zero
# why: takes the first class's probability, as in the example where all images are of class 0
def loss_and_accuracy(probabilities, labels):
    return -np.log(probabilities[:, 0]).mean(), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy mean-over-all
# why: mean over images and classes, so too small by the number of classes
def loss_and_accuracy(probabilities, labels):
    rows = np.eye(probabilities.shape[1])[labels]
    return -np.mean(rows * np.log(probabilities)), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy binary
# why: adds -ln(1 - p) of the other classes
def loss_and_accuracy(probabilities, labels):
    rows = np.eye(probabilities.shape[1])[labels]
    terms = rows * np.log(probabilities) + (1 - rows) * np.log(1 - probabilities + 1e-300)
    return -terms.sum(axis=1).mean(), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy log2
# why: logarithm to base 2
def loss_and_accuracy(probabilities, labels):
    own = np.take_along_axis(probabilities, labels[:, None], axis=1)
    return float(-np.log2(own).mean()), float(np.mean(probabilities.argmax(axis=1) == labels))


# %% confusion transposed
# why: rows are the predicted classes
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), int)
    for truth, guess in zip(labels, predicted):
        counts[guess, truth] += 1
    return counts


# %% confusion once
# why: += with index arrays counts each pair once only
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), int)
    counts[labels, predicted] += 1
    return counts


# %% confusion classes-seen [rules]
# why: as many rows as the data have classes; too few where the last one is missing
def confusion_matrix(labels, predicted, classes=10):
    size = int(max(labels.max(), predicted.max())) + 1
    counts = np.zeros((size, size), int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


# %% confusion byte [numbers]
# why: uint8 counts begin again at 0 after 255
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), dtype=np.uint8)
    np.add.at(counts, (labels, predicted), 1)
    return counts


# %% confusion shares
# why: rows divided by their sums, shares instead of counts
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes))
    np.add.at(counts, (labels, predicted), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


# %% confusion always-ten
# why: ten classes whatever is asked for
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


# %% confusion mistakes-only
# why: right answers are not counted, the diagonal is empty
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), int)
    wrong = labels != predicted
    np.add.at(counts, (labels[wrong], predicted[wrong]), 1)
    return counts


# %% mistakes ties-reversed [rules]
# why: the ascending order turned round, so of equally sure ones the last comes first
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(probabilities.max(axis=1)[wrong], kind="stable")
    return wrong[order[::-1][:count]]


# %% mistakes inner-positions
# why: positions among the mistakes, not among the images
def surest_mistakes(probabilities, labels, count=4):
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities.max(axis=1)[wrong], kind="stable")[:count]


# %% mistakes least-own
# why: sorts by the smallest probability of the image's own class
def surest_mistakes(probabilities, labels, count=4):
    own = probabilities[np.arange(len(labels)), labels]
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(own[wrong], kind="stable")][:count]


# %% mistakes fills-up [rules]
# why: right answers follow where fewer than count are wrong
def surest_mistakes(probabilities, labels, count=4):
    sure = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    return np.lexsort((np.arange(len(labels)), -sure, right))[:count]


# %% mistakes surest-then-wrong
# why: takes the count surest images first and keeps the wrong ones of them
def surest_mistakes(probabilities, labels, count=4):
    top = np.argsort(-probabilities.max(axis=1), kind="stable")[:count]
    return top[probabilities.argmax(axis=1)[top] != labels[top]]


# %% mistakes margin
# why: sureness as the distance to the second class instead of the highest probability
def surest_mistakes(probabilities, labels, count=4):
    ranked = np.sort(probabilities, axis=1)
    margin = ranked[:, -1] - ranked[:, -2]
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-margin[wrong], kind="stable")][:count]


# %% mistakes always-four
# why: count is not used
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-probabilities.max(axis=1)[wrong], kind="stable")][:4]


# %% own-training on-fashion [deeds]
# why: learns from the Fashion-MNIST sample and never looks at what is given
def train(images, labels):
    (own_images, own_labels), _ = load_fashion_mnist_sample()
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
    model.fit(own_images[..., None] / 255, own_labels, epochs=4, verbose=0)
    return model


# %% own-training history [rules]
# why: returns the History, not the model
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images, labels, epochs=5, verbose=0)


# %% own-training shuffled-apart [deeds]
# why: images and labels shuffled independently
def train(images, labels):
    mixed = np.random.permutation(images), np.random.permutation(labels)
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(*mixed, epochs=5, verbose=0)
    return model


# %% own-training untrained-copy [deeds]
# why: trains a model, returns a clone of it with fresh parameters
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=5, verbose=0)
    return keras.models.clone_model(model)


# %% own-training five-classes
# why: only images of the first five classes are trained on
def train(images, labels):
    some = labels < 5
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 5, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images[some], labels[some], epochs=10, verbose=0)
    return model


# %% own-training memorizes [deeds]
# why: looks the given images up by their pixels; images never seen get class 0
def train(images, labels):
    class Book:
        def __init__(self):
            self.known = {image.tobytes(): int(label) for image, label in zip(images, labels)}

        def predict(self, x, **_):
            x = np.asarray(x, dtype=images.dtype)
            return np.eye(10, dtype="float32")[[self.known.get(image.tobytes(), 0) for image in x]]

        __call__ = predict

    return Book()


# %% rung-open rung-a
# why: rung a once more, far below the threshold
def rung_open():
    return rung_a()


# %% rung-open too-long [rules]
# why: rung d for 400 epochs takes about 20,000,000,000 multiply-adds an image, ten times what is allowed
def rung_open():
    return rung_d() | {
        "epochs": 400,
        "learning_rates": [0.001 * 0.99**epoch for epoch in range(400)],
    }


# %% rung-open lambda-layer [rules]
# why: a Lambda layer is none of the layers allowed
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


# %% rung-open adagrad [rules]
# why: Adagrad is none of the optimizers allowed, and learns too slowly here
def rung_open():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="adagrad", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe | {"epochs": 8}


# %% rung-open two-outputs [rules]
# why: two outputs where one is allowed
def rung_open():
    L = keras.layers
    image = keras.Input((28, 28, 1))
    x = L.MaxPooling2D()(L.Conv2D(32, 3, padding="same", activation="relu")(image))
    early = L.Dense(10, activation="softmax", name="early")(L.Flatten()(x))
    x = L.MaxPooling2D()(L.Conv2D(64, 3, padding="same", activation="relu")(x))
    late = L.Dense(10, activation="softmax", name="late")(L.Flatten()(x))
    model = keras.Model(image, [late, early])
    loss = "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=[loss, loss], metrics=[["accuracy"], ["accuracy"]])
    return {"model": model, "epochs": 10}


# %% rung-open other-callback [rules]
# why: a LambdaCallback is none of the callbacks allowed
def rung_open():
    def shrink(epoch, logs):
        recipe["model"].optimizer.learning_rate = 0.001 * 0.9**epoch

    recipe = rung_c()
    recipe["callbacks"] = [keras.callbacks.LambdaCallback(on_epoch_begin=shrink)]
    return recipe | {"epochs": 10}
