"""Family 21: recipes and trainings of assignment 5 that would pass without learning."""

from __future__ import annotations

from autograder.results.outcome import Status
from tests.evil import Catalogue

EVIL = Catalogue()
CRASHED = Status.CRASHED

EVIL.source(
    21,
    "a constant predictor",
    """
    def train(images, labels):
        model = keras.Sequential([keras.Input(shape=(28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.set_weights([w * 0 for w in model.get_weights()])
        return model
    """,
    points=1,  # that it is a model of ten classes
)
EVIL.source(
    21,
    "a look-up of images",
    """
    def train(images, labels):
        class Table(keras.Model):
            known = {image.tobytes(): label for image, label in zip(images, labels)}
            def call(self, x):
                return keras.ops.one_hot(np.array([self.known.get(i.numpy().tobytes(), 0) for i in x]), 10)
        return Table()
    """,
)
EVIL.source(
    21,
    "weights brought along",
    """
    def train(images, labels):
        model = keras.Sequential([keras.Input(shape=(28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        from autograder.datasets import load_fashion_mnist_sample
        (known, usual), _ = load_fashion_mnist_sample()
        model.fit(known[..., None] / 255, usual, epochs=3, verbose=0)
        return model
    """,
    CRASHED,  # the data are not there
    "DatasetUnavailable",
)
EVIL.source(
    21,
    "probing for labels",
    """
    def train(images, labels):
        import glob
        return [open(path, "rb").read(100) for path in glob.glob("/kit/**/*", recursive=True) if "labels" in path]
    """,
)
