"""The help of assignment 5, Fashion ladder: what is said about each known mistake."""

from __future__ import annotations

HELP = {
    "rung-optimizer-sgd": 'This rung is trained with plain gradient descent, `"sgd"`.',
    "rung-optimizer-adam": 'This is the rung on which the optimizer changes: `"adam"`.',
    "rung-rate": "The learning rate is not Keras's default. Give the optimizer by its name alone.",
    "rung-settings": "Only the optimizer's name is asked for: leave its other settings as Keras has them.",
    "rung-rates-missing": (
        'The learning rate stays the same. Give `"learning_rates"`, a list with one for each epoch.'
    ),
    "rung-rates-first": "The first epoch has the full rate: count the epochs from 0.",
    "rung-rates-count": "There must be one learning rate for each epoch.",
    "rung-schedule": (
        "Compile with the name of the optimizer alone, and write the rate of each epoch into "
        '`"learning_rates"`.'
    ),
    "rung-callbacks": "This rung is trained through all of its epochs. Leave the callbacks out.",
    "rung-rates-callback": (
        'Write what the `LearningRateScheduler` computes into `"learning_rates"`, a rate for each epoch.'
    ),
    "rung-epochs": "This rung is trained for 5 epochs.",
    "rung-epochs-long": "This rung is trained for 30 epochs.",
    "rung-batch": 'The batch size is the default of Keras, 32. Leave `"batch_size"` out.',
    "rung-one-hot-loss": (
        "The labels are plain numbers here, not one-hot: the loss is `sparse_categorical_crossentropy`."
    ),
    "rung-other-loss": (
        "The loss that compares probabilities with labels from 0 to 9 is "
        "`sparse_categorical_crossentropy`."
    ),
    "rung-softmax-and-logits": (
        "Softmax has made probabilities already, and these are no logits: leave `from_logits` out."
    ),
    "rung-no-softmax": 'The last layer needs the activation `"softmax"` to put out probabilities.',
    "rung-scaled-twice": (
        "The kit trains on pixels from 0 to 1 already; dividing by 255 again makes them almost black."
    ),
    "rung-too-large": (
        "Most of the size usually stands in one dense layer, or in convolutions before any pooling. "
        "Make the feature maps smaller first."
    ),
    "rung-does-not-learn": (
        "The network does not even learn a single batch. Look at the learning rate, "
        "the activations, and the scale of what goes in."
    ),
    "rung-frozen": "A layer is not trained: its `trainable` is `False`. Leave it out, and it is `True`.",
    "rung-not-compiled": "Compile the model before you return it.",
    "rung-nothing": (
        "The function returns nothing. End it with `return` and the dict; `compile()` itself returns nothing."
    ),
    "rung-compile-returned": (
        "`compile()` returns nothing. Compile the model on a line of its own, and put the model into the dict."
    ),
    "rung-model-only": 'Return a dict, `{"model": model, "epochs": 5}`, not the model alone.',
    "split-from-first": (
        "You began with the first image. The first one held back is the last of the first group."
    ),
    "split-last-part": "You held back the end. Hold back the last image of each group instead.",
    "split-still-trained": "The images that are held back are still among those trained on.",
    "split-exchanged": "Training and validation are exchanged: training comes first.",
    "split-not-pairs": "Return two pairs, `(images, labels)` twice, not four arrays in a row.",
    "split-pairs-mixed": (
        "Each pair holds images and their labels: the first pair those trained on, the second those held back."
    ),
    "split-delete-axis": (
        "Without an axis, `np.delete` makes one row of all pixels: `np.delete(images, places, axis=0)`."
    ),
    "loss-of-others": (
        "You took probabilities of other classes, too. Take one number for each image, that of its own class: "
        "`probabilities[np.arange(len(labels)), labels]`."
    ),
    "loss-mean-of-all": (
        "You took the mean over the classes, too. Each image has one loss; take the mean over the images."
    ),
    "loss-not-averaged": "That is the loss of each image. Take the mean: `np.mean`.",
    "loss-of-each-image": (
        "These are two numbers for each image. The loss and the accuracy are their means: `np.mean`."
    ),
    "loss-log-of-mean": "You took the logarithm of the mean. Take the logarithms first, then their mean.",
    "accuracy-argmax-axis": (
        "Without an axis, `np.argmax` returns one place of the whole array. `axis=1` gives one class for each image."
    ),
    "loss-sum": "You added the losses up. The loss is their mean.",
    "loss-sign": "The logarithm of a probability is negative. The loss is its negative, a positive number.",
    "loss-log10": "That is the logarithm to base 10. Cross-entropy takes the natural one, `np.log`.",
    "loss-log2": "That is the logarithm to base 2. Cross-entropy takes the natural one, `np.log`.",
    "loss-of-guess": (
        "You took the highest probability. The loss asks for the one of the image's own class."
    ),
    "accuracy-percent": "The accuracy is a share from 0 to 1 here, not per cent.",
    "accuracy-count": "You counted the right ones. Divide by the number of images.",
    "loss-exchanged": "Return the loss first, then the accuracy.",
    "epoch-from-zero": "You counted the epochs from 0. The first one is 1.",
    "epoch-of-largest": "That is where the loss was highest. Look for the lowest.",
    "epoch-last": "That is the last epoch. The loss may have been lower before.",
    "epoch-of-equals": "Several epochs share the lowest loss. Take the first.",
    "epoch-loss-itself": "That is the loss. The question asks for the epoch.",
    "own-nothing": "The function returns nothing. End it with `return` and the model.",
    "own-history": "That is what `fit()` returns, the `History`. Return the model itself.",
    "own-guessing": (
        "That is hardly better than guessing. Was the model trained at all, long enough, and on the "
        "pixels as they are given?"
    ),
    "own-slow": "Plain gradient descent learns slowly. Train for more epochs, or compile with Adam.",
    "own-too-few-units": "There are ten classes, so the last layer needs ten units.",
    "own-labels-changed": "The labels go from 0 to 9. Give `fit` the labels as they come in.",
    "own-usual-numbers": (
        "The model classifies the clothes of Fashion-MNIST, by their usual labels. Train on the "
        "images and labels that are given."
    ),
    "mistakes-least-sure": "These are the ones it is least sure of. Begin at the other end.",
    "mistakes-right-ones": "Rightly classified images are among these. Keep only the wrong ones.",
    "mistakes-surest-last": (
        "The surest one stands last. `np.argsort` sorts upwards: negate the numbers to sort downwards."
    ),
    "mistakes-in-order": "These are the first mistakes, not the surest. Sort by probability.",
    "mistakes-own-class": (
        "You sorted by the probability of the image's own class. The highest probability says how "
        "sure the network is."
    ),
    "mistakes-among-wrong": (
        "You counted among the wrong images only. The positions are those in the whole array."
    ),
    "mistakes-probabilities": "These are the probabilities. The question asks for the positions of the images.",
    "mistakes-all": "These are all mistakes. Only `count` of them are asked for.",
    "matrix-transposed": "Rows and columns are exchanged: the true class is the row.",
    "matrix-shares": "These are shares. The matrix counts images.",
    "matrix-diagonal": "You counted the right answers only. Count every image.",
    "matrix-wrong-only": "You counted the wrong answers only. The right ones stand on the diagonal.",
    "matrix-outer": (
        "You paired each label with every prediction. `zip(labels, predicted)` goes through both together."
    ),
    "matrix-ten-classes": "Your matrix is always 10 x 10. `classes` says how many classes there are.",
    "matrix-once": (
        "Each pair is counted once, however often it occurs: `m[labels, predicted] += 1` writes "
        "every place only once. `np.add.at(m, (labels, predicted), 1)` counts them all, and so "
        "does a loop."
    ),
    "matrix-rows-shared": (
        "All rows are equal: `[[0] * n] * n` has one and the same row n times. Make an array, "
        "`np.zeros((n, n), int)`."
    ),
    "matrix-too-small": "The matrix has a row for each class, also for one that does not occur.",
}

# A part of what Keras or TensorFlow says when `train` calls fit() -> help.
TRAINING_CRASHES = {
    "must have the same rank": HELP["rung-one-hot-loss"],
    "Incompatible shapes: [": HELP["rung-other-loss"],
    "compile_loss/": HELP["rung-other-loss"],
    "outside the valid range of [0, 10)": HELP["own-labels-changed"],
    "outside the valid range of [0, ": HELP["own-too-few-units"],
}
