"""The help of assignment 4, Two-layer CNN: what is said about each known mistake."""

from __future__ import annotations

HELP = {
    "absolute": "Negative numbers have become positive. ReLU puts 0 in their place.",
    "positives-lost": "You kept the negative numbers. ReLU keeps the others.",
    "mask-returned": (
        "This says only which numbers are positive. Return the numbers themselves there, and 0 elsewhere."
    ),
    "negatives-left-out": (
        "The negative numbers are left out, and with them the shape of the array. Put 0 in their place."
    ),
    "largest-along-axis": (
        "`np.max(array, 0)` is the largest number along axis 0. `np.maximum` compares each number with another."
    ),
    "unchanged": (
        "The negative numbers are still there. `==` compares and changes nothing; in a loop, `x = 0` changes the "
        "name `x` alone, and not the array."
    ),
    "two-axes": (
        "You go through two axes, but an array may have any number of them. NumPy's functions work on arrays of "
        "any shape."
    ),
    "one-row": (
        "Each number has become 1: it is divided by itself. The array of one image has no rows to loop through. "
        "With `axis=-1`, one line serves for one row and for several."
    ),
    "class-returned": "This is the class of the largest number. Return the probability of each class.",
    "not-divided": (
        "These are the powers of e, and they do not add up to one. Divide each by the sum of its row."
    ),
    "divided-by-largest": (
        "The largest number of each row has become 1. Divide the powers by their sum, too."
    ),
    "without-powers": (
        "You divided the numbers themselves by their sum. Take e to the power of each number first."
    ),
    "negative-powers": (
        "The smallest number has the largest probability: the sign of the exponent is wrong."
    ),
    "sum-of-all": (
        "All rows together add up to one. Each row is an image: divide by the sum of the row, `axis=-1`."
    ),
    "sum-of-columns": (
        "The columns add up to one. Each row is an image: divide by the sum of the row, `axis=-1`."
    ),
    "lost-axis": (
        "The sums, or the largest numbers, have lost their last axis, and are no longer in line "
        "with their rows. `keepdims=True` keeps it."
    ),
    "axis-one": (
        "The numbers of one image have axis 0 only. `axis=-1` is the last one, for one row and for several."
    ),
    "overflow": (
        "`nan` appears where a power of e became infinite, or all powers of a row became 0. "
        "Before you take the powers, subtract the largest number of each row from the numbers of "
        "this row."
    ),
    "largest-of-all": (
        "You subtracted the largest number of all rows. In a row that lies far below it, all "
        "powers become 0. Subtract the largest number of each row: `axis=-1`."
    ),
    "mean-subtracted": (
        "You subtracted the mean of each row. Where the numbers of a row lie far apart, the power of "
        "the largest still becomes infinite. Subtract the largest number of each row."
    ),
    "smallest-subtracted": (
        "You subtracted the smallest number of each row. Where the numbers of a row lie far apart, the "
        "powers of the others become infinite. Subtract the largest number of each row."
    ),
    "not-a-pair": "Return both, the images and the labels: `return a, b`.",
    "no-channel-axis": "The channel axis is missing: one more axis, of length one, at the end.",
    "channel-axis-first": "The channel axis stands before the pixels. Keras has it at the end.",
    "number-of-images": (
        "A fixed number of images is written in your function, but it gets other numbers of them, "
        "too: write `len(images)`, or `-1`, in its place."
    ),
    "flattened": "The pixels stand in one row. Keep height and width: (images, 28, 28, 1).",
    "one-image": (
        "The function gets several images, and you ask for the shape of one. The number of images stands first: "
        "`(-1, 28, 28, 1)`."
    ),
    "pair-exchanged": "You exchanged the two: return the images first, then the labels.",
    "images-in-list": (
        "The images stand in a list. NumPy divides a whole array at once: `images / 255`, without a loop."
    ),
    "own-largest": (
        "You divided by the largest pixel that these images happen to have. 255 is the largest possible one, and "
        "the same for all images."
    ),
    "divided-by-256": "You divided by 256. The largest possible pixel is 255, and it becomes 1.",
    "unscaled": "The pixels still run to 255. Divide them, so that they lie between 0 and 1.",
    "whole-numbers": (
        "Only whole numbers are left: 51 of 255 is a fifth, and you get 0. Change the type first "
        "and divide with `/`, not `//`."
    ),
    "float64": (
        "The pixels are `float64`, which takes twice the memory. Convert to `float32` before you divide."
    ),
    "not-one-hot": "The labels are still plain numbers. Make each one a row of ten.",
    "too-few-classes": (
        "The rows end at the largest label that happened to be there. Tell `to_categorical` that "
        "there are ten classes."
    ),
    "compile-returned": "`compile()` itself returns `None`. Return the model on a line of its own.",
    "not-compiled": "The model comes back without having been compiled.",
    "optimizer": 'The question asks for stochastic gradient descent, `"sgd"`.',
    "sparse-loss": (
        "This loss wants labels as plain numbers. Yours are one-hot: take `categorical_crossentropy`."
    ),
    "regression-loss": (
        "This loss measures how far numbers are apart. For probabilities of classes take "
        "`categorical_crossentropy`."
    ),
    "binary-loss": (
        "This loss is for answers of yes or no. For ten classes take `categorical_crossentropy`."
    ),
    "no-loss": "`compile` is given no loss: `loss=...`.",
    "own-loss": (
        "This loss is a function of your own, and it computes another number. Give `compile` the "
        "name of Keras's: `categorical_crossentropy`."
    ),
    "logits": "With `from_logits=True` the loss expects no softmax, but the network ends in one.",
    "no-accuracy": 'The accuracy is not among the metrics: `metrics=["accuracy"]`.',
    "unknown-metric": (
        "Keras knows no metric of that name; it looks for it only when the training begins. All that "
        'is asked for is `metrics=["accuracy"]`.'
    ),
    "sparse-metric": (
        "A metric does not fit the labels, which are one-hot rows. One whose name begins with `sparse_` "
        "wants plain numbers. Take `accuracy`."
    ),
    "as-given": (
        "Give `fit` the images first, then the labels, both as your function gets them: they are prepared "
        "already."
    ),
    "history-returned": "Return what `fit` returns: the `History`.",
    "epochs-default": "The question asks for 5 epochs. Without `epochs=...` Keras trains for one.",
    "batch-default": (
        "The question asks for batches of 100. Without `batch_size=...` Keras takes 32 images."
    ),
    "compiled-step": (
        "The compiled model does not learn as the question asks. Compile the model that you are given, "
        "with the loss and the optimizer as Keras makes them, and let all layers be trained."
    ),
    "learning-rate": (
        "At this learning rate nothing is learned: the steps are far too small or too large. "
        "Leave it out, and Keras takes 0.01."
    ),
}

# A part of what NumPy says to a wrong axis in softmax -> help.
SOFTMAX_CRASHES = {
    "could not be broadcast": HELP["lost-axis"],
    "axis 1 is out of bounds": HELP["axis-one"],
}
# A part of what Keras says to other images or labels than those that `train` is given -> help.
TRAIN_CRASHES = {
    "must have the same rank": HELP["as-given"],
    "input has incompatible shape": HELP["as-given"],
}
# A part of what NumPy says to `prepare` -> help.
PREPARE_CRASHES = {
    "into shape (60000": HELP["number-of-images"],
    "into shape (28,28": HELP["one-image"],
}
# A part of what Python says where a loop takes a second axis that is not there -> help.
RELU_CRASHES = {
    "tuple index out of range": HELP["two-axes"],
    "not enough values to unpack": HELP["two-axes"],
    "too many values to unpack": HELP["two-axes"],
}
