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
# # 5. The Fashion-MNIST ladder
#
# Fashion-MNIST has the form of MNIST, 28 x 28 grey pixels and 10 classes, but shows shirts, coats,
# boots and bags, and a shirt looks much like a coat. The network that read digits reaches a far lower accuracy here.
# You climb from there, one change at a time, and look at what each change did.
#
# What you hand in for a rung is a *recipe*: a compiled model and how long to train it. When the notebook is
# graded, the kit trains your recipe itself, from a fixed seed, holds one training image in 10 back for
# validation, and measures the accuracy on test images that had no part in training. So nothing depends on
# the luck or the patience of your own runs. Your training cells are for exploring.
#
# The points for accuracy need two things. The recipe must reach the rung's *threshold*, which the kit has measured:
# a right recipe stays below it at most once in 1000 times. And it must do what the rung is about, in any way
# you like with common layers, since accuracy alone often cannot tell: the networks of rungs a and b end within a point of each other,
# and on few images rung d is no better than rung c. `check()` names both before you hand in.
# One point of each rung with a table is for the recipe as the text describes it, which `check()` compares at once.

# %% nbgrader={"grade": false, "grade_id": "setup-fashion-ladder", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from autograder import check, figures, hint, silence_stderr, unless_blank
from autograder.datasets import load_fashion_mnist_sample

with silence_stderr():  # TensorFlow says much when it starts
    import keras

CLASSES = [
    *("T-shirt", "trousers", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "boot"),
]

# %% [markdown]
# The kit brings a sample of the data, 6,000 images to train on and 2,000 to test, each class equally often.

# %% tags=["exploration"]
(images, labels), (test_images, test_labels) = load_fashion_mnist_sample()
images, test_images = images[..., np.newaxis] / 255, test_images[..., np.newaxis] / 255
firsts = [int(np.argmax(labels == label)) for label in range(4)]
figures.images_beside({CLASSES[labels[i]]: images[i, :, :, 0] for i in firsts})

# %% [markdown]
# This is the ladder: the threshold of each rung, for recipes trained on this sample and on all of Fashion-MNIST, and what
# the article reached, which this ladder follows. Your own accuracies will stand beside them, rung by rung.

# %% tags=["exploration"]
reached = {}  # the accuracy on validation images of each rung that you train here
trained = {}  # its network
figures.ladder("fashion_ladder")

# %% [markdown]
# ## 1. Rung a: the network you know
#
# The classifier of the last assignment, as it was: 32 filters of 5 x 5 with ReLU, max pooling, 64 filters of
# 5 x 5 with ReLU, max pooling, flatten, 10 softmax units; {{rung_a()["model"].count_params():,}} parameters.
#
# One thing changes: the labels stay plain numbers from 0 to 9. The loss that takes them as they are is
# `sparse_categorical_crossentropy`. The optimizer is `sgd` again, and the metric the accuracy, which the figures below
# need.
#
# **Your turn.** Return a dict with the compiled `"model"` and the number of `"epochs"`, 5. The batches have
# Keras's own size, 32, unless the dict has a `"batch_size"`.


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
from autograder.notebook.time_left import TimeLeft


def explore(rung, make_recipe):
    """Train a rung's recipe on the sample, keep its network, and draw its learning curve and the ladder."""
    keras.utils.set_random_seed(0)  # before the network draws its first weights
    recipe = make_recipe()
    callbacks = [TimeLeft(), *recipe.get("callbacks", [])]
    if "learning_rates" in recipe:
        rates = recipe["learning_rates"]
        callbacks.append(keras.callbacks.LearningRateScheduler(lambda epoch: rates[epoch]))
    history = recipe["model"].fit(
        images,
        labels,
        batch_size=recipe.get("batch_size"),
        epochs=recipe["epochs"],
        class_weight=recipe.get("class_weight"),
        validation_split=0.1,
        verbose=0,
        callbacks=callbacks,
    )
    figures.learning_curve(history.history)
    seen, held_back = history.history["accuracy"][-1], history.history["val_accuracy"][-1]
    print(
        f"{rung} reads {seen:.1%} of its training images right, {held_back:.1%} of the validation images."
    )
    reached[rung], trained[rung] = held_back, recipe["model"]
    figures.ladder("fashion_ladder", reached)


with unless_blank():
    explore("rung-a", rung_a)

# %% [markdown]
# ## 2. Rung b: a larger network
#
# More filters find more patterns, and with padding `"same"` a window stands on every pixel, also at the edges of the
# image:
#
# | layer | what it does |
# |---|---|
# | convolution | 64 filters of 7 x 7, padding `"same"`, ReLU |
# | max pooling | 2 x 2 |
# | convolution | 128 filters of 3 x 3, padding `"same"`, ReLU |
# | max pooling | 2 x 2 |
# | flatten | |
# | dense | 64 units, ReLU |
# | dense | 10 units, softmax |
#
# That makes {{rung_b()["model"].count_params():,}} parameters, {{rung_b()["model"].count_params() / rung_a()["model"].count_params():.1f}} times
# as many as before. Optimizer, loss, metric and epochs stay as they were.
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
# So many more parameters, and the gain is small: the network is not too small, it has not learned enough yet. Plain
# gradient descent multiplies the gradients of all parameters by the same learning rate, so a small gradient makes a
# small step. *Adam* keeps a running mean of each parameter's gradient and of its square, and divides the first by the
# root of the second: so the step is large also where the gradient is small but steady.
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
    explore("rung-c", rung_c)

# %% [markdown]
# ## 4. Rung d: deeper, and held back
#
# Compare the two accuracies of rung c above: it does better on the images it was trained on than on others. With
# {{rung_c()["model"].count_params():,}} parameters for 5,400 images it has room to learn images by heart. Two kinds of layer work
# against that:
#
# - *Batch normalization* brings each channel to mean 0 and variance 1 over the batch, then scales and shifts
#   it by two numbers it learns. Steps can be larger. And since the other images of the batch change, the same image
#   never gives quite the same numbers twice.
# - *Dropout* sets a share of the values to 0, different ones at each step, so that no unit can rely on a single
#   other one. When the network predicts, it does nothing.
#
# | layer | what it does |
# |---|---|
# | convolution | 32 filters, then batch normalization |
# | convolution | 32 filters, then batch normalization, then dropout 0.25 |
# | convolution | 64 filters, then max pooling 2 x 2, then dropout 0.25 |
# | convolution | 128 filters, then batch normalization, then dropout 0.25 |
# | flatten | |
# | dense | 512 units, ReLU, then batch normalization, then dropout 0.5 |
# | dense | 128 units, ReLU, then batch normalization, then dropout 0.5 |
# | dense | 10 units, softmax |
#
# All filters are 3 x 3 with padding `"same"` and ReLU. Keras counts {{rung_d()["model"].count_params():,}} parameters, and
# {{100 * (28 // 2 * 28 // 2 * 128 + 1) * 512 / rung_d()["model"].count_params():.0f}} % of them stand in the first dense layer. (The mean
# and the variance that batch normalization keeps of each channel count, too, though training does not learn them.)
#
# **Your turn.** Adam, 5 epochs, everything else as before.


# %% nbgrader={"grade": false, "grade_id": "rung-d-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rung_d():
    """The recipe of rung d: {"model": compiled model, "epochs": number}."""
    ### BEGIN SOLUTION
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(32, (3, 3), padding="same", activation="relu"),
            layers.BatchNormalization(),
            layers.Conv2D(32, (3, 3), padding="same", activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.25),
            layers.Conv2D(64, (3, 3), padding="same", activation="relu"),
            layers.MaxPooling2D((2, 2)),
            layers.Dropout(0.25),
            layers.Conv2D(128, (3, 3), padding="same", activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(512, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(128, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 5}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rung-d", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("rung-d")

# %% [markdown]
# Training it takes well over ten times as long as rung a, so the cell below trains three of the five epochs. Look
# at the two curves: in the first epochs the validation images do far worse than the training images. That is no
# overfitting. While it trains, batch normalization takes mean and variance of the batch at hand; when the network
# predicts, it takes moving averages of them, which begin at 0 and 1 and follow slowly, by one hundredth each step.
# After the 169 steps of the first epoch, the values at the beginning still make up {{100 * 0.99**169:.0f}} % of them, after
# three epochs {{100 * 0.99**(3 * 169):.1f}} %; and what they follow changes with the weights. Dropout works the other way: it leaves values out while the network trains
# and none when it predicts, so that training images look harder than they are.

# %% tags=["exploration"]
with unless_blank():
    explore("rung-d", lambda: {**rung_d(), "epochs": 3})

# %% [markdown]
# ## 5. Rung e: longer, with ever smaller steps
#
# Far from the lowest loss, large steps are good; near it they jump over it. So the learning rate shrinks: in the first
# epoch it is 0.001, and in each later one 0.9 times that of the epoch before. Over 30 epochs it falls to
# {{0.001 * 0.9**29:.6f}}.
#
# When you train with `fit` yourself, a *callback* does that: `keras.callbacks.LearningRateScheduler` calls a function
# of yours before each epoch, which returns the rate.
#
# **Your turn.** Rung d for 30 epochs. Add to its recipe `"learning_rates"`, a list with the rate of each epoch.


# %% nbgrader={"grade": false, "grade_id": "rung-e-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rung_e():
    """The recipe of rung e: rung d with "epochs" and "learning_rates"."""
    ### BEGIN SOLUTION
    return {**rung_d(), "epochs": 30, "learning_rates": [0.001 * 0.9**epoch for epoch in range(30)]}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rung-e", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("rung-e")


# %% [markdown]
# ## 6. Hold something back
#
# Whoever tries ten networks and keeps the one that did best on the test images has used the test images to
# choose: the accuracy of the winner is partly luck, and no longer an honest measurement. The article that this
# ladder follows did so. Choose by *validation images* instead, taken away from the training images.
#
# The kit holds back every tenth image. Taking the last tenth instead would be wrong for data that is sorted.
# (`explore` does so, by Keras's `validation_split`: the sample is not sorted.)
#
# **Your turn.** Split images and labels in the same way.


# %% nbgrader={"grade": false, "grade_id": "split-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split(images, labels, every=10):
    """Hold back every `every`-th image for validation.

    Of ten images with every=5, those at positions 4 and 9 are held back, the others trained on.
    Returns (train_images, train_labels), (validation_images, validation_labels).
    """
    ### BEGIN SOLUTION
    held_back = np.arange(len(images)) % every == every - 1
    return (images[~held_back], labels[~held_back]), (images[held_back], labels[held_back])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "split", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("split")

# %% [markdown]
# ## 7. Which epoch was the best?
#
# From some epoch on, a network learns the training images by heart: it *overfits*, and the loss on validation
# images, which had been falling, rises again. A common rule is to stop where it is lowest.
#
# **Your turn.** Find that epoch. Epochs are counted from 1; of equal ones, take the first.


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
# ## 8. Why the loss may rise while the accuracy rises
#
# Train rung c on, and something odd happens: the accuracy on validation images still creeps up, and their loss
# rises *too*. Both are right. The *accuracy* is the share of images whose own class has the highest probability.
# The *loss*, cross-entropy, is the mean of -ln *p*, where *p* is the probability that the network gave to the
# image's own class. A network that becomes ever more sure of itself pays dearly where it is sure and wrong.
#
# **Your turn.** Compute both with NumPy.


# %% nbgrader={"grade": false, "grade_id": "loss-and-accuracy-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def loss_and_accuracy(probabilities, labels):
    """Cross-entropy and accuracy of a network's predictions.

    probabilities: array (images, classes), each row adding up to 1, none of them 0.
    labels: array (images,) of classes from 0 on.
    Returns (loss, accuracy), two numbers; the accuracy from 0 to 1.
    """
    ### BEGIN SOLUTION
    own = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(own)), np.mean(probabilities.argmax(axis=1) == labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "loss-and-accuracy", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("loss-and-accuracy")

# %% [markdown]
# Four images of class 0. Early, the network is unsure, and right about two of them. Late, it is very sure, and
# right about three.

# %%
early = np.array([[0.6, 0.4], [0.6, 0.4], [0.4, 0.6], [0.4, 0.6]])
late = np.array([[0.99, 0.01], [0.99, 0.01], [0.9, 0.1], [0.001, 0.999]])
with unless_blank():
    for name, probabilities in {"early": early, "late": late}.items():
        loss, accuracy = loss_and_accuracy(probabilities, np.zeros(4, int))
        print(f"{name}: loss {loss:.2f}, accuracy {accuracy:.0%}")

# %% [markdown]
# The one image on which it is sure and wrong costs {{-np.log(0.001):.1f}}, more than all the others together.

# %% [markdown]
# ## 9. What is taken for what?
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
# ## 10. Look at the mistakes
#
# Which images does it get wrong while being most sure? Looking at them says more than any number: some are
# labelled wrongly, some nobody could tell.
#
# **Your turn.** Find them. The network's class for an image is the one of its highest probability, and that
# probability says how sure it is.


# %% nbgrader={"grade": false, "grade_id": "mistakes-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def surest_mistakes(probabilities, labels, count=4):
    """The positions of the `count` wrongly classified images of which the network is surest.

    probabilities: array (images, classes). labels: array (images,).
    Returns an int array, the surest first; of equally sure ones, the first; fewer than
    `count` where fewer are wrong.
    """
    ### BEGIN SOLUTION
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sure = probabilities[wrong].max(axis=1)
    return wrong[np.argsort(-sure, kind="stable")][:count]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mistakes", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("mistakes")

# %% [markdown]
# Now look where your rung c goes wrong, and at some of the images themselves.

# %% tags=["exploration"]
with unless_blank():
    if "rung-c" not in trained:
        explore("rung-c", rung_c)
    predicted = trained["rung-c"].predict(test_images, verbose=0)
    guesses = predicted.argmax(axis=1)
    figures.confusion(confusion_matrix(test_labels, guesses), CLASSES)
    figures.images_beside(
        [
            (f"{CLASSES[test_labels[i]]}, taken for {CLASSES[guesses[i]]}", test_images[i, :, :, 0])
            for i in surest_mistakes(predicted, test_labels)
        ]
    )

# %% [markdown]
# ## 11. Train it yourself
#
# So far the kit trained for you. Here the training is yours: build a network, compile it, train it with `fit` or a
# loop of your own, and return it.
#
# When it is graded, your function gets 1,500 images and has 60 seconds on one processor. They show no
# clothing but patterns that are made for the grading, in 10 classes, no harder to tell apart than clothing. So weights
# that were trained before do not know the classes: these must be learned from the very images and labels that
# are given. Your network must then classify at least 70 % of 500 such images right that it has never seen. Here you can try
# your function on Fashion-MNIST.
#
# **Your turn.**


# %% nbgrader={"grade": false, "grade_id": "own-training-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(images, labels):
    """Train a network on images and labels and return the trained model.

    images: float32 array (images, 28, 28, 1), pixels from 0 to 1.
    labels: int array (images,) of classes from 0 to 9.
    """
    ### BEGIN SOLUTION
    model = rung_a()["model"]
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=5, verbose=0)
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "own-training", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("own-training")

# %% [markdown]
# ## 12. The open rung
#
# The article's ladder ends at 94.54 %, on the whole of Fashion-MNIST, after 30 epochs. Can you do better, in
# less time? This rung has no table. It counts as extra: the points come on top of the others.
#
# What is trained: one input and one output, and between them most of Keras's layers for images: convolutions of
# all kinds, pooling, activations, normalization, dropout and noise, padding, resizing and reshaping, random
# augmentation, `Add`, `Concatenate` and their like for branches; with initializers, regularizers and constraints. Layers
# and models of your own may be made of these. The loss is `"sparse_categorical_crossentropy"`, or
# `"categorical_crossentropy"` or `"categorical_focal_crossentropy"`, for which the kit encodes the labels. The optimizer is
# `SGD`, `Adam`, `AdamW`, `Nadam`, `Adamax`, `RMSprop`, `Adagrad`, `Adadelta` or `Lion`, with settings of your own, and if you like
# with one of `keras.optimizers.schedules` or of your own, which count batches. The callbacks `EarlyStopping`, `ReduceLROnPlateau` and
# `LearningRateScheduler` go into a list, `"callbacks"`. The whole training may take {{__import__("autograder.models.recipe_rules").models.recipe_rules.MAX_WORK:,}} multiply-adds
# an image, in at most {{__import__("autograder.models.recipe_rules").models.recipe_rules.MAX_EPOCHS}} epochs.
#
# **Your turn.** Try on the sample, with `explore("rung-open", rung_open)`, choose by validation images, and hand in your
# best. (`explore` leaves the labels plain numbers, for `"sparse_categorical_crossentropy"`.)


# %% nbgrader={"grade": false, "grade_id": "rung-open-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rung_open():
    """A recipe of your own: "model" and "epochs".

    If you like, also "batch_size", "learning_rates", "callbacks" or "class_weight".
    """
    ### BEGIN SOLUTION
    layers = keras.layers

    def convolve(maps, filters):
        maps = layers.Conv2D(filters, 3, padding="same", use_bias=False)(maps)
        return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(maps))

    def residual(maps, filters):  # what two convolutions add to their input
        return layers.Add()([maps, convolve(convolve(maps, filters), filters)])

    shift = layers.RandomTranslation(0.07, 0.07, fill_mode="constant", interpolation="nearest")
    image = keras.Input(shape=(28, 28, 1))
    maps = shift(layers.RandomFlip("horizontal")(image))
    maps = layers.RandomErasing((0.5, 0.5), value_range=(0, 1))(maps)
    maps = convolve(maps, 32)
    maps = residual(layers.MaxPooling2D()(convolve(maps, 64)), 64)
    maps = layers.MaxPooling2D()(convolve(maps, 128))
    maps = residual(layers.MaxPooling2D()(convolve(maps, 256)), 256)
    features = layers.GlobalAveragePooling2D()(maps)
    model = keras.Model(image, layers.Dense(10, activation="softmax")(features))
    # Decay through a momentum of 0.9 counts tenfold, 5e-4 as this; Keras's goes past it.
    sgd = keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True, weight_decay=5e-3)
    model.compile(sgd, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    # Up for four epochs, then down in a straight line: the rate in the middle of each epoch.
    rates = [0.1 * min((epoch + 0.5) / 4, (23.5 - epoch) / 20) for epoch in range(24)]
    return {"model": model, "epochs": 24, "batch_size": 128, "learning_rates": rates}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rung-open", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("rung-open")

# %% [markdown]
# ## What you know now
#
# - More parameters help only where training makes use of them.
# - On the same images and in as many epochs, Adam got further here than plain gradient descent.
# - Batch normalization and dropout work against learning by heart. With many images, that pays.
# - Large steps first and small ones last reach further than steps of one size.
# - Validation images say when to stop, test images how good the result is.
# - Accuracy may rise while loss rises too: the network is wrong more confidently.
