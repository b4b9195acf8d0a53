"""Wrong solutions of assignment 5, the Fashion-MNIST ladder: what is wrong before any training."""

import numpy as np

from tests.wrong import Catalogue

WRONG = Catalogue("fashion_ladder")


def _rung(question, help, change):
    """The reference's recipe after a change: `change` gets its recipe and returns another."""
    name = question.replace("-", "_")
    WRONG.add(question, help, lambda reference: {name: lambda: change(getattr(reference, name)())})


def _compiled(**settings):
    """A change: the model compiled in another way."""
    usual = {"optimizer": "sgd", "loss": "sparse_categorical_crossentropy"}

    def change(recipe):
        recipe["model"].compile(**{**usual, "metrics": ["accuracy"], **settings})
        return recipe

    return change


def _without_compiling(recipe):
    import keras

    recipe["model"] = keras.Sequential([keras.Input((28, 28, 1)), *recipe["model"].layers])
    return recipe


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
_rung("rung-a", "rung-labels", _compiled(loss="categorical_crossentropy"))
_rung("rung-a", "rung-not-compiled", _without_compiling)
_rung("rung-a", "rung-model-only", lambda recipe: recipe["model"])
_rung("rung-b", "padding-valid", _large(first={"padding": "valid"}))
_rung("rung-b", "hidden-units", _large(dense={"units": 128}))
_rung("rung-b", "relu", _large(dense={"activation": None}))


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
