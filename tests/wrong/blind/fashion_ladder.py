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


# %% rung-a one-hot-loss-again
# why: the loss wants one-hot rows, but the labels stay plain numbers
def rung_a():
    L = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(32, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a adam-already
# why: the optimizer of a later rung
def rung_a():
    L = keras.layers
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for n in (32, 64):
        model.add(L.Conv2D(n, 5, activation="relu"))
        model.add(L.MaxPooling2D(2))
    model.add(L.Flatten())
    model.add(L.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a model-only
# why: returns the model, not a recipe
def rung_a():
    L = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(32, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(64, 5, activation="relu"),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% rung-b unpadded
# why: the padding is forgotten in the first convolution
def rung_b():
    L = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(64, 7, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(128, 3, padding="same", activation="relu"),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(64, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b linear-dense-again
# why: the dense layer of 64 units has no ReLU; the parameters do not tell
def rung_b():
    L = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(64, (7, 7), padding="same", activation="relu"),
            L.MaxPooling2D((2, 2)),
            L.Conv2D(128, (3, 3), padding="same", activation="relu"),
            L.MaxPooling2D((2, 2)),
            L.Flatten(),
            L.Dense(64),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b strided-instead
# why: convolutions of stride 2 in place of the pooling; as many parameters
def rung_b():
    L = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(64, 7, strides=2, padding="same", activation="relu"),
            L.Conv2D(128, 3, strides=2, padding="same", activation="relu"),
            L.Flatten(),
            L.Dense(64, activation="relu"),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c written-beside
# why: writes the optimizer into the recipe, while the model is still compiled with SGD
def rung_c():
    recipe = rung_b()
    recipe["optimizer"] = "adam"
    return recipe


# %% rung-c momentum
# why: still plain gradient descent, with momentum, not Adam
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer=keras.optimizers.SGD(momentum=0.9), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c on-rung-a
# why: Adam on the small network of rung a
def rung_c():
    recipe = rung_a()
    recipe["model"].compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-d keep-shares
# why: gives dropout the share to keep (0.75) where the convolutions shall lose 0.25
def rung_d():
    L = keras.layers
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for n, after in [
        (32, [L.BatchNormalization()]),
        (32, [L.BatchNormalization(), L.Dropout(0.75)]),
        (64, [L.MaxPooling2D(2), L.Dropout(0.75)]),
        (128, [L.BatchNormalization(), L.Dropout(0.75)]),
    ]:
        model.add(L.Conv2D(n, 3, padding="same", activation="relu"))
        for layer in after:
            model.add(layer)
    model.add(L.Flatten())
    for n in (512, 128):
        model.add(L.Dense(n, activation="relu"))
        model.add(L.BatchNormalization())
        model.add(L.Dropout(0.5))
    model.add(L.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d no-dropout-again
# why: all of the dropout is missing, which has no parameters
def rung_d():
    L = keras.layers
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for n, layer in [
        (32, L.BatchNormalization()),
        (32, L.BatchNormalization()),
        (64, L.MaxPooling2D(2)),
        (128, L.BatchNormalization()),
    ]:
        model.add(L.Conv2D(n, 3, padding="same", activation="relu"))
        model.add(layer)
    model.add(L.Flatten())
    for n in (512, 128):
        model.add(L.Dense(n, activation="relu"))
        model.add(L.BatchNormalization())
    model.add(L.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d one-layer-shared
# why: one batch normalization object used for two convolutions, and dropout of 0.5 everywhere
def rung_d():
    L = keras.layers
    x = inputs = keras.Input(shape=(28, 28, 1))
    norm, drop = L.BatchNormalization(), L.Dropout(0.5)
    x = norm(L.Conv2D(32, 3, padding="same", activation="relu")(x))
    x = drop(norm(L.Conv2D(32, 3, padding="same", activation="relu")(x)))
    x = drop(L.MaxPooling2D(2)(L.Conv2D(64, 3, padding="same", activation="relu")(x)))
    x = drop(L.BatchNormalization()(L.Conv2D(128, 3, padding="same", activation="relu")(x)))
    x = L.Flatten()(x)
    for n in (512, 128):
        x = drop(L.BatchNormalization()(L.Dense(n, activation="relu")(x)))
    model = keras.Model(inputs, L.Dense(10, activation="softmax")(x))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e begins-at-nine
# why: already the first epoch has 0.9 times the rate
def rung_e():
    recipe = rung_d()
    recipe["epochs"] = 30
    recipe["learning_rates"] = [0.001 * 0.9**epoch for epoch in range(1, 31)]
    return recipe


# %% rung-e straight-line
# why: falls by the same amount each epoch, from 0.001 to the right last rate
import numpy as np


def rung_e():
    rates = np.linspace(0.001, 0.001 * 0.9**29, 30)
    return {**rung_d(), "epochs": 30, "learning_rates": [float(rate) for rate in rates]}


# %% rung-e every-fifth
# why: a rate for each five epochs, six of them, epochs 30
def rung_e():
    recipe = rung_d()
    recipe.update(epochs=30, learning_rates=[0.001 * 0.9 ** (epoch // 5 * 5) for epoch in range(30)])
    return recipe


# %% rung-e still-five
# why: the epochs are not set, so that only five of the rates are used
def rung_e():
    recipe = rung_d()
    recipe["learning_rates"] = [0.001 * 0.9**epoch for epoch in range(30)]
    return recipe


# %% split begins-with-first
# why: holds back positions 0, every, ... instead of every - 1
import numpy as np


def split(images, labels, every=10):
    held = np.arange(len(images)) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split from-the-end
# why: counts from the last image backwards, which differs where the number is no multiple
import numpy as np


def split(images, labels, every=10):
    held = np.zeros(len(images), bool)
    held[::-1][::every] = True
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split whole-groups
# why: forms groups and loses the images after the last full group
def split(images, labels, every=10):
    groups = len(images) // every
    x = images[: groups * every].reshape(groups, every, *images.shape[1:])
    y = labels[: groups * every].reshape(groups, every)
    return (
        (x[:, :-1].reshape(-1, *images.shape[1:]), y[:, :-1].reshape(-1)),
        (x[:, -1], y[:, -1]),
    )


# %% split trained-on-all
# why: the held-back images are among the training images too
def split(images, labels, every=10):
    return (images, labels), (images[every - 1 :: every], labels[every - 1 :: every])


# %% best-epoch from-zero
# why: counts epochs from 0, except that a best first epoch comes out as 1
import numpy as np


def best_epoch(val_loss):
    return max(1, int(np.argmin(val_loss)))


# %% best-epoch first-rise-again
# why: stops at the first rise, though the loss may fall lower later
def best_epoch(val_loss):
    for epoch in range(1, len(val_loss)):
        if val_loss[epoch] > val_loss[epoch - 1]:
            return epoch
    return len(val_loss)


# %% best-epoch below-one
# why: begins with a lowest loss of 1, so that losses above it never count
def best_epoch(val_loss):
    lowest, best = 1.0, 1
    for epoch, loss in enumerate(val_loss, 1):
        if loss < lowest:
            lowest, best = loss, epoch
    return best


# %% best-epoch last-of-equals
# why: a dict from loss to epoch keeps the last of equal losses
def best_epoch(val_loss):
    epochs = {loss: epoch for epoch, loss in enumerate(val_loss, 1)}
    return epochs[min(epochs)]


# %% loss-and-accuracy over-a-half
# why: counts an image as right only where its class has more than a half
import numpy as np


def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(own)), np.mean(own > 0.5)


# %% loss-and-accuracy mean-over-classes
# why: the mean also goes over the zeros of the other classes, a loss too small by the number of classes
import numpy as np


def loss_and_accuracy(probabilities, labels):
    one_hot = np.eye(probabilities.shape[1])[labels]
    loss = -np.mean(one_hot * np.log(probabilities))
    return loss, np.mean(probabilities.argmax(1) == labels)


# %% loss-and-accuracy log-of-mean-again
# why: takes the logarithm of the mean probability, not the mean of the logarithms
import numpy as np


def loss_and_accuracy(probabilities, labels):
    own = np.take_along_axis(probabilities, labels[:, None], axis=1)
    return float(-np.log(own.mean())), float((probabilities.argmax(axis=1) == labels).mean())


# %% loss-and-accuracy surest-class
# why: the loss of the predicted class instead of the own one
import numpy as np


def loss_and_accuracy(probabilities, labels):
    loss = np.mean([-np.log(max(row)) for row in probabilities])
    return loss, np.mean(np.argmax(probabilities, axis=-1) == labels)


# %% confusion no-repeats
# why: a fancy index adds only once where the same pair comes again
import numpy as np


def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), dtype=int)
    matrix[labels, predicted] += 1
    return matrix


# %% confusion small-counter
# why: counts in uint8, which begins again after 255
import numpy as np


def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes), np.uint8)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix.astype(int)


# %% confusion as-many-as-seen
# why: as many rows as classes occur, whatever classes says
import numpy as np


def confusion_matrix(labels, predicted, classes=10):
    seen = np.unique(np.concatenate([labels, predicted]))
    return np.array([[np.sum((labels == t) & (predicted == p)) for p in seen] for t in seen])


# %% confusion ten-per-row
# why: numbers the cells by ten a row whatever classes says
import numpy as np


def confusion_matrix(labels, predicted, classes=10):
    cells = np.bincount(labels * 10 + predicted, minlength=100)[:100]
    return cells.reshape(10, 10)[:classes, :classes].T.copy()


# %% mistakes among-mistakes
# why: positions within the list of the mistakes instead of within all images
import numpy as np


def surest_mistakes(probabilities, labels, count=4):
    wrong = probabilities.argmax(axis=1) != labels
    sure = probabilities[wrong].max(axis=1)
    return np.argsort(-sure, kind="stable")[:count]


# %% mistakes reversed-order
# why: turns a rising order around, which puts the last of equally sure ones first
import numpy as np


def surest_mistakes(probabilities, labels, count=4):
    guesses, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
    order = np.argsort(sure, kind="stable")[::-1]
    return order[guesses[order] != labels[order]][:count]


# %% mistakes own-class-lowest
# why: sorts by how little the own class got, which is another order with more than two classes
import numpy as np


def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    own = probabilities[wrong, labels[wrong]]
    return wrong[np.argsort(own, kind="stable")][:count]


# %% mistakes among-the-surest
# why: looks for mistakes only among the count surest images of all
import numpy as np


def surest_mistakes(probabilities, labels, count=4):
    order = np.argsort(-probabilities.max(axis=1), kind="stable")[:count]
    return order[probabilities[order].argmax(axis=1) != labels[order]]


# %% own-training wrong-data
# why: trains on the notebook's Fashion-MNIST sample, not on what it is given
def train(images, labels):
    sample_images, sample_labels = load_fashion_mnist_sample()[0]
    model = rung_c()["model"]
    model.fit(sample_images[:3000, :, :, None] / 255, sample_labels[:3000], epochs=2, verbose=0)
    return model


# %% own-training one-step
# why: a single epoch of a single batch with SGD: hardly anything is learned
def train(images, labels):
    model = rung_b()["model"]
    model.fit(images, labels, batch_size=len(images), epochs=1, verbose=0)
    return model


# %% own-training classes-from-one
# why: learns classes 1 to 10 with eleven units, so every class it reads is one too high
def train(images, labels):
    L = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            L.Conv2D(16, 3, activation="relu"),
            L.MaxPooling2D(2),
            L.Conv2D(32, 3, activation="relu"),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(11, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels + 1, epochs=6, verbose=0)
    return model


# %% own-training labels-shuffled
# why: shuffles images and labels each for itself, so that they no longer belong together
import numpy as np


def train(images, labels):
    images, labels = images.copy(), labels.copy()
    np.random.shuffle(images)
    np.random.shuffle(labels)
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=4, verbose=0)
    return model


# %% rung-open rows-as-time
# why: a recurrent layer, which none of the notebooks used
def rung_open():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Reshape((28, 28)),
            keras.layers.GRU(128),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-open for-ever
# why: far beyond 2,000,000,000 multiply-adds an image: rung d for 300 epochs
def rung_open():
    return {**rung_d(), "epochs": 300}


# %% rung-a padding-same
# why: padding "same" where the known network has none
def rung_a():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a one-hot-loss-again-again
# why: the loss for one-hot labels, but labels are plain numbers
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
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a not-a-dict
# why: returns the model instead of the recipe
def rung_a():
    m = keras.Sequential()
    m.add(keras.Input((28, 28, 1)))
    m.add(keras.layers.Conv2D(32, 5, activation="relu"))
    m.add(keras.layers.MaxPooling2D())
    m.add(keras.layers.Conv2D(64, 5, activation="relu"))
    m.add(keras.layers.MaxPooling2D())
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(10, activation="softmax"))
    m.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return m


# %% rung-a adam-again
# why: Adam instead of SGD
def rung_a():
    inp = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Conv2D(32, 5, activation="relu")(inp)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(64, 5, activation="relu")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    model = keras.Model(inp, keras.layers.Dense(10, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b no-padding-second
# why: padding "same" only in the first convolution
def rung_b():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(128, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b dense-no-relu
# why: dense layer of 64 without ReLU
def rung_b():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(64, (7, 7), padding="same", activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Flatten(),
        keras.layers.Dense(64),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b swapped-sizes
# why: 3 x 3 first and 7 x 7 second
def rung_b():
    net = keras.Sequential([keras.Input((28, 28, 1))])
    for filters, size in ((64, 3), (128, 7)):
        net.add(keras.layers.Conv2D(filters, size, padding="same", activation="relu"))
        net.add(keras.layers.MaxPooling2D())
    net.add(keras.layers.Flatten())
    net.add(keras.layers.Dense(64, activation="relu"))
    net.add(keras.layers.Dense(10, activation="softmax"))
    net.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": net, "epochs": 5}


# %% rung-b average-pool-second
# why: second pooling takes the mean
def rung_b():
    L = keras.layers
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        L.Conv2D(64, 7, padding="same", activation="relu"), L.MaxPooling2D(2),
        L.Conv2D(128, 3, padding="same", activation="relu"), L.AveragePooling2D(2),
        L.Flatten(),
        L.Dense(64, activation="relu"),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c still-sgd-again
# why: notes the optimizer in the recipe, the model is still compiled with SGD
def rung_c():
    recipe = rung_b()
    recipe["optimizer"] = "adam"
    return recipe


# %% rung-c network-of-a
# why: Adam on rung a's network
def rung_c():
    recipe = rung_a()
    recipe["model"].compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-c ten-epochs
# why: trains longer, though nothing else changes
def rung_c():
    model = rung_b()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-c rmsprop-again
# why: RMSprop is not Adam
def rung_c():
    r = rung_b()
    r["model"].compile(optimizer=keras.optimizers.RMSprop(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return r


# %% rung-d no-batchnorm-dense
# why: batch normalization after the dense layers forgotten
def rung_d():
    L = keras.layers
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        L.Conv2D(32, 3, padding="same", activation="relu"), L.BatchNormalization(),
        L.Conv2D(32, 3, padding="same", activation="relu"), L.BatchNormalization(), L.Dropout(0.25),
        L.Conv2D(64, 3, padding="same", activation="relu"), L.MaxPooling2D(2), L.Dropout(0.25),
        L.Conv2D(128, 3, padding="same", activation="relu"), L.BatchNormalization(), L.Dropout(0.25),
        L.Flatten(),
        L.Dense(512, activation="relu"), L.Dropout(0.5),
        L.Dense(128, activation="relu"), L.Dropout(0.5),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d dropout-all-quarter
# why: dropout 0.25 in the dense part too
def rung_d():
    m = keras.Sequential()
    m.add(keras.Input(shape=(28, 28, 1)))
    m.add(keras.layers.Conv2D(32, (3, 3), padding="same", activation="relu"))
    m.add(keras.layers.BatchNormalization())
    m.add(keras.layers.Conv2D(32, (3, 3), padding="same", activation="relu"))
    m.add(keras.layers.BatchNormalization())
    m.add(keras.layers.Dropout(0.25))
    m.add(keras.layers.Conv2D(64, (3, 3), padding="same", activation="relu"))
    m.add(keras.layers.MaxPooling2D((2, 2)))
    m.add(keras.layers.Dropout(0.25))
    m.add(keras.layers.Conv2D(128, (3, 3), padding="same", activation="relu"))
    m.add(keras.layers.BatchNormalization())
    m.add(keras.layers.Dropout(0.25))
    m.add(keras.layers.Flatten())
    for n in (512, 128):
        m.add(keras.layers.Dense(n, activation="relu"))
        m.add(keras.layers.BatchNormalization())
        m.add(keras.layers.Dropout(0.25))
    m.add(keras.layers.Dense(10, activation="softmax"))
    m.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": m, "epochs": 5}


# %% rung-d no-dropout-again-again
# why: all dropout forgotten
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        conv(32), L.BatchNormalization(),
        conv(32), L.BatchNormalization(),
        conv(64), L.MaxPooling2D(2),
        conv(128), L.BatchNormalization(),
        L.Flatten(),
        L.Dense(512, activation="relu"), L.BatchNormalization(),
        L.Dense(128, activation="relu"), L.BatchNormalization(),
        L.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d spatial-dropout
# why: leaves out whole channels instead of single values
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        conv(32), L.BatchNormalization(),
        conv(32), L.BatchNormalization(), L.SpatialDropout2D(0.25),
        conv(64), L.MaxPooling2D(2), L.SpatialDropout2D(0.25),
        conv(128), L.BatchNormalization(), L.SpatialDropout2D(0.25),
        L.Flatten(),
        L.Dense(512, activation="relu"), L.BatchNormalization(), L.Dropout(0.5),
        L.Dense(128, activation="relu"), L.BatchNormalization(), L.Dropout(0.5),
        L.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e starts-shrunk
# why: the first rate is already multiplied by 0.9
def rung_e():
    recipe = rung_d()
    recipe["epochs"] = 30
    recipe["learning_rates"] = [0.001 * 0.9 ** i for i in range(1, 31)]
    return recipe


# %% rung-e still-five-again
# why: epochs stay 5
def rung_e():
    recipe = rung_d()
    recipe["learning_rates"] = [0.001 * 0.9 ** i for i in range(recipe["epochs"])]
    return recipe


# %% rung-e straight-line-again
# why: falls in equal steps between first and last rate
def rung_e():
    rates = np.linspace(0.001, 0.000047, 30).tolist()
    return {"model": rung_d()["model"], "epochs": 30, "learning_rates": rates}


# %% rung-e network-of-c
# why: rung c's network instead of rung d's
def rung_e():
    recipe = dict(rung_c())
    rates, lr = [], 0.001
    for _ in range(30):
        rates.append(lr)
        lr *= 0.9
    recipe.update({"epochs": 30, "learning_rates": rates})
    return recipe


# %% split starts-at-zero
# why: positions 0, 5, ... instead of 4, 9, ...
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split last-part
# why: holds back the last part
def split(images, labels, every=10):
    n = len(images) - len(images) // every
    return (images[:n], labels[:n]), (images[n:], labels[n:])


# %% split hard-coded-ten
# why: ignores `every`
def split(images, labels, every=10):
    mask = np.zeros(len(images), bool)
    mask[9::10] = True
    return (images[~mask], labels[~mask]), (images[mask], labels[mask])


# %% split train-keeps-all
# why: the validation images are trained on too
def split(images, labels, every=10):
    validation = images[every - 1 :: every], labels[every - 1 :: every]
    return (images, labels), validation


# %% split wrong-pairs
# why: pairs images with images and labels with labels
def split(images, labels, every=10):
    val = np.array([i % every == every - 1 for i in range(len(images))], dtype=bool)
    return (images[~val], images[val]), (labels[~val], labels[val])


# %% best-epoch from-zero-again
# why: counts from 0
def best_epoch(val_loss):
    return int(np.argmin(val_loss))


# %% best-epoch last-of-equal
# why: of equal ones the last
def best_epoch(val_loss):
    best, lowest = 1, val_loss[0]
    for epoch, loss in enumerate(val_loss, 1):
        if loss <= lowest:
            best, lowest = epoch, loss
    return best


# %% best-epoch first-rise-again-again
# why: stops at the first rise, though the loss falls lower later
def best_epoch(val_loss):
    for i in range(1, len(val_loss)):
        if val_loss[i] > val_loss[i - 1]:
            return i
    return len(val_loss)


# %% best-epoch sorts-argument-again
# why: sorts the caller's list
def best_epoch(val_loss):
    before = list(val_loss)
    val_loss.sort()
    return before.index(val_loss[0]) + 1


# %% loss-and-accuracy log2-again
# why: logarithm to base 2
def loss_and_accuracy(probabilities, labels):
    p = probabilities[range(len(labels)), labels]
    loss = -np.log2(p).mean()
    accuracy = (probabilities.argmax(axis=1) == labels).mean()
    return loss, accuracy


# %% loss-and-accuracy sum
# why: sum of the losses, not their mean
def loss_and_accuracy(probabilities, labels):
    loss = 0
    correct = 0
    for i in range(len(labels)):
        loss = loss - np.log(probabilities[i, labels[i]])
        if probabilities[i].argmax() == labels[i]:
            correct = correct + 1
    return loss, correct / len(labels)


# %% loss-and-accuracy highest-probability
# why: takes the highest probability instead of the own class's
def loss_and_accuracy(probabilities, labels):
    loss = np.mean(-np.log(probabilities.max(axis=1)))
    acc = np.mean(probabilities.argmax(axis=1) == labels)
    return loss, acc


# %% loss-and-accuracy above-half
# why: right only if the own class has more than one half; true for two classes only
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(own).mean()), float((own > 0.5).mean())


# %% loss-and-accuracy log-of-mean-again-again
# why: logarithm of the mean instead of mean of the logarithms
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    loss = -np.log(np.mean(own))
    accuracy = np.sum(np.argmax(probabilities, 1) == labels) / len(labels)
    return loss, accuracy


# %% confusion transposed-again
# why: rows are predictions
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), dtype=int)
    for t, p in zip(labels, predicted):
        m[p, t] += 1
    return m


# %% confusion fancy-plus
# why: fancy += counts each pair once at most
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), dtype=int)
    m[labels, predicted] += 1
    return m


# %% confusion size-from-data
# why: as large as the highest class present, ignores `classes`
def confusion_matrix(labels, predicted, classes=10):
    n = max(labels.max(), predicted.max()) + 1
    m = np.zeros((n, n), int)
    np.add.at(m, (labels, predicted), 1)
    return m


# %% confusion shares-again
# why: shares of each row instead of counts
def confusion_matrix(labels, predicted, classes=10):
    matrix = np.zeros((classes, classes))
    for i in range(len(labels)):
        matrix[labels[i], predicted[i]] += 1
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


# %% mistakes all-images
# why: does not look whether the image is wrongly classified
def surest_mistakes(probabilities, labels, count=4):
    return np.argsort(-probabilities.max(axis=1), kind="stable")[:count]


# %% mistakes least-sure
# why: the least sure first
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.where(probabilities.argmax(axis=1) != labels)[0]
    return wrong[np.argsort(probabilities[wrong].max(axis=1), kind="stable")][:count]


# %% mistakes positions-among-wrong
# why: positions among the wrong ones instead of among all images
def surest_mistakes(probabilities, labels, count=4):
    wrong = probabilities.argmax(axis=1) != labels
    sure = probabilities.max(axis=1)[wrong]
    return np.argsort(-sure, kind="stable")[:count]


# %% mistakes reversed-ties
# why: turning the order round puts the last of equals first
def surest_mistakes(probabilities, labels, count=4):
    guesses = np.argmax(probabilities, axis=1)
    wrong = np.flatnonzero(guesses != labels)
    order = np.argsort(probabilities.max(axis=1)[wrong], kind="stable")[::-1]
    return wrong[order[:count]]


# %% own-training no-return
# why: trained model not returned
def train(images, labels):
    model = rung_c()["model"]
    model.fit(images, labels, epochs=1, verbose=0)


# %% own-training returns-history
# why: returns the History
def train(images, labels):
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images, labels, epochs=5, verbose=0)


# %% own-training sample-instead
# why: learns Fashion-MNIST's sample, loaded itself, not what is given
def train(images, labels):
    (x, y), _ = load_fashion_mnist_sample()
    model = rung_c()["model"]
    model.fit(x[:3000, :, :, np.newaxis] / 255, y[:3000], epochs=2, verbose=0)
    return model


# %% rung-open not-compiled
# why: model not compiled
def rung_open():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    return {"model": model, "epochs": 10}


# %% rung-open far-too-long
# why: rung d's network for 1000 epochs takes far more than 2,000,000,000 multiply-adds an image
def rung_open():
    recipe = rung_d()
    recipe["epochs"] = 1000
    return recipe


# %% rung-open lstm
# why: a layer that is not allowed, the image read as rows
def rung_open():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Reshape((28, 28)),
        keras.layers.LSTM(64),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-a one-hot-loss-again-again-again
# why: categorical_crossentropy, which does not take plain numbers
def rung_a():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a adam-already-again
# why: adam, where the text says sgd
def rung_a():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for n in (32, 64):
        model.add(keras.layers.Conv2D(n, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a hidden-dense
# why: an additional dense layer before the ten units
def rung_a():
    i = keras.Input((28, 28, 1))
    x = keras.layers.MaxPool2D()(keras.layers.Conv2D(32, 5, activation="relu")(i))
    x = keras.layers.MaxPool2D()(keras.layers.Conv2D(64, 5, activation="relu")(x))
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(x))
    m = keras.Model(i, keras.layers.Dense(10, activation="softmax")(x))
    m.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": m, "epochs": 5}


# %% rung-b padding-once
# why: padding "same" only in the first convolution
def rung_b():
    model = keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(128, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b lopsided-padding
# why: pads by hand on one side only, so sizes and parameters are right but the edges are not treated alike
def rung_b():
    K = keras.layers
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        K.ZeroPadding2D(((0, 6), (0, 6))), K.Conv2D(64, 7, activation="relu"), K.MaxPooling2D(),
        K.ZeroPadding2D(((0, 2), (0, 2))), K.Conv2D(128, 3, activation="relu"), K.MaxPooling2D(),
        K.Flatten(), K.Dense(64, activation="relu"), K.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b dense-linear
# why: the dense layer of 64 units has no ReLU
def rung_b():
    m = keras.Sequential([keras.Input((28, 28, 1))])
    for n, k in [(64, 7), (128, 3)]:
        m.add(keras.layers.Conv2D(n, (k, k), padding="same", activation="relu"))
        m.add(keras.layers.MaxPooling2D((2, 2)))
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(64))
    m.add(keras.layers.Dense(10, activation="softmax"))
    m.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": m, "epochs": 5}


# %% rung-b momentum
# why: the optimizer does not stay as it was: SGD with momentum
def rung_b():
    m = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(64, 7, padding="same", activation="relu"), keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(128, 3, padding="same", activation="relu"), keras.layers.MaxPooling2D(),
        keras.layers.Flatten(), keras.layers.Dense(64, "relu"), keras.layers.Dense(10, "softmax"),
    ])
    m.compile(keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": m, "epochs": 5}


# %% rung-c from-rung-a
# why: takes rung a's network instead of rung b's
def rung_c():
    recipe = rung_a()
    recipe["model"].compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-c adam-rate-of-sgd
# why: Adam with SGD's rate of 0.01 instead of its own
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
                            metrics=["accuracy"])
    return recipe


# %% rung-c recipe-optimizer-key
# why: writes the optimizer into the recipe, but the model stays compiled with sgd
def rung_c():
    return {**rung_b(), "optimizer": "adam"}


# %% rung-c ten-epochs-again
# why: ten epochs; nothing but the optimizer should change
def rung_c():
    model = rung_b()["model"]
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-d norm-before-relu
# why: batch normalization stands before the ReLU, not after
def rung_d():
    L = keras.layers
    m = keras.Sequential([keras.Input((28, 28, 1))])
    for n, norm, pool, drop in [(32, 1, 0, 0), (32, 1, 0, .25), (64, 0, 1, .25), (128, 1, 0, .25)]:
        m.add(L.Conv2D(n, 3, padding="same"))
        if norm:
            m.add(L.BatchNormalization())
        m.add(L.ReLU())
        if pool:
            m.add(L.MaxPooling2D())
        if drop:
            m.add(L.Dropout(drop))
    m.add(L.Flatten())
    for n in (512, 128):
        m.add(L.Dense(n))
        m.add(L.BatchNormalization())
        m.add(L.ReLU())
        m.add(L.Dropout(0.5))
    m.add(L.Dense(10, activation="softmax"))
    m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": m, "epochs": 5}


# %% rung-d dropout-keep-rate
# why: the last two dropouts are 0.25 as well
def rung_d():
    spec = "c32 b c32 b d25 c64 m d25 c128 b d25 f u512 b d25 u128 b d25"
    make = {
        "c": lambda n: keras.layers.Conv2D(n, 3, padding="same", activation="relu"),
        "b": lambda n: keras.layers.BatchNormalization(),
        "d": lambda n: keras.layers.Dropout(n / 100),
        "m": lambda n: keras.layers.MaxPooling2D(),
        "f": lambda n: keras.layers.Flatten(),
        "u": lambda n: keras.layers.Dense(n, activation="relu"),
    }
    model = keras.Sequential([keras.Input((28, 28, 1))] + [make[t[0]](int(t[1:] or 0)) for t in spec.split()])
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d norm-over-rows
# why: batch normalization of axis 1 normalizes the rows of the image, not its channels
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        conv(32), L.BatchNormalization(axis=1), conv(32), L.BatchNormalization(axis=1), L.Dropout(0.25),
        conv(64), L.MaxPooling2D(), L.Dropout(0.25), conv(128), L.BatchNormalization(axis=1), L.Dropout(0.25),
        L.Flatten(), L.Dense(512, activation="relu"), L.BatchNormalization(), L.Dropout(0.5),
        L.Dense(128, activation="relu"), L.BatchNormalization(), L.Dropout(0.5), L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d drop-whole-channels
# why: SpatialDropout2D drops whole channels after the convolutions
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        conv(32), L.BatchNormalization(), conv(32), L.BatchNormalization(), L.SpatialDropout2D(0.25),
        conv(64), L.MaxPooling2D(), L.SpatialDropout2D(0.25), conv(128), L.BatchNormalization(),
        L.SpatialDropout2D(0.25), L.Flatten(), L.Dense(512, activation="relu"), L.BatchNormalization(),
        L.Dropout(0.5), L.Dense(128, activation="relu"), L.BatchNormalization(), L.Dropout(0.5),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e minus-not-times
# why: each rate is a tenth of the first rate lower than the one before (held above zero), not 0.9 times it
def rung_e():
    r = rung_d()
    r["epochs"] = 30
    r["learning_rates"] = [max(0.001 - 0.0001 * i, 0.000047) for i in range(30)]
    return r


# %% rung-e starts-one-late
# why: the first rate is 0.0009 already
def rung_e():
    rate = 0.001
    rates = []
    for _ in range(30):
        rate = rate * 0.9
        rates.append(rate)
    return {"model": rung_d()["model"], "epochs": 30, "learning_rates": rates}


# %% rung-e epochs-stay-five
# why: thirty rates, but the recipe still says 5 epochs
def rung_e():
    return rung_d() | {"learning_rates": [0.001 * 0.9**k for k in range(30)]}


# %% rung-e linspace
# why: from 0.001 to 0.000047 in a straight line
def rung_e():
    return {**rung_d(), "epochs": 30, "learning_rates": list(np.linspace(0.001, 0.000047, 30))}


# %% split every-ignored
# why: the 10 is written into the code
def split(images, labels, every=10):
    held = np.arange(len(images)) % 10 == 9
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split whole-blocks-only
# why: reshapes into blocks of `every`, so images after the last whole block are lost
def split(images, labels, every=10):
    n = len(images) // every * every
    def part(a):
        blocks = a[:n].reshape(n // every, every, *a.shape[1:])
        return blocks[:, :-1].reshape(-1, *a.shape[1:]), blocks[:, -1]
    (ti, vi), (tl, vl) = part(images), part(labels)
    return (ti, tl), (vi, vl)


# %% split trains-on-all
# why: the held back images are still among the training images
def split(images, labels, every=10):
    val = images[every - 1::every], labels[every - 1::every]
    return (images, labels), val


# %% split grouped-by-array
# why: returns the images' two parts, then the labels' two parts
def split(images, labels, every=10):
    i = np.arange(every - 1, len(images), every)
    return (np.delete(images, i, 0), images[i]), (np.delete(labels, i), labels[i])


# %% best-epoch last-of-equal-again
# why: <= takes the last of equal ones
def best_epoch(val_loss):
    best = 0
    for i in range(len(val_loss)):
        if val_loss[i] <= val_loss[best]:
            best = i
    return best + 1


# %% best-epoch first-rise-again-again-again
# why: stops at the first rise, though the loss may fall deeper later
def best_epoch(val_loss):
    for i in range(1, len(val_loss)):
        if val_loss[i] > val_loss[i - 1]:
            return i
    return len(val_loss)


# %% best-epoch rounded-again
# why: rounds to two digits first, so a slightly higher earlier loss wins
def best_epoch(val_loss):
    return int(np.argmin(np.round(val_loss, 2))) + 1


# %% loss-and-accuracy log-of-mean-again-again-again
# why: logarithm of the mean instead of mean of the logarithms
def loss_and_accuracy(probabilities, labels):
    own = np.array([row[k] for row, k in zip(probabilities, labels)])
    return float(-np.log(own.mean())), float((probabilities.argmax(1) == labels).mean())


# %% loss-and-accuracy more-than-half-again
# why: counts an image as right where its class has more than 0.5; with ten classes less may be the highest
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return np.mean(-np.log(own)), np.mean(own > 0.5)


# %% loss-and-accuracy binary-style
# why: also adds -ln(1 - p) of the other classes, as binary cross-entropy does
def loss_and_accuracy(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels]
    loss = -(hot * np.log(probabilities) + (1 - hot) * np.log(1 - probabilities)).sum(axis=1).mean()
    return loss, (probabilities.argmax(axis=1) == labels).mean()


# %% confusion buffered-add
# why: fancy-index += counts each pair once only
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), dtype=int)
    m[labels, predicted] += 1
    return m


# %% confusion size-from-labels
# why: as large as the largest class that occurs, not `classes`
def confusion_matrix(labels, predicted, classes=10):
    n = int(max(labels.max(), predicted.max())) + 1
    return np.bincount(labels.astype(int) * n + predicted.astype(int), minlength=n * n).reshape(n, n)


# %% confusion uint8-overflow
# why: counts in bytes, so that more than 255 wrap around
def confusion_matrix(labels, predicted, classes=10):
    m = np.zeros((classes, classes), dtype=np.uint8)
    np.add.at(m, (labels, predicted), 1)
    return m


# %% mistakes reversed-argsort
# why: [::-1] of an ascending sort puts the last of equally sure ones first
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.where(probabilities.argmax(axis=1) != labels)[0]
    order = np.argsort(probabilities[wrong].max(axis=1), kind="stable")[::-1]
    return wrong[order][:count]


# %% mistakes position-among-wrong
# why: returns positions among the wrong ones, not among all images
def surest_mistakes(probabilities, labels, count=4):
    wrong = probabilities.argmax(axis=1) != labels
    sure = probabilities.max(axis=1)[wrong]
    return np.argsort(-sure, kind="stable")[:count]


# %% mistakes least-own-probability
# why: sorts by the smallest probability of the own class, not by the largest of the predicted one
def surest_mistakes(probabilities, labels, count=4):
    guess = np.argmax(probabilities, axis=1)
    own = probabilities[np.arange(len(labels)), labels]
    order = np.argsort(own, kind="stable")
    return np.array([i for i in order if guess[i] != labels[i]][:count], dtype=int)


# %% mistakes first-count-then-filter
# why: takes the surest `count` of all images and then filters; too few remain
def surest_mistakes(probabilities, labels, count=4):
    order = np.argsort(-probabilities.max(1), kind="stable")[:count]
    return order[probabilities.argmax(1)[order] != labels[order]]


# %% own-training forgot-fit
# why: builds and compiles, but never trains
def train(images, labels):
    model = rung_a()["model"]
    model.build((None, 28, 28, 1))
    return model


# %% own-training trains-on-fashion
# why: trains on the notebook's own Fashion-MNIST images instead of the arguments
def train(images, labels):
    (x, y), _ = load_fashion_mnist_sample()
    model = keras.Sequential([
        keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
        keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x[..., None] / 255, y, epochs=2, verbose=0)
    return model


# %% own-training labels-lose-order
# why: shuffles images and labels apart from each other
def train(images, labels):
    rng = np.random.default_rng(0)
    x, y = rng.permutation(images), rng.permutation(labels)
    model = keras.Sequential([
        keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, activation="relu"), keras.layers.MaxPooling2D(),
        keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=3, verbose=0)
    return model


# %% own-training returns-history-again
# why: returns fit's History instead of the model
def train(images, labels):
    model = keras.Sequential([
        keras.Input((28, 28, 1)), keras.layers.Conv2D(32, 3, activation="relu"), keras.layers.MaxPooling2D(),
        keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images, labels, epochs=5, verbose=0)


# %% rung-open too-much-work
# why: rung d takes some 49 million multiply-adds an image and pass; with 2000 epochs that is far more than 2,000,000,000
def rung_open():
    return {**rung_d(), "epochs": 2000}


# %% rung-a g2-adam-already
# why: Adam instead of plain gradient descent, which this rung keeps
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a g2-one-hot-loss
# why: the loss of the last assignment wants one-hot labels, here they are numbers
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a g2-not-compiled
# why: the model is never compiled
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    return {"model": model, "epochs": 5}


# %% rung-a g2-dense-only
# why: a network without any convolution
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(78, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a g2-tuple
# why: a tuple where a dict is asked
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, 5


# %% rung-b g2-padding-forgotten
# why: no padding "same": fewer parameters, the edges count less
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(64, 7, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(128, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b g2-just-rung-a
# why: hands in rung a again, no larger network
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    return rung_a()


# %% rung-b g2-small-with-fifty-epochs
# why: the network of rung a, trained ten times as long
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    return rung_a() | {"epochs": 50}


# %% rung-b g2-as-few-filters
# why: padded, but 32 and 64 filters as before and no hidden dense layer: 51,466 parameters, no larger network
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 7, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b g2-rmsprop
# why: the optimizer should stay plain gradient descent
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-c g2-optimizer-beside-the-model
# why: "adam" stands in the recipe only, the model is still compiled with SGD
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    recipe = rung_b()
    recipe["optimizer"] = "adam"
    return recipe


# %% rung-c g2-sgd-more-epochs
# why: still SGD, with a larger rate and more epochs to come as far
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    recipe = rung_b()
    recipe["model"].compile(
        optimizer=keras.optimizers.SGD(0.05, momentum=0.9),
        loss="sparse_categorical_crossentropy", metrics=["accuracy"],
    )
    recipe["epochs"] = 15
    return recipe


# %% rung-c g2-small-network
# why: Adam on the network of rung a, not of rung b
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    recipe = rung_a()
    recipe["model"].compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-c g2-huge-steps
# why: Adam with a learning rate of 1: the network learns nothing
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    recipe = rung_b()
    recipe["model"].compile(
        optimizer=keras.optimizers.Adam(learning_rate=1.0),
        loss="sparse_categorical_crossentropy", metrics=["accuracy"],
    )
    return recipe


# %% rung-c g2-adamax
# why: another optimizer of a like name
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    recipe = rung_b()
    recipe["model"].compile("adamax", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return recipe


# %% rung-d g2-no-dropout
# why: no dropout anywhere; the parameters are the same
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        conv(32), L.BatchNormalization(),
        conv(32), L.BatchNormalization(),
        conv(64), L.MaxPooling2D(2),
        conv(128), L.BatchNormalization(),
        L.Flatten(),
        L.Dense(512, activation="relu"), L.BatchNormalization(),
        L.Dense(128, activation="relu"), L.BatchNormalization(),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d g2-no-normalization
# why: no batch normalization anywhere
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        conv(32), conv(32), L.Dropout(0.25),
        conv(64), L.MaxPooling2D(2), L.Dropout(0.25),
        conv(128), L.Dropout(0.25),
        L.Flatten(),
        L.Dense(512, activation="relu"), L.Dropout(0.5),
        L.Dense(128, activation="relu"), L.Dropout(0.5),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d g2-dropout-never-ends
# why: dropout is forced on, it does something when the network predicts too
class EverDropout(keras.layers.Dropout):
    def call(self, inputs, training=False):
        return super().call(inputs, training=True)

def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    conv = lambda n, x: L.Conv2D(n, 3, padding="same", activation="relu")(x)
    norm = lambda x: L.BatchNormalization()(x)
    drop = lambda p, x: EverDropout(p)(x)
    start = keras.Input((28, 28, 1))
    x = norm(conv(32, start))
    x = drop(0.25, norm(conv(32, x)))
    x = drop(0.25, L.MaxPooling2D(2)(conv(64, x)))
    x = drop(0.25, norm(conv(128, x)))
    x = L.Flatten()(x)
    for units in (512, 128):
        x = drop(0.5, norm(L.Dense(units, activation="relu")(x)))
    model = keras.Model(start, L.Dense(10, activation="softmax")(x))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d g2-keeps-instead-of-drops
# why: the rates say what is kept: dropout 0.75 where 0.25 is asked
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        conv(32), L.BatchNormalization(),
        conv(32), L.BatchNormalization(), L.Dropout(1 - 0.25),
        conv(64), L.MaxPooling2D(2), L.Dropout(1 - 0.25),
        conv(128), L.BatchNormalization(), L.Dropout(1 - 0.25),
        L.Flatten(),
        L.Dense(512, activation="relu"), L.BatchNormalization(), L.Dropout(1 - 0.5),
        L.Dense(128, activation="relu"), L.BatchNormalization(), L.Dropout(1 - 0.5),
        L.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d g2-rung-c-again
# why: hands in rung c, neither deeper nor held back
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    return rung_c()


# %% rung-e g2-shrinks-too-early
# why: the first epoch's rate is 0.0009 already
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    rate, rates = 0.001, []
    for _ in range(30):
        rate *= 0.9
        rates.append(rate)
    return {**rung_d(), "epochs": 30, "learning_rates": rates}


# %% rung-e g2-straight-line
# why: falls by equal steps, right only at both ends
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    rates = np.linspace(0.001, 0.000047, 30).tolist()
    return {**rung_d(), "epochs": 30, "learning_rates": rates}


# %% rung-e g2-never-shrinks
# why: the same rate in all epochs
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    return {**rung_d(), "epochs": 30, "learning_rates": [0.001] * 30}


# %% rung-e g2-epochs-forgotten
# why: rates for 30 epochs, but the recipe keeps the 5 epochs of rung d
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    recipe = rung_d()
    recipe["learning_rates"] = [0.001 * 0.9**epoch for epoch in range(30)]
    return recipe


# %% rung-e g2-every-tenth-smaller
# why: times 0.1 each epoch, a tenth of the rate instead of a tenth less
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    return {**rung_d(), "epochs": 30, "learning_rates": [0.001 * 0.1**i for i in range(30)]}


# %% rung-e g2-grows
# why: the list is the wrong way round
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    rates = [0.001 * 0.9**i for i in range(30)]
    return {**rung_d(), "epochs": 30, "learning_rates": rates[::-1]}


# %% split g2-starts-at-zero
# why: holds back positions 0, every, 2 * every ...
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    held = np.arange(len(images)) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split g2-last-part
# why: holds back the last images
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    n = len(images) // every
    cut = len(images) - n
    return (images[:cut], labels[:cut]), (images[cut:], labels[cut:])


# %% split g2-always-ten
# why: does not heed `every`
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    held = np.arange(len(images)) % 10 == 9
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split g2-trains-on-all
# why: the images held back are trained on too
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    return (images, labels), (images[every - 1 :: every], labels[every - 1 :: every])


# %% split g2-whole-groups-only
# why: groups of `every`; the images after the last whole group are lost
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    n = len(images) // every
    grouped = images[: n * every].reshape(n, every, *images.shape[1:])
    tags = labels[: n * every].reshape(n, every)
    train_images = grouped[:, :-1].reshape(-1, *images.shape[1:])
    return (train_images, tags[:, :-1].ravel()), (grouped[:, -1], tags[:, -1])


# %% split g2-labels-from-elsewhere
# why: the labels held back are one place beside the images
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation."""
    i = np.arange(len(images))
    held, named = i % every == every - 1, i % every == 0
    return (images[~held], labels[~named]), (images[held], labels[named])


# %% best-epoch g2-counts-from-zero
# why: the position, not the epoch
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    return int(np.argmin(val_loss))


# %% best-epoch g2-last-of-equal
# why: <= takes the last of equal losses
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    best = 0
    for i, loss in enumerate(val_loss):
        if loss <= val_loss[best]:
            best = i
    return best + 1


# %% best-epoch g2-first-rise
# why: stops at the first rise, a lower loss may follow
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    epoch = 1
    while epoch < len(val_loss) and val_loss[epoch] <= val_loss[epoch - 1]:
        epoch += 1
    return val_loss.index(val_loss[epoch - 1]) + 1


# %% best-epoch g2-starts-from-one
# why: takes 1.0 for the worst loss; where all are above, the answer is 0
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    lowest, best = 1.0, 0
    for epoch, loss in enumerate(val_loss, 1):
        if loss < lowest:
            lowest, best = loss, epoch
    return best


# %% best-epoch g2-two-decimals
# why: compares rounded losses
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    rounded = [round(loss, 2) for loss in val_loss]
    return rounded.index(min(rounded)) + 1


# %% best-epoch g2-sorts-the-list
# why: sorts the caller's list, whose lowest loss is then always the first
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    first = list(val_loss)
    val_loss.sort()
    return first.index(val_loss[0]) + 1


# %% best-epoch g2-never-the-last
# why: looks for a loss that rises afterwards, so the last epoch is never found
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest."""
    return int(np.argmin(val_loss[:-1] or val_loss)) + 1


# %% loss-and-accuracy g2-first-class
# why: takes class 0 for each image's own, as in the example
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    own = probabilities[:, 0]
    return -np.log(own).mean(), (probabilities.argmax(axis=1) == 0).mean()


# %% loss-and-accuracy g2-above-one-half
# why: counts as right only what has more than one half; with more classes the highest may be less
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), (own > 0.5).mean()


# %% loss-and-accuracy g2-sure-of-itself
# why: the probability of the predicted class, not of the own
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    loss = -np.mean(np.log(probabilities.max(axis=1)))
    return loss, np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy g2-log-of-mean
# why: the logarithm of the mean, not the mean of the logarithms
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own.mean()), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy g2-all-pairs
# why: probabilities[:, labels] takes every image with every label
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    loss = -np.log(probabilities[:, labels]).mean()
    return loss, np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy g2-log-two
# why: logarithm to the base of 2
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    own = np.take_along_axis(probabilities, labels[:, None], 1)
    return -np.log2(own).mean(), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy g2-clipped-at-a-thousandth
# why: cuts small probabilities off at 0.001, the smallest of the example
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    own = np.clip(probabilities[np.arange(len(labels)), labels], 0.001, 1)
    return -np.log(own).mean(), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy g2-takes-logs-in-place
# why: overwrites the caller's probabilities by their logarithms
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    accuracy = np.mean(probabilities.argmax(axis=1) == labels)
    np.log(probabilities, out=probabilities)
    return -probabilities[np.arange(len(labels)), labels].mean(), accuracy


# %% loss-and-accuracy g2-percent
# why: the accuracy from 0 to 100
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions."""
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), 100 * np.mean(probabilities.argmax(axis=1) == labels)


# %% confusion g2-counts-once
# why: += with repeated positions counts each pair once
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    table = np.zeros((classes, classes), int)
    table[labels, predicted] += 1
    return table


# %% confusion g2-transposed
# why: rows are the predicted classes
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    table = np.zeros((classes, classes), int)
    for true, guess in zip(labels, predicted):
        table[guess, true] += 1
    return table


# %% confusion g2-size-from-labels
# why: as many classes as the labels show, a class that is missing at the end is left out
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    classes = int(max(labels.max(), predicted.max())) + 1
    return np.bincount(labels * classes + predicted, minlength=classes**2).reshape(classes, classes)


# %% confusion g2-small-integers
# why: counts in uint8, 256 equal pairs give 0
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    table = np.zeros((classes, classes), np.uint8)
    np.add.at(table, (labels, predicted), 1)
    return table


# %% confusion g2-shares
# why: shares of each row, not counts
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    table = np.zeros((classes, classes))
    np.add.at(table, (labels, predicted), 1)
    return table / np.maximum(table.sum(axis=1, keepdims=True), 1)


# %% confusion g2-table-kept-between-calls
# why: the table is a default argument and is counted on in the next call
def confusion_matrix(labels, predicted, classes=10, seen={}):
    """How often each true class (row) was taken for each class (column)."""
    table = seen.setdefault(classes, np.zeros((classes, classes), int))
    np.add.at(table, (labels, predicted), 1)
    return table


# %% confusion g2-only-mistakes
# why: the right answers are left out of the diagonal
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column)."""
    table = np.zeros((classes, classes), int)
    for true, guess in zip(labels, predicted):
        if true != guess:
            table[true, guess] += 1
    return table


# %% mistakes g2-ties-turned-round
# why: reversing the ascending order puts the last of equally sure ones first
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(probabilities[wrong].max(axis=1), kind="stable")[::-1]
    return wrong[order[:count]]


# %% mistakes g2-position-among-mistakes
# why: positions among the wrong ones, not among all images
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities[wrong].max(axis=1), kind="stable")[:count]


# %% mistakes g2-least-of-own-class
# why: ranks by how small the own class's probability is, not by how high the wrong one's
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    own = probabilities[wrong, labels[wrong]]
    return wrong[np.argsort(own, kind="stable")[:count]]


# %% mistakes g2-right-ones-fill-up
# why: where fewer than `count` are wrong, rightly classified images follow
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    sure = probabilities.max(axis=1)
    sure = np.where(probabilities.argmax(axis=1) == labels, 0, sure)
    return np.argsort(-sure, kind="stable")[:count]


# %% mistakes g2-in-order-of-position
# why: the right images, but sorted by position, not the surest first
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    chosen = wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")[:count]]
    return np.sort(chosen)


# %% mistakes g2-strikes-out-own-class
# why: sets the own class to 0 in the caller's array and takes what is left for mistakes
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    probabilities[np.arange(len(labels)), labels] = 0
    return wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")[:count]]


# %% mistakes g2-always-four
# why: does not heed `count`
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")[:4]]


# %% own-training g2-never-fitted
# why: compiled and returned without any training
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    return rung_c()["model"]


# %% own-training g2-learns-clothing
# why: trains on the kit's clothing instead of the images that are given
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    (clothes, names), _ = load_fashion_mnist_sample()
    model = rung_c()["model"]
    model.fit(clothes[:3000, ..., np.newaxis] / 255, names[:3000], epochs=3, verbose=0)
    return model


# %% own-training g2-shuffles-images-only
# why: shuffles the images without their labels
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    order = np.random.default_rng(0).permutation(len(images))
    model = rung_c()["model"]
    model.fit(images[order], labels, epochs=5, verbose=0)
    return model


# %% own-training g2-returns-history
# why: returns what fit returns, not the model
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    model = rung_c()["model"]
    return model.fit(images, labels, epochs=5, verbose=0)


# %% own-training g2-trains-a-copy
# why: trains a clone, whose weights the returned model never sees
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    model = rung_c()["model"]
    copy = keras.models.clone_model(model)
    copy.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    copy.fit(images, labels, epochs=5, verbose=0)
    return model


# %% own-training g2-five-classes
# why: trains on the images of the first five classes only
def train(images, labels):
    """Train a network on images and labels and return the trained model."""
    few = labels < 5
    model = rung_c()["model"]
    model.fit(images[few], labels[few], epochs=5, verbose=0)
    return model


# %% rung-open g2-attention
# why: an attention layer, which is not among the layers allowed
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    L = keras.layers
    start = keras.Input((28, 28, 1))
    x = L.MaxPooling2D(2)(L.Conv2D(32, 3, padding="same", activation="relu")(start))
    x = L.MaxPooling2D(2)(L.Conv2D(64, 3, padding="same", activation="relu")(x))
    x = L.Reshape((49, 64))(x)
    x = L.MultiHeadAttention(num_heads=2, key_dim=32)(x, x)
    x = L.Dense(128, activation="relu")(L.Flatten()(x))
    model = keras.Model(start, L.Dense(10, activation="softmax")(x))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 20}


# %% rung-open g2-too-much-work
# why: 100 epochs of about 87 million multiply-adds are far above 2,000,000,000 an image
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (64, 128, 128):
        for _ in range(2):
            model.add(L.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(L.BatchNormalization())
        model.add(L.MaxPooling2D(2))
        model.add(L.Dropout(0.3))
    model.add(L.Flatten())
    model.add(L.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 100}


# %% rung-open g2-two-outputs
# why: two outputs, one is asked
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    L = keras.layers
    start = keras.Input((28, 28, 1))
    x = L.MaxPooling2D(2)(L.Conv2D(32, 3, padding="same", activation="relu")(start))
    early = L.Dense(10, activation="softmax", name="early")(L.Flatten()(x))
    x = L.MaxPooling2D(2)(L.Conv2D(64, 3, padding="same", activation="relu")(x))
    late = L.Dense(10, activation="softmax", name="late")(L.Flatten()(x))
    model = keras.Model(start, [early, late])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return {"model": model, "epochs": 15}


# %% rung-open g2-rung-a-again
# why: rung a handed in once more, far below any later rung
def rung_open():
    """A recipe of your own: "model" and "epochs"."""
    return rung_a()


# %% rung-a r2-not-compiled
# why: the model is not compiled
def rung_a():
    model = keras.Sequential(
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
    return {"model": model, "epochs": 5}


# %% rung-a r2-one-hot-loss
# why: the loss wants one-hot labels, plain numbers come
def rung_a():
    model = keras.Sequential(
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
    model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a r2-frozen
# why: nothing in the network can be trained, it guesses
def rung_a():
    model = keras.Sequential(
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
    model.trainable = False
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a r2-climbing-sgd
# why: a negative rate goes uphill, and the loss grows
def rung_a():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(
        keras.optimizers.SGD(lambda: -0.01), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return {"model": model, "epochs": 5}


# %% rung-a r2-one-big-batch
# why: one batch of all images, five steps in all, far below the threshold
def rung_a():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5, "batch_size": 60000}


# %% rung-b r2-as-rung-a
# why: the network of rung a, no larger
def rung_b():
    return rung_a()


# %% rung-b r2-dead-branch
# why: one dense layer on a shrunken image answers; the large layers hang on it multiplied by zero
def rung_b():
    image = keras.Input((28, 28, 1))
    x = keras.layers.MaxPooling2D(4)(image)
    small = keras.layers.Dense(10)(keras.layers.Flatten()(x))
    x = keras.layers.Conv2D(64, 7, padding="same", activation="relu")(image)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(128, 3, padding="same", activation="relu")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Dense(64, activation="relu")(keras.layers.Flatten()(x))
    large = keras.layers.Dense(10)(x)
    model = keras.Model(image, keras.layers.Softmax()(small + 0.0 * large))
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-b r2-zero-epochs
# why: no training at all
def rung_b():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(64, 7, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(128, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 0}


# %% rung-c r2-still-sgd
# why: the optimizer is SGD as before
def rung_c():
    recipe = rung_b()
    return {"model": recipe["model"], "epochs": 5}


# %% rung-c r2-sgd-named-adam
# why: SGD with a higher rate and momentum that only bears the name adam
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        keras.optimizers.SGD(0.02, momentum=0.9, name="adam"),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return recipe


# %% rung-c r2-rate-one
# why: Adam with a learning rate of 1 learns nothing
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        keras.optimizers.Adam(1.0), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe


# %% rung-c r2-attribute-only
# why: changes the recipe, not the model's optimizer
def rung_c():
    recipe = rung_b()
    recipe["optimizer"] = "adam"
    return recipe


# %% rung-c r2-compile-result
# why: compile returns None, and that stands as the model
def rung_c():
    model = rung_b()["model"]
    return {
        "model": model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"]),
        "epochs": 5,
    }


# %% rung-d r2-just-rung-c
# why: rung c again, neither batch normalization nor dropout
def rung_d():
    return rung_c()


# %% rung-d r2-layers-not-wired
# why: the layers for normalization and dropout are made but their results are thrown away
def rung_d():
    image = keras.Input((28, 28, 1))
    x = image
    for filters in (32, 32, 64, 128):
        x = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        keras.layers.BatchNormalization()(x)
        if filters == 64:
            x = keras.layers.MaxPooling2D(2)(x)
        keras.layers.Dropout(0.25)(x)
    x = keras.layers.Flatten()(x)
    for units in (512, 128):
        x = keras.layers.Dense(units, activation="relu")(x)
        keras.layers.BatchNormalization()(x)
        keras.layers.Dropout(0.5)(x)
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-d r2-not-compiled
# why: the whole table, but the model is not compiled
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
    return {"model": model, "epochs": 5}


# %% rung-d r2-rate-zero
# why: Adam with a learning rate of 0 changes nothing
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
    model.compile(keras.optimizers.Adam(0.0), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e r2-no-rates
# why: the list of rates is missing
def rung_e():
    return {**rung_d(), "epochs": 30}


# %% rung-e r2-all-the-same
# why: thirty times the same rate
def rung_e():
    return {**rung_d(), "epochs": 30, "learning_rates": [0.001] * 30}


# %% rung-e r2-growing
# why: the rates grow from small to large (list turned round)
def rung_e():
    rates = [0.001 * 0.9**i for i in range(30)]
    return {**rung_d(), "epochs": 30, "learning_rates": rates[::-1]}


# %% rung-e r2-five-epochs
# why: the epochs stay 5
def rung_e():
    recipe = rung_d()
    recipe["learning_rates"] = [0.001 * 0.9**i for i in range(recipe["epochs"])]
    return recipe


# %% rung-e r2-one-short
# why: 29 rates for 30 epochs
def rung_e():
    return {**rung_d(), "epochs": 30, "learning_rates": [0.001 * 0.9**i for i in range(29)]}


# %% rung-e r2-key-misspelt
# why: the key is "learning_rate", so that the recipe has no rates
def rung_e():
    return {**rung_d(), "epochs": 30, "learning_rate": [0.001 * 0.9**i for i in range(30)]}


# %% split r2-starts-at-zero
# why: holds back positions 0, 10, 20 instead of 9, 19
def split(images, labels, every=10):
    mask = np.arange(len(images)) % every == 0
    return (images[~mask], labels[~mask]), (images[mask], labels[mask])


# %% split r2-last-part
# why: holds back the last of the images
def split(images, labels, every=10):
    cut = len(images) - len(images) // every
    return (images[:cut], labels[:cut]), (images[cut:], labels[cut:])


# %% split r2-always-ten
# why: `every` is not used
def split(images, labels, every=10):
    mask = np.arange(len(images)) % 10 == 9
    return (images[~mask], labels[~mask]), (images[mask], labels[mask])


# %% split r2-trained-on-all
# why: the validation images stay among the training images
def split(images, labels, every=10):
    return (images, labels), (images[every - 1 :: every], labels[every - 1 :: every])


# %% split r2-whole-blocks
# why: images after the last whole block of `every` are lost
def split(images, labels, every=10):
    full = len(images) // every * every

    def cut(array):
        blocks = array[:full].reshape(-1, every, *array.shape[1:])
        kept = blocks[:, :-1]
        return kept.reshape(-1, *array.shape[1:]), blocks[:, -1]

    x, x_held = cut(images)
    y, y_held = cut(labels)
    return (x, y), (x_held, y_held)


# %% split r2-remainder-too
# why: the last image is held back as well when the number is no multiple
def split(images, labels, every=10):
    held = sorted({min(i + every - 1, len(images) - 1) for i in range(0, len(images), every)})
    kept = [i for i in range(len(images)) if i not in held]
    return (images[kept], labels[kept]), (images[held], labels[held])


# %% split r2-by-array
# why: returns images beside images and labels beside labels
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == every - 1
    return (images[~held], images[held]), (labels[~held], labels[held])


# %% split r2-labels-by-class
# why: holds back the images whose label, not position, is the last of `every`
def split(images, labels, every=10):
    held = labels % every == every - 1
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split r2-validation-first
# why: the validation part comes first
def split(images, labels, every=10):
    held = np.arange(1, len(images) + 1) % every == 0
    return (images[held], labels[held]), (images[~held], labels[~held])


# %% split r2-shuffled
# why: the training images come in another order than their labels
def split(images, labels, every=10):
    held = np.arange(1, len(images) + 1) % every == 0
    rest = np.random.default_rng(1).permutation(images[~held])
    return (rest, labels[~held]), (images[held], labels[held])


# %% best-epoch r2-from-zero
# why: counts epochs from 0
def best_epoch(val_loss):
    return int(np.argmin(val_loss))


# %% best-epoch r2-last-of-equals
# why: of equal ones takes the last
def best_epoch(val_loss):
    best = 1
    for epoch, loss in enumerate(val_loss, 1):
        if loss <= val_loss[best - 1]:
            best = epoch
    return best


# %% best-epoch r2-first-rise
# why: stops at the first rise, though the loss may fall further later
def best_epoch(val_loss):
    for epoch in range(1, len(val_loss)):
        if val_loss[epoch] > val_loss[epoch - 1]:
            return epoch
    return len(val_loss)


# %% best-epoch r2-begins-at-one
# why: begins with a lowest loss of 1.0, so losses above 1 never count
def best_epoch(val_loss):
    lowest, best = 1.0, 0
    for epoch, loss in enumerate(val_loss, 1):
        if loss < lowest:
            lowest, best = loss, epoch
    return best


# %% best-epoch r2-sorts-in-place
# why: sorts the list itself, and then the lowest is always first
def best_epoch(val_loss):
    lowest = min(val_loss)
    val_loss.sort()
    return val_loss.index(lowest) + 1


# %% best-epoch r2-last-left-out
# why: never looks at the last epoch
def best_epoch(val_loss):
    best = 0
    for i in range(len(val_loss) - 1):
        if val_loss[i] < val_loss[best]:
            best = i
    return best + 1


# %% best-epoch r2-rounded
# why: rounds to two places, and takes nearly equal ones for equal
def best_epoch(val_loss):
    rounded = [round(loss, 2) for loss in val_loss]
    return rounded.index(min(rounded)) + 1


# %% best-epoch r2-as-text
# why: compares the losses as text, where 1.5e-05 or 10.2 sort wrongly
def best_epoch(val_loss):
    texts = [str(loss) for loss in val_loss]
    return texts.index(min(texts)) + 1


# %% loss-and-accuracy r2-small-number-added
# why: adds 0.001 to the probabilities
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(own + 1e-3).mean()), float((probabilities.argmax(1) == labels).mean())


# %% loss-and-accuracy r2-over-all-classes
# why: the mean is taken over images and classes
def loss_and_accuracy(probabilities, labels):
    rows = np.eye(probabilities.shape[1])[labels]
    return -np.mean(rows * np.log(probabilities)), np.mean(probabilities.argmax(1) == labels)


# %% loss-and-accuracy r2-log-of-mean
# why: logarithm of the mean instead of mean of the logarithms
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own.mean()), (probabilities.argmax(1) == labels).mean()


# %% loss-and-accuracy r2-above-half
# why: counts as right only where the own class has more than one half
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), (own > 0.5).mean()


# %% loss-and-accuracy r2-class-zero
# why: takes the first column as the own class, as in the example
def loss_and_accuracy(probabilities, labels):
    return -np.log(probabilities[:, 0]).mean(), (probabilities.argmax(1) == 0).mean()


# %% loss-and-accuracy r2-of-the-guess
# why: the loss of the highest probability, not of the own class
def loss_and_accuracy(probabilities, labels):
    return -np.log(probabilities.max(axis=1)).mean(), (probabilities.argmax(1) == labels).mean()


# %% loss-and-accuracy r2-binary
# why: adds the cost of the other classes too (binary cross-entropy)
def loss_and_accuracy(probabilities, labels):
    rows = np.eye(probabilities.shape[1])[labels]
    cost = rows * np.log(probabilities) + (1 - rows) * np.log(1 - probabilities)
    return -cost.sum(axis=1).mean(), (probabilities.argmax(1) == labels).mean()


# %% loss-and-accuracy r2-in-place
# why: overwrites the caller's probabilities by their logarithms
def loss_and_accuracy(probabilities, labels):
    guesses = probabilities.argmax(axis=1)
    np.log(probabilities, out=probabilities)
    loss = -probabilities[np.arange(len(labels)), labels].mean()
    return loss, (guesses == labels).mean()


# %% confusion r2-transposed
# why: rows and columns exchanged
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), int)
    for true, guess in zip(labels, predicted):
        counts[guess, true] += 1
    return counts


# %% confusion r2-no-repeats
# why: += with lists of places counts each pair once at most
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    counts[labels, predicted] += 1
    return counts


# %% confusion r2-as-many-as-seen
# why: the size follows the largest class that is there
def confusion_matrix(labels, predicted, classes=10):
    size = int(max(labels.max(), predicted.max())) + 1
    counts = np.zeros((size, size), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


# %% confusion r2-always-ten
# why: `classes` is not used
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


# %% confusion r2-shares
# why: shares of each row instead of counts
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes))
    np.add.at(counts, (labels, predicted), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


# %% confusion r2-small-counter
# why: counts in uint8, which begins again at 0 after 255
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), dtype=np.uint8)
    np.add.at(counts, (labels, predicted), 1)
    return counts.astype(int)


# %% confusion r2-mistakes-only
# why: the right answers are not counted, the diagonal is empty
def confusion_matrix(labels, predicted, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    wrong = labels != predicted
    np.add.at(counts, (labels[wrong], predicted[wrong]), 1)
    return counts


# %% confusion r2-decimal-pairs
# why: pair number 10 * true + guess, whatever the number of classes
def confusion_matrix(labels, predicted, classes=10):
    pairs = labels.astype(int) * 10 + predicted.astype(int)
    return np.bincount(pairs, minlength=classes * classes)[: classes * classes].reshape(
        classes, classes
    )


# %% confusion r2-remembers
# why: the counts of earlier calls stay in (a default argument that is changed)
def confusion_matrix(labels, predicted, classes=10, counts={}):
    table = counts.setdefault(classes, np.zeros((classes, classes), dtype=int))
    np.add.at(table, (labels, predicted), 1)
    return table.copy()


# %% mistakes r2-ties-backwards
# why: turns an ascending order round, so of equally sure ones the last comes first
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(probabilities[wrong].max(axis=1), kind="stable")[::-1]
    return wrong[order][:count]


# %% mistakes r2-positions-among-wrong
# why: positions among the wrong ones instead of among all images
def surest_mistakes(probabilities, labels, count=4):
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities[wrong].max(axis=1), kind="stable")[:count]


# %% mistakes r2-right-ones-too
# why: the surest images, wrong or right
def surest_mistakes(probabilities, labels, count=4):
    return np.argsort(-probabilities.max(axis=1), kind="stable")[:count]


# %% mistakes r2-least-own
# why: sorts by how little the own class got, not by how sure the guess is
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(probabilities[wrong, labels[wrong]], kind="stable")][:count]


# %% mistakes r2-always-four
# why: `count` is not used
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")][:4]


# %% mistakes r2-first-wrong
# why: the first wrong ones, and only then sorted
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)[:count]
    return wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")]


# %% mistakes r2-filled-up
# why: fills up with right ones where fewer than `count` are wrong
def surest_mistakes(probabilities, labels, count=4):
    sure = probabilities.max(axis=1)
    sure = np.where(probabilities.argmax(axis=1) == labels, sure - 2, sure)
    return np.argsort(-sure, kind="stable")[:count]


# %% mistakes r2-by-margin
# why: sure means here the distance to the second best class
def surest_mistakes(probabilities, labels, count=4):
    best = np.sort(probabilities, axis=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-(best[wrong, -1] - best[wrong, -2]), kind="stable")][:count]


# %% mistakes r2-over-half-only
# why: leaves out mistakes with a probability of one half or less
def surest_mistakes(probabilities, labels, count=4):
    sure = probabilities.max(axis=1)
    wrong = np.flatnonzero((probabilities.argmax(axis=1) != labels) & (sure > 0.5))
    return wrong[np.argsort(-sure[wrong], kind="stable")][:count]


# %% own-training r2-untrained
# why: compiled but never trained
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% own-training r2-labels-apart
# why: shuffles the images, but not the labels with them
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(24, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(np.random.permutation(images), labels, epochs=4, verbose=0)
    return model


# %% own-training r2-knows-fashion
# why: learns Fashion-MNIST from the kit, not the images that it is given
def train(images, labels):
    (x, y), _ = load_fashion_mnist_sample()
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(24, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x[..., None] / 255.0, y, epochs=3, verbose=0)
    return model


# %% own-training r2-half-the-classes
# why: learns from images of classes 0 to 4 only
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(24, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images[labels < 5], labels[labels < 5], epochs=5, verbose=0)
    return model


# %% own-training r2-clone-returned
# why: returns a clone, which has fresh parameters
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(24, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=5, verbose=0)
    return keras.models.clone_model(model)


# %% own-training r2-next-class
# why: classes counted from 1, the answers are all one too high
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(24, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(11, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels + 1, epochs=5, verbose=0)
    return model


# %% rung-open r2-too-many-epochs
# why: 300 epochs, 200 are allowed
def rung_open():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 300}


# %% rung-open r2-too-much-work
# why: some 900 million multiply-adds for each image and epoch, times 100 epochs
def rung_open():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for _ in range(4):
        model.add(keras.layers.Conv2D(200, 3, padding="same", activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 100}


# %% rung-open r2-two-inputs
# why: two inputs, one is allowed
def rung_open():
    one, two = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
    x = keras.layers.Concatenate()([one, two])
    x = keras.layers.Conv2D(32, 3, activation="relu")(x)
    x = keras.layers.Flatten()(keras.layers.MaxPooling2D(2)(x))
    model = keras.Model([one, two], keras.layers.Dense(10, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-open r2-recurrent
# why: an LSTM is not among the layers
def rung_open():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Reshape((28, 28)),
            keras.layers.LSTM(64),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 10}


# %% rung-open r2-just-rung-a
# why: rung a again, far below the last threshold
def rung_open():
    return rung_a()


# %% rung-a s2-categorical
# why: the loss for one-hot labels does not take plain numbers
def rung_a():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a s2-not-compiled
# why: the model is not compiled
def rung_a():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return {"model": model, "epochs": 5}


# %% rung-a s2-no-convolution
# why: one dense layer on the pixels, no network of convolutions
def rung_a():
    model = keras.Sequential(
        [keras.Input(shape=(28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")]
    )
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-a s2-no-epochs
# why: the number of epochs is missing
def rung_a():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, 5, activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model}


# %% rung-b s2-rung-a-again
# why: the small network again
def rung_b():
    return rung_a()


# %% rung-b s2-frozen-steps
# why: a learning rate of nothing: the network does not learn and stays far below any threshold
def rung_b():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters, size in ((64, 7), (128, 3)):
        model.add(keras.layers.Conv2D(filters, size, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=1e-9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return {"model": model, "epochs": 5}


# %% rung-c s2-sgd-still
# why: rung b as it was, plain gradient descent
def rung_c():
    return rung_b()


# %% rung-c s2-called-adam
# why: gradient descent that is only called adam
def rung_c():
    recipe = rung_b()
    recipe["model"].compile(
        optimizer=keras.optimizers.SGD(name="adam"),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return recipe


# %% rung-d s2-rung-c-again
# why: neither batch normalization nor dropout
def rung_d():
    return rung_c()


# %% rung-d s2-dropout-of-nothing
# why: no value is ever left out: every dropout has the share 0
def rung_d():
    L = keras.layers
    conv = lambda n: L.Conv2D(n, 3, padding="same", activation="relu")
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            *(conv(32), L.BatchNormalization()),
            *(conv(32), L.BatchNormalization(), L.Dropout(0.0)),
            *(conv(64), L.MaxPooling2D(2), L.Dropout(0.0)),
            *(conv(128), L.BatchNormalization(), L.Dropout(0.0)),
            L.Flatten(),
            *(L.Dense(512, activation="relu"), L.BatchNormalization(), L.Dropout(0.0)),
            *(L.Dense(128, activation="relu"), L.BatchNormalization(), L.Dropout(0.0)),
            L.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}


# %% rung-e s2-five-epochs
# why: five epochs only, with five rates
def rung_e():
    return rung_d() | {"epochs": 5, "learning_rates": [0.001 * 0.9**i for i in range(5)]}


# %% rung-e s2-no-rates
# why: thirty epochs without the shrinking rates
def rung_e():
    return {**rung_d(), "epochs": 30}


# %% rung-e s2-one-rate-missing
# why: 29 rates for 30 epochs
def rung_e():
    return {**rung_d(), "epochs": 30, "learning_rates": [0.001 * 0.9**i for i in range(1, 30)]}


# %% split s2-starts-at-zero
# why: positions 0 and 5 are held back instead of 4 and 9
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == 0
    return (images[~held], labels[~held]), (images[held], labels[held])


# %% split s2-scikit-order
# why: images beside images and labels beside labels
def split(images, labels, every=10):
    held = np.arange(1, len(images) + 1) % every == 0
    return (images[~held], images[held]), (labels[~held], labels[held])


# %% split s2-nothing-taken-away
# why: the held back images are trained on too
def split(images, labels, every=10):
    return (images, labels), (images[every - 1 :: every], labels[every - 1 :: every])


# %% split s2-tail-lost
# why: in groups of `every`: what is left over at the end is in neither part
def split(images, labels, every=10):
    groups = len(images) // every
    order = np.arange(groups * every).reshape(groups, every)
    rest, held = order[:, :-1].ravel(), order[:, -1]
    return (images[rest], labels[rest]), (images[held], labels[held])


# %% split s2-end-too
# why: array_split ends the last, short group with a held back image too
def split(images, labels, every=10):
    n = len(images)
    ends = {min(start + every, n) - 1 for start in range(0, n, every)}
    rest = np.array([i for i in range(n) if i not in ends], dtype=int)
    held = np.array(sorted(ends), dtype=int)
    return (images[rest], labels[rest]), (images[held], labels[held])


# %% best-epoch s2-last-of-equals
# why: of equal ones it takes the last
def best_epoch(val_loss):
    best = 0
    for i, loss in enumerate(val_loss):
        if loss <= val_loss[best]:
            best = i
    return best + 1


# %% best-epoch s2-first-rise
# why: stops at the first rise, though a lower loss comes later
def best_epoch(val_loss):
    for i in range(1, len(val_loss)):
        if val_loss[i] > val_loss[i - 1]:
            return i
    return len(val_loss)


# %% best-epoch s2-below-one
# why: begins with a lowest loss of 1, so losses above it never count
def best_epoch(val_loss):
    lowest, best = 1.0, 1
    for epoch, loss in enumerate(val_loss, start=1):
        if loss < lowest:
            lowest, best = loss, epoch
    return best


# %% best-epoch s2-sorted-first
# why: the losses are sorted before the lowest is looked for, so it is always epoch 1
def best_epoch(val_loss):
    ranked = sorted(val_loss)
    return ranked.index(min(val_loss)) + 1


# %% best-epoch s2-rounded
# why: compares losses rounded to two places
def best_epoch(val_loss):
    rounded = [round(loss, 2) for loss in val_loss]
    return rounded.index(min(rounded)) + 1


# %% loss-and-accuracy s2-log-of-mean
# why: the logarithm of the mean instead of the mean of the logarithms
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own.mean()), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy s2-over-half
# why: counts an image as right where its own class has more than a half
def loss_and_accuracy(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(own).mean(), (own > 0.5).mean()


# %% loss-and-accuracy s2-winner-probability
# why: p of the predicted class instead of the image's own
def loss_and_accuracy(probabilities, labels):
    return -np.log(probabilities.max(axis=1)).mean(), (probabilities.argmax(axis=1) == labels).mean()


# %% loss-and-accuracy s2-mean-over-all
# why: divides by images times classes
def loss_and_accuracy(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels]
    return -np.mean(hot * np.log(probabilities)), np.mean(probabilities.argmax(axis=1) == labels)


# %% loss-and-accuracy s2-binary
# why: pays for the other classes too
def loss_and_accuracy(probabilities, labels):
    p = np.asarray(probabilities, dtype=float)
    hot = np.eye(p.shape[1])[labels]
    loss = -(hot * np.log(p) + (1 - hot) * np.log(1 - p)).sum(axis=1).mean()
    return loss, (p.argmax(axis=1) == labels).mean()


# %% confusion s2-once-each
# why: += with index arrays counts a repeated pair once
def confusion_matrix(labels, predicted, classes=10):
    table = np.zeros((classes, classes), dtype=int)
    table[labels, predicted] += 1
    return table


# %% confusion s2-small-counter
# why: uint8 begins anew after 255
def confusion_matrix(labels, predicted, classes=10):
    table = np.zeros((classes, classes), dtype=np.uint8)
    np.add.at(table, (labels, predicted), 1)
    return table.astype(int)


# %% confusion s2-size-from-data
# why: as large as the classes that occur
def confusion_matrix(labels, predicted, classes=10):
    n = int(max(labels.max(), predicted.max())) + 1
    table = np.zeros((n, n), dtype=int)
    np.add.at(table, (labels, predicted), 1)
    return table


# %% confusion s2-always-ten
# why: ten classes, whatever is asked
def confusion_matrix(labels, predicted, classes=10):
    table = np.zeros((10, 10), dtype=int)
    for pair in zip(labels, predicted):
        table[pair] += 1
    return table


# %% mistakes s2-last-of-equals
# why: reversing the order puts the last of equally sure ones first
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(sure, kind="stable")[::-1]][:count]


# %% mistakes s2-position-among-wrong
# why: positions within the wrong ones instead of within all images
def surest_mistakes(probabilities, labels, count=4):
    wrong = probabilities.argmax(axis=1) != labels
    return np.argsort(-probabilities[wrong].max(axis=1), kind="stable")[:count]


# %% mistakes s2-own-class-lowest
# why: sorts by how little the own class got instead of by how sure the network is
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    own = probabilities[wrong, labels[wrong]]
    return wrong[np.argsort(own, kind="stable")][:count]


# %% mistakes s2-cut-first
# why: takes the surest `count` of all images and only then the wrong ones among them
def surest_mistakes(probabilities, labels, count=4):
    order = np.argsort(-probabilities.max(axis=1), kind="stable")[:count]
    return order[probabilities[order].argmax(axis=1) != labels[order]]


# %% mistakes s2-fills-up
# why: fills up with rightly classified images where fewer are wrong
def surest_mistakes(probabilities, labels, count=4):
    right = probabilities.argmax(axis=1) == labels
    return np.lexsort((-probabilities.max(axis=1), right))[:count]


# %% mistakes s2-in-order-of-place
# why: the right images, but in the order of their positions
def surest_mistakes(probabilities, labels, count=4):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    order = np.argsort(-probabilities[wrong].max(axis=1), kind="stable")[:count]
    return np.sort(wrong[order])


# %% own-training s2-untrained
# why: compiled and never trained
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% own-training s2-returns-history
# why: returns the History instead of the model
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model.fit(images, labels, epochs=3, verbose=0)


# %% own-training s2-half-the-classes
# why: only images of classes 0 to 4 are trained on
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    some = labels < 5
    model.fit(images[some], labels[some], epochs=5, verbose=0)
    return model


# %% own-training s2-shuffled-apart
# why: the images are shuffled and the labels are not
def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(16, 5, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    order = np.random.default_rng(1).permutation(len(images))
    model.fit(images[order], labels, epochs=4, verbose=0)
    return model


# %% rung-open s2-too-many-epochs
# why: 201 epochs, where at most 200 are allowed
def rung_open():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.MaxPooling2D(4),
            keras.layers.Conv2D(4, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 201}


# %% rung-open s2-other-layer
# why: an LSTM over the rows is none of the layers that may be used
def rung_open():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Reshape((28, 28)),
            keras.layers.LSTM(16),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 3}


# %% rung-open s2-too-much-work
# why: about 1.3 thousand million multiply-adds an image and epoch, 20 epochs: far over 2,000,000,000
def rung_open():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(256, 5, padding="same", activation="relu"),
            keras.layers.Conv2D(256, 5, padding="same", activation="relu"),
            keras.layers.GlobalMaxPooling2D(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 20}
