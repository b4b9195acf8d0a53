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
# # 4. A two-layer convolutional network
#
# You know what its layers do, how large their feature maps are and how many parameters they have.
# Now build the network with Keras, piece by piece, and let it learn to read digits. After each piece, compare
# Keras's count of parameters with the one that you worked out by hand.

# %% nbgrader={"grade": false, "grade_id": "setup-two-layer-cnn", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from autograder import check, figures, hint, silence_stderr, unless_blank
from autograder.datasets import load_mnist_sample

with silence_stderr():  # TensorFlow says much when it starts
    import keras

# %% [markdown]
# ## 1. One convolutional layer and one pooling layer
#
# The input is a grey digit of 28 x 28 pixels. The convolutional layer has 32 filters of 5 x 5, no
# padding, and the activation *ReLU*, which replaces negative numbers by zero. Max pooling with windows
# of 2 x 2 follows. Together they have {{build_basic().count_params()}} parameters.
#
# Why an activation? Without one, two convolutional layers on top of each other could do no more than a single
# larger one. ReLU keeps what a filter has found, and forgets how much the rest was unlike it.
#
# **Your turn.** Write ReLU with NumPy, for feature maps of any shape.


# %% nbgrader={"grade": false, "grade_id": "relu-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu(maps):
    """The array with 0 in place of each negative number.

    maps: array of any shape, which stays as it is.
    Returns a new array of the same shape and dtype.
    """
    ### BEGIN SOLUTION
    return np.maximum(maps, 0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "relu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("relu")

# %% tags=["exploration"]
numbers = np.linspace(-3, 3, 101)
with unless_blank():
    figures.curve("ReLU", numbers, relu(numbers))

# %% [markdown]
# **Your turn.** Now the two layers. `keras.Sequential` takes a list; begin it with `keras.Input(shape=...)`. The
# layers are `keras.layers.Conv2D` and `keras.layers.MaxPooling2D`. Keras has a ReLU of its own, which it knows by
# the name `"relu"`; your function is for NumPy's arrays.


# %% nbgrader={"grade": false, "grade_id": "basic-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_basic():
    """A Keras model for (28, 28, 1) images: a convolutional layer and max pooling."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D(32, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ]
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "basic", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("basic")

# %% [markdown]
# ## 2. Stack a second pair on top
#
# The second convolutional layer has 64 filters of 5 x 5, ReLU again, and the same pooling after it.
# Now there are {{build_stack().count_params():,}} parameters.
#
# **Your turn.**


# %% nbgrader={"grade": false, "grade_id": "stack-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_stack():
    """A Keras model of two convolutional layers, each followed by max pooling."""
    ### BEGIN SOLUTION
    model = build_basic()
    model.add(keras.layers.Conv2D(64, (5, 5), activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "stack", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("stack")

# %% [markdown]
# ## 3. From feature maps to an answer
#
# Flatten the feature maps into one row. A dense layer with one unit for each of the 10 digits reads it; its
# activation *softmax* turns the ten numbers into probabilities that add up to one: it takes *e* to the power of
# each number and divides by their sum. The numbers before softmax are called *logits*. The finished network has {{build_classifier().count_params():,}} parameters.
#
# *e* to the power of 1,000 is too large for a floating-point number. So first subtract the largest of the ten numbers from
# each: the largest power is then 1, and the probabilities stay as they are, because all powers and their sum
# change by the same factor.
#
# **Your turn.** Write softmax with NumPy, for the numbers of one image, and for several images at once: each row
# of numbers by itself. The rows may be of any length and hold numbers of any size.


# %% nbgrader={"grade": false, "grade_id": "softmax-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(numbers):
    """Probabilities, which add up to one along the last axis.

    numbers: array (classes,) or (images, classes).
    Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    powers = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("softmax")

# %% [markdown]
# The cell shows ten made-up logits after your softmax, beside a digit. Of a trained network, the class with the
# largest probability is the answer.

# %% tags=["exploration"]
(train_images, train_labels), (test_images, test_labels) = load_mnist_sample()
DIGITS = [str(digit) for digit in range(10)]
numbers = np.array([0.1, -2.0, 0.5, 1.0, 2.0, 0.5, -1.0, 1.5, 0.0, 3.0])
with unless_blank():
    figures.prediction(test_images[1], softmax(numbers), DIGITS)

# %% [markdown]
# **Your turn.** Now the network, with Keras's own softmax.


# %% nbgrader={"grade": false, "grade_id": "classifier-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_classifier():
    """The whole network: two pairs of layers, flattened, and ten softmax units."""
    ### BEGIN SOLUTION
    model = build_stack()
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "classifier", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("classifier")

# %%
with unless_blank():
    build_classifier().summary()

# %% [markdown]
# `None` stands for the number of images, which may be any: a network reads one digit or a thousand at once.
#
# ## 4. Prepare the data
#
# The digits come as whole numbers: pixels from 0 to 255 of shape (images, height, width), and labels from
# 0 to 9. The network wants something else:
#
# - pixels as `float32` between 0 and 1, because large inputs make large, unsteady steps in training;
# - a channel axis at the end, because a convolutional layer expects one;
# - each label as a row of ten numbers, all zero but a one at the label's place (*one-hot*), because the
#   loss compares the network's ten probabilities with it.
#
# **Your turn.** `keras.utils.to_categorical` makes one-hot rows.


# %% nbgrader={"grade": false, "grade_id": "prepare-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def prepare(images, labels):
    """Images and labels as the network wants them.

    images: uint8 array (images, 28, 28), 0 to 255.
    labels: array (images,) of 0 to 9.
    Returns two arrays: float32 (images, 28, 28, 1), 0 to 1; one-hot (images, 10).
    """
    ### BEGIN SOLUTION
    pixels = images.astype("float32")[..., np.newaxis] / 255
    return pixels, keras.utils.to_categorical(labels, 10)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "prepare", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("prepare")

# %% [markdown]
# ## 5. Say how it shall learn
#
# Compiling a model says how it is trained: with which *optimizer* it changes its parameters, which *loss*
# it makes smaller, and which *metrics* it reports. Take stochastic gradient descent (`"sgd"`), the
# loss `"categorical_crossentropy"`, which compares probabilities with one-hot labels, and the accuracy.
#
# **Your turn.** `compile` returns nothing, so return the model yourself.


# %% nbgrader={"grade": false, "grade_id": "compile-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compile_model(model):
    """Compile the model (SGD, categorical cross-entropy, accuracy) and return it."""
    ### BEGIN SOLUTION
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "compile", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("compile")

# %% [markdown]
# ## 6. Train it
#
# `fit` shows the model all images again and again, a *batch* at a time, and corrects the parameters after each
# batch. One round through all images is an *epoch*. Train for 5 epochs with batches of 100.
#
# When it is graded, your function gets a model with fresh parameters and images that it has never seen. What
# counts is which parameters the model has afterwards, and that your `History` is the one of this training.
#
# **Your turn.** `fit` returns a `History`, which holds the loss and the accuracy of each epoch. Return it.


# %% nbgrader={"grade": false, "grade_id": "train-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(model, images, labels):
    """Train a compiled model on prepared data for 5 epochs, in batches of 100.

    Returns the History.
    """
    ### BEGIN SOLUTION
    return model.fit(images, labels, batch_size=100, epochs=5, verbose=2)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("train")

# %% [markdown]
# ## 7. Let it read
#
# These are digits of MNIST: a sample of 6,000 to learn from and 2,000 to test, each digit equally often.

# %% tags=["exploration"]
from autograder.datasets import load_mnist

(train_images, train_labels), (test_images, test_labels) = load_mnist_sample()
figures.images_beside([(f"a {test_labels[i]}", test_images[i]) for i in range(5)])

# %% [markdown]
# Train on them; that takes less than a minute. The article that this course follows ([Jordi Torres, *Convolutional Neural
# Networks for Beginners using Keras and TensorFlow 2*, 2020](https://towardsdatascience.com/convolutional-neural-networks-for-beginners-using-keras-and-tensorflow-2-c578f7b3bf25))
# trained on all 60,000 and reached 97.04 % on 10,000 digits that the network had never seen. To do the same,
# call `load_mnist()` instead of `load_mnist_sample()` in the cell above, and allow for some minutes. What do you get? The cells from here on are yours to play with; they are not run when the notebook is graded.

# %% tags=["exploration"]
with unless_blank():
    keras.utils.set_random_seed(0)
    network = compile_model(build_classifier())
    history = train(network, *prepare(train_images, train_labels))
    loss, accuracy = network.evaluate(*prepare(test_images, test_labels), verbose=0)
    print(f"accuracy on {len(test_images):,} digits never seen: {accuracy:.2%}")
    figures.learning_curve(history.history)

# %% [markdown]
# One digit, and how probable the network finds each class. Try others.

# %% tags=["exploration"]
chosen = 1  # which of the test images
with unless_blank():
    pixels, _ = prepare(test_images[chosen : chosen + 1], test_labels[chosen : chosen + 1])
    figures.prediction(test_images[chosen], network.predict(pixels, verbose=0)[0], DIGITS)

# %% [markdown]
# ## 8. What it has learned
#
# Nobody told the network which patterns to look for. These are the 32 kernels of its first layer after training,
# light where a weight adds and dark where it takes away, and the feature maps that six of them make of the digit.

# %% tags=["exploration"]
with unless_blank():
    first = next(layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D))
    weights, bias = first.get_weights()
    figures.kernels(weights[:, :, 0])
    maps = np.array(first(pixels))[0]
    figures.feature_maps(test_images[chosen], maps[..., :6], [f"filter {i}" for i in range(6)])

# %% [markdown]
# Is a layer of Keras more than what you have written? Give your own `convolve` from the first notebook the trained
# kernels, and put your `relu` after it. The cell reads `convolve` from `convolution.ipynb`, if you have it beside
# this notebook or in a directory next to this one's.

# %% tags=["exploration"]
from autograder.notebook.earlier import earlier_answer

with unless_blank():
    convolve = earlier_answer("convolution", "convolve")
    if convolve is not None:
        by_hand = relu(convolve(pixels[0], weights, bias))
        print(
            "Largest difference between Keras's feature maps and yours:",
            np.abs(by_hand - maps).max(),
        )

# %% [markdown]
# ## What you know now
#
# - A model is a list of layers; it has as many parameters as they have together.
# - Pixels are scaled, images have a channel axis, labels are one-hot for categorical cross-entropy.
# - Compiling says how to learn, fitting does it, and accuracy is measured on images never trained on.
#
# Next: [notebook 5, fashion_ladder](../fashion_ladder/fashion_ladder.ipynb): harder images, and one change at a time that reads more of them right.
