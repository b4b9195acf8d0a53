"""Wrong solutions of assignment 5, the Fashion-MNIST ladder: what is wrong before any training."""

import numpy as np

from tests.answers import Catalogue

WRONG = Catalogue("fashion_ladder")


def _rung(question, help, change):
    """The reference's recipe after a change: `change` gets its recipe and returns another."""
    name = question.replace("-", "_")
    WRONG.add(question, help, lambda reference: {name: lambda: change(getattr(reference, name)())})


def _compiled(**settings):
    """A change: the model compiled in another way."""
    usual = {"optimizer": "sgd", "loss": "sparse_categorical_crossentropy"}

    def change(recipe):
        made = {name: value() if callable(value) else value for name, value in settings.items()}
        recipe["model"].compile(**{**usual, "metrics": ["accuracy"], **made})
        return recipe

    return change


def _without_compiling(recipe):
    model = recipe["model"]
    recipe["model"] = type(model).from_config(model.get_config())
    return recipe


def _from_logits():
    import keras

    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def _with_schedule():
    import keras

    return keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(1e-3, 1_688, 0.9))


def _with_callback(name, **arguments):
    """A change: a callback beside the rest."""

    def change(recipe):
        import keras

        return {**recipe, "callbacks": [getattr(keras.callbacks, name)(**arguments)]}

    return change


def _with_layers(recipe, *, end=None, scale=None, wide=None, rate=None):
    """The recipe with its last, first or dense layers made anew, or other rates of dropout."""
    import keras
    from keras import layers

    made = list(recipe["model"].layers)
    if end is not None:
        made[-1] = layers.Dense(10, **end)
    if scale is not None:
        made.insert(0, layers.Rescaling(scale))
    made = [
        layers.Dense(wide, "relu") if wide and getattr(layer, "units", 0) == 512 else layer
        for layer in made
    ]
    made = [layers.Dropout(rate) if rate and hasattr(layer, "rate") else layer for layer in made]
    # Layers know their old input's shape; from their configurations they come without it.
    fresh = [type(layer).from_config(layer.get_config()) for layer in made]
    recipe["model"] = keras.Sequential([keras.Input((28, 28, 1)), *fresh])
    return _compiled()(recipe)


def _with_rates(recipe, epochs):
    return {**recipe, "learning_rates": [0.001 * 0.9**epoch for epoch in epochs]}


def _sgd_with(rate):
    def change(recipe):
        import keras

        return _compiled(optimizer=keras.optimizers.SGD(rate))(recipe)

    return change


def _large(first=None, dense=None):
    """A change: the larger network with one layer's settings replaced."""

    def change(recipe):
        import keras
        from keras import layers

        conv = {"padding": "same", "activation": "relu"}
        recipe["model"] = keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(64, 7, **{**conv, **(first or {})}),
                layers.MaxPooling2D(2),
                layers.Conv2D(128, 3, **conv),
                layers.MaxPooling2D(2),
                layers.Flatten(),
                layers.Dense(**{"units": 64, "activation": "relu", **(dense or {})}),
                layers.Dense(10, activation="softmax"),
            ]
        )
        return _compiled()(recipe)

    return change


_rung("rung-a", "rung-optimizer-sgd", _compiled(optimizer="adam"))
_rung("rung-c", "rung-optimizer-adam", _compiled(optimizer="sgd"))
_rung("rung-a", "rung-rate", _sgd_with(0.1))
_rung("rung-a", "rung-rate", lambda recipe: {**recipe, "learning_rates": [0.01, 0.02] * 2 + [0.01]})
_rung("rung-a", "rung-epochs", lambda recipe: {**recipe, "epochs": 3})
_rung("rung-a", "rung-batch", lambda recipe: {**recipe, "batch_size": 100})
_rung("rung-a", "rung-one-hot-loss", _compiled(loss="categorical_crossentropy"))
_rung("rung-a", "rung-other-loss", _compiled(loss="mse"))
_rung("rung-a", "rung-softmax-and-logits", _compiled(loss=_from_logits))
_rung("rung-a", "rung-no-softmax", lambda recipe: _with_layers(recipe, end={"activation": None}))
_rung("rung-a", "rung-scaled-twice", lambda recipe: _with_layers(recipe, scale=1 / 255))
_rung("rung-d", "rung-too-large", lambda recipe: _with_layers(recipe, wide=4_096))
_rung("rung-d", "dropout-rate", lambda recipe: _with_layers(recipe, rate=0.75))
_rung("rung-e", "rung-rates-missing", lambda recipe: {**recipe, "learning_rates": [0.001] * 30})
_rung("rung-e", "rung-rates-first", lambda recipe: _with_rates(recipe, range(1, 31)))
_rung("rung-e", "rung-rates-count", lambda recipe: _with_rates(recipe, range(29)))
_rung("rung-e", "rung-schedule", _compiled(optimizer=_with_schedule))
_rung("rung-e", "rung-callbacks", _with_callback("EarlyStopping", patience=3))
_rung("rung-open", "rung-rates-callback", _with_callback("LearningRateScheduler", schedule=abs))
_rung("rung-e", "rung-epochs-long", lambda recipe: {**_with_rates(recipe, range(5)), "epochs": 5})
_rung("rung-a", "rung-not-compiled", _without_compiling)
_rung("rung-open", "rung-not-compiled", _without_compiling)
_rung("rung-a", "rung-model-only", lambda recipe: recipe["model"])
_rung("rung-b", "padding-valid", _large(first={"padding": "valid"}))
_rung("rung-b", "hidden-units", _large(dense={"units": 128}))
_rung("rung-b", "relu", _large(dense={"activation": None}))


def _split_by(question_help, pick, trained=None):
    """A wrong split: `pick` and `trained` choose rows by their positions."""

    @WRONG("split", question_help)
    def split(images, labels, every=10):
        at = np.arange(len(images))
        held = pick(at, every)
        kept = ~held if trained is None else trained(at)
        return (images[kept], labels[kept]), (images[held], labels[held])


_split_by("split-from-first", lambda at, every: at % every == 0)
_split_by("split-last-part", lambda at, every: at >= len(at) - len(at) // every)
_split_by(
    "split-still-trained", lambda at, every: at % every == every - 1, trained=lambda at: at >= 0
)


@WRONG("split", "split-exchanged")
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == every - 1
    return (images[held], labels[held]), (images[~held], labels[~held])


@WRONG("split", "split-not-pairs")
def split(images, labels, every=10):
    held = np.arange(len(images)) % every == every - 1
    return images[~held], labels[~held], images[held], labels[held]


def _loss_as(question_help, both):
    """A wrong answer made of the right loss and accuracy and of what they come from."""

    @WRONG("loss-and-accuracy", question_help)
    def loss_and_accuracy(probabilities, labels):
        own = probabilities[np.arange(len(labels)), labels]
        accuracy = float((probabilities.argmax(axis=1) == labels).mean())
        return both(own, accuracy, probabilities)


_loss_as("loss-sum", lambda own, accuracy, _: (-np.log(own).sum(), accuracy))
_loss_as("loss-sign", lambda own, accuracy, _: (np.log(own).mean(), accuracy))
_loss_as("loss-log10", lambda own, accuracy, _: (-np.log10(own).mean(), accuracy))
_loss_as("loss-log2", lambda own, accuracy, _: (-np.log2(own).mean(), accuracy))
_loss_as("loss-of-guess", lambda own, accuracy, p: (-np.log(p.max(axis=1)).mean(), accuracy))
_loss_as("accuracy-percent", lambda own, accuracy, _: (-np.log(own).mean(), accuracy * 100))
_loss_as("accuracy-count", lambda own, accuracy, _: (-np.log(own).mean(), accuracy * len(own)))
_loss_as("loss-exchanged", lambda own, accuracy, _: (accuracy, -np.log(own).mean()))


def _mistakes_by(question_help, choose):
    """A wrong choice of images, made of probabilities, labels, the wrong images and the count."""

    @WRONG("mistakes", question_help)
    def surest_mistakes(probabilities, labels, count=4):
        wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
        return choose(probabilities, labels, wrong, count)


def _sorted(values):
    return np.argsort(values, kind="stable")


_mistakes_by("mistakes-least-sure", lambda p, y, w, n: w[_sorted(p[w].max(axis=1))][:n])
_mistakes_by("mistakes-right-ones", lambda p, y, w, n: _sorted(-p.max(axis=1))[:n])
_mistakes_by("mistakes-in-order", lambda p, y, w, n: w[:n])
_mistakes_by("mistakes-own-class", lambda p, y, w, n: w[_sorted(-p[w, y[w]])][:n])
_mistakes_by("mistakes-among-wrong", lambda p, y, w, n: _sorted(-p[w].max(axis=1))[:n])
_mistakes_by("mistakes-all", lambda p, y, w, n: w[_sorted(-p[w].max(axis=1))])


def _trains(question_help, make):
    """A wrong `train`, made of a compiled network and what it is given."""

    def names(reference):
        def train(images, labels):
            model = reference.rung_a()["model"]
            model.compile("adam", "sparse_categorical_crossentropy")
            return make(model, images, labels)

        return {"train": train}

    WRONG.add("own-training", question_help, names)


def _embedded(model, images, labels):
    """Trained on what everybody has, not on what is given."""
    from autograder.datasets import load_fashion_mnist_sample

    (known, classes), _ = load_fashion_mnist_sample()
    model.fit(known[..., None] / 255, classes, epochs=3, verbose=0)
    return model


_trains("own-nothing", lambda model, x, y: None)
_trains("own-history", lambda model, x, y: model.fit(x[:32], y[:32], verbose=0))
_trains("own-guessing", lambda model, x, y: model)
_trains("own-usual-numbers", _embedded)


@WRONG("best-epoch", "epoch-from-zero")
def best_epoch(val_loss):
    return int(np.argmin(val_loss))


@WRONG("best-epoch", "epoch-of-largest")
def best_epoch(val_loss):
    return int(np.argmax(val_loss)) + 1


@WRONG("best-epoch", "epoch-last")
def best_epoch(val_loss):
    return len(val_loss)


@WRONG("best-epoch", "epoch-of-equals")
def best_epoch(val_loss):
    return len(val_loss) - int(np.argmin(val_loss[::-1]))


@WRONG("best-epoch", "epoch-loss-itself")
def best_epoch(val_loss):
    return min(val_loss)


def _counted(labels, predicted, classes):
    matrix = np.zeros((classes, classes), int)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


@WRONG("confusion", "matrix-transposed")
def confusion_matrix(labels, predicted, classes=10):
    return _counted(predicted, labels, classes)


@WRONG("confusion", "matrix-shares")
def confusion_matrix(labels, predicted, classes=10):
    return _counted(labels, predicted, classes) / len(labels)


@WRONG("confusion", "matrix-diagonal")
def confusion_matrix(labels, predicted, classes=10):
    return np.diag(np.diag(_counted(labels, predicted, classes)))


@WRONG("confusion", "matrix-too-small")
def confusion_matrix(labels, predicted, classes=10):
    return _counted(labels, predicted, int(max(labels.max(), predicted.max())) + 1)
