"""The help of assignment 3, Parameters: what is said about each known mistake."""

from __future__ import annotations

HELP = {
    "conv-bias-forgotten": "The biases are missing: each filter has one.",
    "conv-one-bias": "You gave the whole layer one bias. Each filter has its own.",
    "conv-bias-per-channel": (
        "You counted a bias for each input channel. A filter sums over all its channels and adds "
        "one bias at the end."
    ),
    "use-bias-ignored": "With `use_bias=False` there are no biases, but your function counts them.",
    "bias-precedence": (
        "Without biases you return 0: `a + b if use_bias else 0` is `(a + b) if use_bias else 0`. Put brackets "
        "around the part that is about biases."
    ),
    "input-channels-forgotten": (
        "The input channels are missing. A filter has a weight for each pixel of its window in "
        "**each** channel of the input."
    ),
    "conv-bias-per-channel-of-each-filter": (
        "You counted a bias for each channel of each filter. A filter sums over all its channels and "
        "adds one bias at the end."
    ),
    "filters-forgotten": "This is one filter only. A layer has as many as `filters` says.",
    "filters-only-biases": (
        "You counted the biases of all filters, but the weights of one only. Each filter has "
        "weights of its own."
    ),
    "kernel-height-twice": (
        "You used the kernel's height for both sides. A kernel need not be square: "
        "`kernel_size[1]` is its width."
    ),
    "kernel-width-twice": (
        "You used the kernel's width for both sides. A kernel need not be square: "
        "`kernel_size[0]` is its height."
    ),
    "image-size": (
        "You counted a weight for each pixel of the image. A filter has a weight for each pixel of "
        "its own window, and the same ones at every position."
    ),
    "conv-bias-per-pixel": (
        "You counted a bias for each pixel of a filter's window. A filter adds one bias, however large its window "
        "is: multiply first, then add."
    ),
    "conv-kernel-added": (
        "You added the sides of the kernel. A kernel of 3 x 2 has six pixels, not five: multiply."
    ),
    "conv-network-kernel": (
        "You count a kernel of 5 x 5, as this network has. Take the sides from `kernel_size`."
    ),
    "conv-biases-alone": (
        "These are the biases alone. `count =+ filters` makes `count` equal to `filters`; `count += filters` adds."
    ),
    "pool-counted": (
        "Your answer counts something as a parameter. Pooling picks values out of a block; "
        "it has no weights and no biases, so there is nothing to learn."
    ),
    "flatten-channels-only": (
        "These are the channels only. Flattening keeps every value of every channel."
    ),
    "flatten-channels-forgotten": (
        "The channels are missing: each pixel has a value in every channel, and all are kept."
    ),
    "flatten-sum": "You added the sizes. Three rows of four boxes are twelve boxes, not seven.",
    "flatten-three-sides": (
        "You take three sides apart, but a shape may have any length. Go through its entries in a loop."
    ),
    "flatten-zero": "A product that begins with 0 stays 0. Begin with 1.",
    "flatten-length": "This is how many sides the shape has. Multiply the sides themselves.",
    "flatten-first-side": (
        "This is the first side alone. A `return` inside the loop ends the function in the first round."
    ),
    "flatten-first-forgotten": (
        "The first side is missing: `range(1, n)` and `shape[1:]` begin with the second."
    ),
    "flatten-tuple": "This is a shape. The question asks for the number itself, an `int`.",
    "dense-bias-forgotten": "The biases are missing: each unit has one.",
    "dense-one-bias": "You gave the whole layer one bias. Each unit has its own.",
    "dense-bias-per-input": "You counted a bias for each input. The biases belong to the units.",
    "dense-one-unit": "This is one unit only. Each unit has its own weights and its own bias.",
    "dense-added": "You added inputs and units. Each unit has a weight for **each** input: multiply.",
    "totals-not-cumulative": (
        "These are the layers' own counts. A running total adds all the layers before it."
    ),
    "totals-last-only": (
        "This is the grand total alone. The question asks for the total after each layer, in a list."
    ),
    "totals-one-behind": (
        "Your list is one layer behind: the total after a layer includes that layer."
    ),
    "totals-with-zero": (
        "Your list begins with a 0 and is one too long: there is a total after each layer, and none before the "
        "first."
    ),
    "totals-place-before-first": (
        "The first total is wrong: before place 0, `[place - 1]` is the last one, since negative places count "
        "from the end."
    ),
    "totals-neighbours": (
        "You added to each count the one before it. A running total adds **all** the layers before: keep the sum "
        "in a variable."
    ),
    "totals-layers-left-out": (
        "There are fewer than six numbers. Layers with nothing to learn are listed, too: there the total stays "
        "what it was."
    ),
    "dense-before-pool": (
        "The dense layer is counted as if it read the output of `conv2`. The row comes from `pool2`."
    ),
    "totals-array": "This is a NumPy array with the right numbers. Make it a list: `.tolist()`.",
    "activation-channels-forgotten": (
        "The channels are missing: a layer puts out a value for every pixel of every channel."
    ),
    "activation-channels-only": (
        "These are the last entries of the shapes. The output has a value for each pixel, too."
    ),
    "activation-shapes": "These are the shapes. The question asks how many values each of them has.",
    "activation-bytes": (
        "You multiplied by 4. The question asks for the number of values, not of bytes."
    ),
    "activation-of-network": (
        "You counted `OUTPUT_SHAPES`, the notebook's own. Count the `shapes` that your function is given."
    ),
    "memory-named-parameters": (
        "That layer has the most parameters. Memory for outputs depends on the output's shape: "
        "count its values."
    ),
    "parameters-named-memory": (
        "That layer has the largest output. Its filters look at one channel only, so it has few "
        "parameters."
    ),
    "memory-wrong-layer": (
        "Another layer puts out more values. Compute `activation_sizes(OUTPUT_SHAPES)` and compare."
    ),
    "parameters-wrong-layer": (
        "Another layer has more parameters. See by how much `network_totals` grows at each layer."
    ),
    "dense-largest": (
        "Dense layers often have the most parameters, but this one is small: pooling has left it "
        "few inputs. Compare its count with those of the convolutional layers."
    ),
    "no-such-layer": "Write the name of a layer as a text, exactly as in the table at the top.",
}
