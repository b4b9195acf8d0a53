"""Help for exceptions of Keras that frequent mistakes end in, whatever the question."""

from __future__ import annotations

KERAS_HELP = {
    "keras-shape": "A shape is one tuple, with brackets of its own: `keras.Input((28, 28, 1))`.",
    "keras-shape-alone": "A shape alone is no layer. Put it into `keras.Input(...)`.",
    "keras-one-layer": "`add` takes one layer at a time.",
    "keras-add": "A layer is put on top of a model by `model.add(...)`.",
    "keras-method": "A model has no such method. What is done to its data is a layer: `model.add(...)`.",
    "keras-no-layer": (
        "A function is no layer. An activation is an argument of the layer before, `activation=...`, or stands in "
        "`keras.layers.Activation(...)`."
    ),
    "keras-output": (
        "Of a `Sequential`, Keras knows them under other names: `model.inputs` and `model.outputs[0]`."
    ),
    "keras-called": (
        "A layer is made first, with its settings, and then called with what the layer before put out: "
        "`maps = keras.layers.Conv2D(...)(maps)`."
    ),
    "keras-input-twice": "The model has its input already. Leave the second `keras.Input` out.",
    "keras-channels": (
        "A layer, or a model, that was made for one shape reads another. Make a new layer for each place."
    ),
    "keras-rank": (
        "Images have height, width and channels. `Conv2D` reads them, `Conv1D` and `Conv3D` read other things; "
        "and the input's shape is these three numbers."
    ),
    "keras-filters": "`Conv2D` takes the number of filters first, then the size of the kernel.",
    "keras-two-sides": "A size has two numbers, (height, width). The channels are found out by Keras.",
    "keras-padding": 'The padding is `"valid"`, without zeros, or `"same"`.',
    "keras-format": (
        "A layer gets more arguments in a row than it needs, so that a number is taken for something else. Name "
        "them: `strides=...`, `padding=...`. `Flatten()` needs none."
    ),
    "keras-no-list": "`Sequential` takes its layers in one list: `keras.Sequential([..., ...])`.",
    "keras-layer-class": "That is the class of a layer. Call it to make one: `keras.layers.Flatten()`.",
    "keras-model-class": "That is the class of models. Call it to make one: `keras.Sequential()`.",
    "keras-function": "That is a function, not the model that it returns. Call it: `build_model()`.",
    "keras-layer-list": "A list of layers is no model. Make one of it: `keras.Sequential([..., ...])`.",
    "keras-none": (
        "What should be a model is `None`. `add()` and `compile()` change a model and return nothing: write "
        "each on a line of its own. And the function that makes the model must return it."
    ),
    "keras-module": (
        "Write where it stands: `keras.layers.Conv2D`, and so with each layer, but `keras.Input` and "
        "`keras.Sequential`."
    ),
    "keras-name": (
        "Keras has nothing of that name there. Look at capital and small letters: `Conv2D`, `MaxPooling2D`."
    ),
    "keras-strides": (
        "The third argument of a convolution is its strides. Name the argument: `activation=...`."
    ),
    "keras-activation": (
        "Keras knows no activation of that name. They have small letters: `relu`, `softmax`."
    ),
    "keras-too-small": (
        "The window is larger than the feature map that it reads. The shape of the input is (height, "
        "width, channels), and each convolution and each pooling layer makes it smaller."
    ),
    "keras-optimizer-class": (
        "That is the class of an optimizer. Call it, `keras.optimizers.SGD()`, or write its name: `sgd`."
    ),
    "keras-optimizer": (
        "Keras knows no optimizer of that name. The first argument of `compile` is one, such as `sgd` or "
        "`adam`."
    ),
    "keras-optimizer-argument": (
        "The optimizer has no argument of that name. The step size is its `learning_rate`."
    ),
    "keras-loss-class": (
        "That is the class of a loss. Write its name: `categorical_crossentropy`, or call the class to make one."
    ),
    "keras-recipe": 'That is a dict, and its model is one of its entries: `recipe["model"]`.',
    "keras-compile-argument": (
        "`compile` has no argument of that name. It takes `optimizer=...`, `loss=...` and `metrics=[...]`."
    ),
    "keras-fit-argument": (
        "`fit` has no argument of that name. It takes `epochs=...` and `batch_size=...`, besides images and labels."
    ),
    "keras-utils": "It stands in `keras.utils`: `keras.utils.to_categorical`.",
    "keras-loss-weights": (
        "The third argument of `compile` weighs losses. Name the argument: `metrics=[...]`."
    ),
    "keras-metrics": "Several metrics are possible, so they stand in a list: `metrics=[...]`.",
    "keras-not-compiled": "The model has not been compiled. `compile()` comes before `fit()`.",
    "keras-labels": "`fit` needs the labels too: `model.fit(images, labels, ...)`.",
    "keras-fit": "The method of a model that trains it is `fit`.",
    "keras-argument": (
        "The layer has no argument of that name. Look at its spelling: `kernel_size`, `pool_size`, `strides`, "
        "`padding`, `activation`."
    ),
    "keras-sizes": (
        "The layer lacks a number. `Conv2D` needs its filters and its kernel's size, `Dense` its units, `Dropout` "
        "its rate."
    ),
}
_KERAS_NAMES = "BatchNormalization|Conv2D|Dense|Dropout|Flatten|Input|MaxPooling2D|Sequential|layers|models|optimizers"
# What Keras 3 says -> the key of the help. The first that fits counts.
KERAS_KEYS = {
    r"Cannot convert '\d+' to a shape": "keras-shape",
    r"Only instances of `keras\.Layer` .* Received: \[<": "keras-one-layer",
    r"Only instances of `keras\.Layer` .* Received: [(\[]": "keras-shape-alone",
    r"Only instances of `keras\.Layer` .* Received: <function ": "keras-no-layer",
    r"Only instances of `keras\.Layer` .* Received: <class ": "keras-layer-class",
    r"Received: (name|trainable)=<\w+ name=": "keras-no-list",
    r"Sequential\.\w+\(\) missing 1 required positional argument: 'layer'": "keras-model-class",
    r"'function' object has no attribute '(add|compile|fit)'": "keras-function",
    r"'list' object has no attribute '(add|compile|fit)'": "keras-layer-list",
    r"'NoneType' object has no attribute '(add|compile|fit)'": "keras-none",
    rf"name '({_KERAS_NAMES})' is not defined": "keras-module",
    r"module 'keras(\.\w+)?' has no attribute ": "keras-name",
    r"The `strides` argument must be .* Received strides=[a-z]": "keras-strides",
    r"Could not interpret activation function identifier": "keras-activation",
    r"Computed output size would be zero or negative": "keras-too-small",
    r"Could not interpret optimizer identifier: <class ": "keras-optimizer-class",
    r"Could not interpret optimizer identifier": "keras-optimizer",
    r"Received instead: loss_weights=": "keras-loss-weights",
    r"Received instead: metrics=": "keras-metrics",
    r"Argument\(s\) not recognized": "keras-optimizer-argument",
    r"\.get_config\(\) missing 1 required positional argument: 'self'": "keras-loss-class",
    r"'dict' object has no attribute '(compile|fit|layers|summary)'": "keras-recipe",
    r"\.compile\(\) got an unexpected keyword argument": "keras-compile-argument",
    r"\.fit\(\) got an unexpected keyword argument": "keras-fit-argument",
    r"name '(to_categorical|set_random_seed)' is not defined": "keras-utils",
    r"You must call `compile\(\)` before": "keras-not-compiled",
    r"ValueError: None values not supported": "keras-labels",
    r"'(Sequential|Functional)' object has no attribute 'train'": "keras-fit",
    r"Unrecognized keyword arguments passed to": "keras-argument",
    r"(Conv2D|Dense|Dropout)\.__init__\(\) missing ": "keras-sizes",
    r"'(Sequential|Functional)' object has no attribute '(append|extend|insert)'": "keras-add",
    r"unsupported operand type\(s\) for \+=?: '(Sequential|Functional)'": "keras-add",
    r"'(Sequential|Functional)' object has no attribute '([fF]latten|Conv2D|[dD]ense|relu|softmax)'": "keras-method",
    r"has never been called and thus has no defined (in|out)put": "keras-output",
    r"Only input tensors may be passed as positional arguments": "keras-called",
    r"A symbolic KerasTensor cannot be used as a boolean": "keras-called",
    r"has already been configured to use input shape": "keras-input-twice",
    r"(expected axis -1 of input shape to have value|incompatible with the layer: expected shape=)": "keras-channels",
    r"Kernel shape must have the same length as input": "keras-rank",
    r"of layer 'conv[13]d\w*' is incompatible with the layer": "keras-rank",
    r"'<=' not supported between instances of 'tuple' and 'int'": "keras-filters",
    r"argument must be a tuple of 2 integers": "keras-two-sides",
    r"The `padding` argument must be": "keras-padding",
    r"'int' object has no attribute 'lower'": "keras-format",
    r"The `data_format` argument must be one of": "keras-format",
}
