# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The Fashion-MNIST ladder
#
# Fashion-MNIST has the form of MNIST, {{28}} x {{28}} grey pixels and {{10}} classes, but shows shirts, coats,
# boots and bags, and a shirt looks much like a coat. The network that read digits reaches far less here.
# You climb from there, one change at a time, and look at what each change did.
#
# What you hand in for a rung is a *recipe*: a compiled model and how long to train it. When the notebook is
# graded, the kit trains your recipe itself, from a fixed seed, holds one training image in {{10}} back for
# validation, and measures the accuracy on test images that had no part in training. So nothing depends on
# the luck or the patience of your own runs. Your training cells are for exploring.

# %% nbgrader={"grade": false, "grade_id": "setup-fashion-ladder", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from autograder import check, figures, unless_blank
from autograder.datasets import load_fashion_mnist_sample
from autograder.quiet import quietly

with quietly():  # TensorFlow says much when it starts
    import keras

CLASSES = [
    *("T-shirt", "trousers", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "boot"),
]

# %% [markdown]
# The kit brings a sample of the data, {{6_000:,}} images to train on and {{2_000:,}} to test, alike in their classes.

# %% tags=["exploration"]
(images, labels), (test_images, test_labels) = load_fashion_mnist_sample()
images, test_images = images[..., np.newaxis] / 255, test_images[..., np.newaxis] / 255
firsts = [int(np.argmax(labels == label)) for label in range(4)]
figures.images_beside({CLASSES[labels[i]]: images[i, :, :, 0] for i in firsts})

# %% [markdown]
# ## 1. Rung a: the network you know
#
# The classifier of the last assignment, as it was: {{32}} filters of {{5}} x {{5}} with ReLU, max pooling, {{64}} filters of
# {{5}} x {{5}} with ReLU, max pooling, flatten, {{10}} softmax units; {{rung_a()["model"].count_params():,}} parameters.
#
# One thing changes: the labels stay plain numbers from {{0}} to {{9}}. The loss that takes them as they are is
# `sparse_categorical_crossentropy`; the optimizer is `sgd` again.
#
# **Your turn.** Return a dict with the compiled `"model"` and the number of `"epochs"`, {{5}}. The batches have
# Keras's own size, {{32}}, unless the dict has a `"batch_size"`.


# %% nbgrader={"grade": false, "grade_id": "rung-a-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rung_a():
    """The recipe of rung a: {"model": compiled model, "epochs": number}."""
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
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
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rung-a", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("rung-a")

# %% [markdown]
# Train it here if you like. On the sample that takes seconds. The validation images show how it does on what
# it was not trained on.


# %% tags=["exploration"]
def explore(recipe):
    """Train a recipe on the sample and draw its learning curve."""
    keras.utils.set_random_seed(0)
    history = recipe["model"].fit(
        images, labels, epochs=recipe["epochs"], validation_split=0.1, verbose=0
    )
    figures.learning_curve(history.history)
    return history.history


with unless_blank():
    explore(rung_a())

# %% [markdown]
# ## 2. Rung b: a larger network
#
# More filters see more patterns, and with padding `"same"` the edges of the image count as much as its middle:
#
# | layer | what it does |
# |---|---|
# | convolution | {{64}} filters of {{7}} x {{7}}, padding `"same"`, ReLU |
# | max pooling | {{2}} x {{2}} |
# | convolution | {{128}} filters of {{3}} x {{3}}, padding `"same"`, ReLU |
# | max pooling | {{2}} x {{2}} |
# | flatten | |
# | dense | {{64}} units, ReLU |
# | dense | {{10}} units, softmax |
#
# That makes {{rung_b()["model"].count_params():,}} parameters, {{rung_b()["model"].count_params() / rung_a()["model"].count_params():.1f}} times
# as many as before. Optimizer, loss and epochs stay as they were.
#
# **Your turn.**


# %% nbgrader={"grade": false, "grade_id": "rung-b-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rung_b():
    """The recipe of rung b: {"model": compiled model, "epochs": number}."""
    ### BEGIN SOLUTION
    model = keras.Sequential(
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
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rung-b", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("rung-b")

# %% [markdown]
# ## 3. Rung c: another optimizer
#
# So many more parameters, and the gain is small: the network is not too weak, it has not learned yet. Plain
# gradient descent takes steps of one size for all parameters. *Adam* keeps a running mean of each parameter's
# gradient and of its square, and takes larger steps where the gradient is small but steady.
#
# **Your turn.** Rung b with the optimizer `"adam"`. Nothing else changes.


# %% nbgrader={"grade": false, "grade_id": "rung-c-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rung_c():
    """The recipe of rung c: {"model": compiled model, "epochs": number}."""
    ### BEGIN SOLUTION
    recipe = rung_b()
    recipe["model"].compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    return recipe
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rung-c", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("rung-c")

# %% tags=["exploration"]
with unless_blank():
    explore(rung_c())

# %% [markdown]
# ## 4. Which epoch was the best?
#
# Train on, and something odd happens: the accuracy on validation images still creeps up, and their loss
# *rises*. Both are right. The accuracy only asks whether the right class has the highest probability. The
# loss asks how high that probability was, and a network that becomes ever more sure of itself pays dearly for
# each image on which it is sure and wrong. From there on it learns the training images by heart: it *overfits*.
#
# So training should stop where the validation loss is lowest. Test images must not decide that: a number
# that was picked because it was the best is no longer an honest measurement.
#
# **Your turn.** Find that epoch. Epochs are counted from {{1}}; of equal ones, take the first.


# %% nbgrader={"grade": false, "grade_id": "best-epoch-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def best_epoch(val_loss):
    """The epoch after which the validation loss was lowest.

    val_loss: list of the losses after each epoch.
    Returns an int, 1 for the first epoch: best_epoch([0.9, 0.5, 0.6]) is 2.
    """
    ### BEGIN SOLUTION
    return int(np.argmin(val_loss)) + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "best-epoch", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("best-epoch")

# %% [markdown]
# ## 5. What is taken for what?
#
# One number hides which classes are hard. A *confusion matrix* counts, for each true class (row), how often each
# class was predicted (column). The right answers stand on its diagonal.
#
# **Your turn.** Count.


# %% nbgrader={"grade": false, "grade_id": "confusion-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(labels, predicted, classes=10):
    """How often each true class (row) was taken for each class (column).

    labels, predicted: arrays (images,) of classes from 0 on.
    Returns an int array (classes, classes).
    """
    ### BEGIN SOLUTION
    matrix = np.zeros((classes, classes), int)
    for label, guess in zip(labels, predicted, strict=True):
        matrix[label, guess] += 1
    return matrix
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "confusion", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("confusion")

# %% [markdown]
# Now look where your rung c goes wrong, and at some of the images themselves.

# %% tags=["exploration"]
with unless_blank():
    recipe = rung_c()
    explore(recipe)
    guesses = recipe["model"].predict(test_images, verbose=0).argmax(axis=1)
    print(confusion_matrix(test_labels, guesses))
    wrong = np.flatnonzero(guesses != test_labels)[:4]
    figures.images_beside(
        {
            f"{CLASSES[test_labels[i]]}, taken for {CLASSES[guesses[i]]}": test_images[i, :, :, 0]
            for i in wrong
        }
    )

# %% [markdown]
# ## What you know now
#
# - More parameters help only where training makes use of them.
# - Adam learns faster than plain gradient descent with the same data and time.
# - Validation images say when to stop, test images how good the result is.
# - Accuracy may rise while loss rises too: the network is wrong more confidently.
