"""Recipes with every part that the kit accepts, by the name of the part."""

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

LOSS = "sparse_categorical_crossentropy"
Make = Callable[[], dict[str, Any]]


def recipe(*inner: Any, **more: Any) -> dict[str, Any]:
    """A recipe of one epoch: the layers, and an output; other arguments are those of compile()."""
    model = keras.Sequential([keras.Input((28, 28, 1)), *inner, layers.Flatten(), output()])
    return compiled(model, **more)


def output() -> Any:
    return layers.Dense(10, "softmax")


def compiled(model: keras.Model, *, entries: Any = None, **more: Any) -> dict[str, Any]:
    model.compile(**{"optimizer": "sgd", "loss": LOSS, "metrics": ["accuracy"], **more})
    return {"model": model, "epochs": 1, "batch_size": 64, **(entries or {})}


def functional(features: Callable[[Any], Any], **more: Any) -> dict[str, Any]:
    """A recipe by Keras's functional interface: `features` of the image, and an output."""
    image = keras.Input((28, 28, 1))
    return compiled(keras.Model(image, output()(layers.Flatten()(features(image)))), **more)


def conv(**more: Any) -> Any:
    return layers.Conv2D(4, 3, strides=3, **more)


class Residual(layers.Layer):
    """A residual unit, as books write it."""

    def __init__(self, filters: int) -> None:
        super().__init__()
        self.conv = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.norm, self.drop = layers.BatchNormalization(), layers.Dropout(0.3)
        self.shortcut = layers.Conv2D(filters, 1)

    def call(self, x: Any, training: bool = False) -> Any:
        y = ops.relu(self.norm(self.conv(x), training=training))
        return layers.add([self.drop(y, training=training), self.shortcut(x)])


class WithTensorFlow(Residual):
    """The same with functions of TensorFlow."""

    def call(self, x: Any, training: bool = False) -> Any:
        y = tf.nn.relu(self.norm(self.conv(x), training=training))
        y = tf.concat([y, tf.cast(self.shortcut(x), tf.float32)], axis=-1)
        return tf.reshape(y, [-1, 28 * 28 * 4])


class Network(keras.Model):
    """A subclassed model that nobody has built."""

    def __init__(self, unit: Any) -> None:
        super().__init__()
        self.unit, self.flat, self.out = unit, layers.Flatten(), output()

    def call(self, images: Any, training: bool | None = None) -> Any:
        return self.out(self.flat(self.unit(images, training=training)))


class OnlyInTraining(layers.Layer):
    """A layer that calls others under `if training:`."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.drop, self.noise = conv(), layers.Dropout(0.5), layers.GaussianNoise(0.5)

    def call(self, x: Any, training: bool = False) -> Any:
        if training:
            x = self.noise(x, training=training)
        x = self.conv(x)
        return self.drop(x, training=training) if training else x


class Block(keras.Sequential):
    """A subclass of Sequential."""

    def __init__(self) -> None:
        super().__init__([keras.Input((28, 28, 1)), conv(), layers.Flatten(), output()])


class Printing(keras.callbacks.Callback):
    """A callback that prints the learning rate, and counts."""

    def __init__(self) -> None:
        super().__init__()
        self.epochs = 0

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.last = logs
        self.epochs += 1
        print(self.epochs, float(self.model.optimizer.learning_rate), sorted(logs))


class WarmUp(keras.optimizers.schedules.LearningRateSchedule):
    """A schedule as tutorials write it: up in a straight line, then down; without get_config."""

    def __call__(self, step: Any) -> Any:
        step = tf.cast(step, tf.float32)
        return tf.minimum(0.02 * step, 0.3 * tf.math.rsqrt(step + 1))


class Halved(keras.optimizers.schedules.CosineDecay):
    """A subclass of one of Keras's schedules."""

    def __call__(self, step: Any) -> Any:
        return super().__call__(step) / 2


def own_swish(x: Any) -> Any:
    return x * keras.activations.sigmoid(x)


def attended(x: Any) -> Any:
    """Spatial attention: each pixel is multiplied by one number."""
    x = conv()(x)
    ends = [along(x, axis=-1, keepdims=True) for along in (ops.mean, ops.max, ops.min, ops.sum)]
    return x * layers.Conv2D(1, 3, padding="same", activation="sigmoid")(
        ops.concatenate(ends, axis=-1)
    )


def pooled_patches(x: Any) -> Any:
    patches = layers.Dense(4)(layers.Reshape((49, 16))(x))
    mean, largest = layers.GlobalAveragePooling1D(), layers.GlobalMaxPooling1D(keepdims=True)
    return layers.concatenate([mean(patches), layers.Flatten()(largest(patches))])


def adapted() -> Any:
    layer = layers.Normalization()
    layer.adapt(np.random.default_rng(0).random((8, 28, 28, 1)))
    return layer


def twice(x: Any) -> Any:
    pooling, activation = layers.MaxPooling2D(2), layers.ReLU()
    return activation(pooling(layers.Conv2D(2, 3)(activation(pooling(x)))))


def shared(x: Any) -> Any:
    """One convolution, one normalization and one dense layer, each at two places."""
    conv, norm, unit = (
        layers.Conv2D(4, 3, padding="same"),
        layers.BatchNormalization(),
        layers.Dense(4),
    )
    x = layers.Conv2D(4, 3, strides=3)(x)
    for _ in range(2):
        x = norm(conv(x))
    return layers.add([unit(x), layers.ReLU()(unit(layers.Permute((2, 1, 3))(x)))])


def squeezed(x: Any) -> Any:
    """Squeeze and excitation: each feature map is multiplied by one number."""
    x = conv()(x)
    weights = layers.GlobalAveragePooling2D(keepdims=True)(x)
    return layers.Multiply()([x, layers.Conv2D(4, 1, activation="sigmoid")(weights)])


def by_operators(x: Any) -> Any:
    x = conv()(x)
    weights = layers.Dense(4, "sigmoid")(ops.mean(x, axis=(1, 2)))
    return x * ops.reshape(weights, (-1, 1, 1, 4))


def joined(kind: Any, count: int = 2) -> Make:
    return lambda: functional(lambda x: kind()([conv()(x) for _ in range(count)]))


PARTS: dict[str, Make] = {
    "LeakyReLU": lambda: recipe(conv(), layers.LeakyReLU(negative_slope=0.1)),
    "PReLU": lambda: recipe(conv(), layers.PReLU(shared_axes=[1, 2]), conv(), layers.PReLU()),
    "ELU": lambda: recipe(conv(), layers.ELU(alpha=0.3)),
    "ReLU with arguments": lambda: recipe(conv(), layers.ReLU(6, 0.1, 0.2)),
    "activation as an object": lambda: recipe(
        conv(activation=layers.ELU(0.3)), conv(activation=layers.ReLU())
    ),
    "activation of TensorFlow": lambda: recipe(
        conv(activation=tf.nn.relu6), conv(activation=tf.nn.leaky_relu)
    ),
    "activations by name": lambda: recipe(conv(activation="mish"), conv(activation="hard_swish")),
    "activation of two operations": lambda: recipe(
        conv(activation=own_swish), layers.Activation(own_swish), layers.Dense(3, own_swish)
    ),
    "softmax of TensorFlow": lambda: compiled(
        keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Flatten(),
                # Probabilities below 1e-7, for whose loss Keras needs the logits.
                layers.Dense(
                    10,
                    tf.nn.softmax,
                    kernel_initializer=keras.initializers.RandomNormal(stddev=2.0),
                ),
            ]
        )
    ),
    "own function that is relu6": lambda: recipe(
        layers.Flatten(), layers.Dense(9, lambda x: tf.minimum(tf.maximum(x, 0.0), 6.0))
    ),
    "partial function as activation": lambda: recipe(
        conv(activation=partial(keras.activations.relu, max_value=0.5))
    ),
    "AlphaDropout": lambda: recipe(
        conv(activation="selu", kernel_initializer="lecun_normal"), layers.AlphaDropout(0.1)
    ),
    "GaussianNoise": lambda: recipe(layers.GaussianNoise(0.1), conv()),
    "GaussianDropout": lambda: recipe(conv(), layers.GaussianDropout(0.1)),
    "SpatialDropout2D": lambda: recipe(conv(), layers.SpatialDropout2D(0.2)),
    "SeparableConv2D": lambda: recipe(
        layers.SeparableConv2D(
            3, 3, dilation_rate=2, depth_multiplier=2, pointwise_regularizer="l2"
        )
    ),
    "Conv2DTranspose": lambda: recipe(conv(), layers.Conv2DTranspose(2, 3, 2, padding="same")),
    "dilation": lambda: recipe(
        layers.Conv2D(2, 3, dilation_rate=2), layers.DepthwiseConv2D(3, dilation_rate=(2, 3))
    ),
    "LayerNormalization": lambda: recipe(conv(), layers.LayerNormalization(epsilon=1e-6)),
    "GroupNormalization": lambda: recipe(conv(), layers.GroupNormalization(2)),
    "UnitNormalization": lambda: recipe(conv(), layers.UnitNormalization()),
    "BatchNormalization(axis=3)": lambda: recipe(
        conv(), layers.BatchNormalization(axis=3, momentum=0.9, gamma_initializer="zeros")
    ),
    "Reshape": lambda: recipe(layers.Reshape((14, -1, 4)), conv()),
    "Permute": lambda: recipe(layers.Permute((2, 1, 3)), conv()),
    "Resizing": lambda: recipe(layers.Resizing(32, 30), conv()),
    "CenterCrop": lambda: recipe(layers.CenterCrop(20, 20), conv()),
    "Cropping2D": lambda: recipe(layers.Cropping2D(((1, 2), (3, 4))), conv()),
    "ZeroPadding2D": lambda: recipe(layers.ZeroPadding2D(2), conv()),
    "RandomCrop": lambda: recipe(
        layers.ZeroPadding2D(2), layers.RandomCrop(28, 28), conv(), layers.GlobalAveragePooling2D()
    ),
    "UpSampling2D": lambda: recipe(conv(), layers.UpSampling2D(2, interpolation="bilinear")),
    "Identity": lambda: recipe(layers.Identity(), conv()),
    "Normalization with numbers": lambda: recipe(
        layers.Normalization(axis=None, mean=0.28, variance=0.12), conv()
    ),
    "Normalization adapted": lambda: recipe(adapted(), conv()),
    "Subtract": joined(layers.Subtract),
    "Average": joined(layers.Average, 3),
    "Maximum": joined(layers.Maximum),
    "Minimum": joined(layers.Minimum),
    "constants": lambda: functional(lambda x: conv()(1 - (x * 0.5 + 0.25) / 3)),
    "broadcasting": lambda: functional(squeezed),
    "Lambda of an operator": lambda: recipe(
        layers.Lambda(lambda x: (x - np.float32(0.28)) / np.float32(0.35)), conv()
    ),
    "BatchNormalization(axis=1)": lambda: recipe(conv(), layers.BatchNormalization(axis=1)),
    "keras.ops": lambda: functional(by_operators),
    "more of keras.ops": lambda: functional(
        lambda x: ops.concatenate(
            [
                ops.silu(conv()(x)),
                ops.leaky_relu(conv()(x), 0.1),
                ops.maximum(conv()(x), conv()(x)),
            ],
            axis=-1,
        )
    ),
    "attention by keras.ops": lambda: functional(attended),
    "pooling in one dimension": lambda: functional(pooled_patches),
    "He initializers": lambda: recipe(conv(kernel_initializer="he_normal")),
    "initializers with arguments": lambda: recipe(
        conv(
            kernel_initializer=keras.initializers.RandomNormal(stddev=0.1),
            bias_initializer=keras.initializers.Constant(0.1),
        ),
        conv(kernel_initializer=keras.initializers.VarianceScaling(2.0, "fan_out")),
    ),
    "regularizers": lambda: recipe(
        conv(kernel_regularizer=keras.regularizers.L2(0.001), activity_regularizer="l1"),
        layers.Dense(4, kernel_regularizer=keras.regularizers.L1L2(1e-4, 1e-3)),
    ),
    "activity regularizer before an activation": lambda: recipe(
        conv(activity_regularizer="l2"),
        layers.ReLU(),
        layers.Dense(4, activity_regularizer="l1"),
        layers.Activation("tanh"),
    ),
    "constraints": lambda: recipe(
        conv(kernel_constraint=keras.constraints.MaxNorm(0.5, axis=[0, 1, 2])),
        layers.Dense(4, kernel_constraint="unit_norm", bias_constraint="non_neg"),
    ),
    "trainable=False": lambda: recipe(
        conv(trainable=False), layers.BatchNormalization(trainable=False), layers.Dense(4)
    ),
    "own residual layer": lambda: recipe(Residual(2), Residual(4), layers.MaxPooling2D(4)),
    "layers under `if training`": lambda: recipe(OnlyInTraining()),
    "subclassed model with `if training`": lambda: compiled(Network(OnlyInTraining())),
    "own layer by the functional interface": lambda: functional(lambda x: Residual(2)(x)),
    "subclassed model that is not built": lambda: compiled(Network(Residual(2))),
    "subclassed model with TensorFlow": lambda: compiled(Network(WithTensorFlow(2))),
    "subclass of Sequential": lambda: compiled(Block()),
    "layers without weights used twice": lambda: functional(twice),
    "layers with weights used twice": lambda: functional(shared),
    "Sequential without Input": lambda: compiled(
        keras.Sequential([conv(), layers.Flatten(), output()])
    ),
    "build with a list": lambda: built_with_a_list(),
    "Adadelta": lambda: recipe(conv(), optimizer=keras.optimizers.Adadelta(1.0)),
    "Adagrad": lambda: recipe(conv(), optimizer="adagrad"),
    "Adamax": lambda: recipe(conv(), optimizer="adamax"),
    "Lion": lambda: recipe(conv(), optimizer=keras.optimizers.Lion(1e-3, weight_decay=0.01)),
    "moving average of weights": lambda: recipe(
        conv(), optimizer=keras.optimizers.SGD(use_ema=True, ema_overwrite_frequency=3)
    ),
    "gradient accumulation": lambda: recipe(
        conv(), optimizer=keras.optimizers.Adam(gradient_accumulation_steps=2)
    ),
    "categorical cross-entropy": lambda: recipe(conv(), loss="categorical_crossentropy"),
    "label smoothing": lambda: recipe(
        conv(), loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    ),
    "focal loss": lambda: recipe(
        conv(), loss=keras.losses.CategoricalFocalCrossentropy(alpha=0.5, gamma=1.0)
    ),
    "class weights of NumPy": lambda: recipe(
        conv(), entries={"class_weight": dict(enumerate(np.linspace(0.5, 2, 10)))}
    ),
    "class weights": lambda: recipe(conv(), entries={"class_weight": {0: 2.0, 6: 0.5}}),
    "schedule with boundaries": lambda: recipe(
        conv(),
        optimizer=keras.optimizers.SGD(
            keras.optimizers.schedules.PiecewiseConstantDecay([1.5, 2.0], [0.1, 0.05, 0.01])
        ),
    ),
    "own schedule": lambda: recipe(conv(), optimizer=keras.optimizers.SGD(WarmUp(), momentum=0.9)),
    "subclass of a schedule": lambda: recipe(
        conv(), optimizer=keras.optimizers.Adam(Halved(0.1, 9))
    ),
    "function as rate": lambda: recipe(conv(), optimizer=keras.optimizers.SGD(lambda: 0.05)),
    "RandomFlip": lambda: recipe(layers.RandomFlip("horizontal"), conv()),
    "RandomTranslation": lambda: recipe(layers.RandomTranslation(0.1, (-0.1, 0.2)), conv()),
    "RandomRotation": lambda: recipe(layers.RandomRotation(0.1, fill_mode="constant"), conv()),
    "RandomZoom": lambda: recipe(layers.RandomZoom(0.1), layers.RandomZoom(0.1, 0.2), conv()),
    "RandomShear": lambda: recipe(layers.RandomShear(0.1, (0.0, 0.2)), conv()),
    "RandomBrightness": lambda: recipe(layers.RandomBrightness(0.1, (0, 1)), conv()),
    "RandomContrast": lambda: recipe(layers.RandomContrast(0.1, (0, 1)), conv()),
    "RandomInvert": lambda: recipe(layers.RandomInvert(0.5, (0, 1)), conv()),
    "RandomSharpness": lambda: recipe(layers.RandomSharpness(0.5, (0, 1)), conv()),
    "RandomPosterization": lambda: recipe(layers.RandomPosterization(4, (0, 1)), conv()),
    "RandomGaussianBlur": lambda: recipe(layers.RandomGaussianBlur(0.5, 3, 1.0, (0, 1)), conv()),
    "RandomPerspective": lambda: recipe(layers.RandomPerspective(0.5), conv()),
    "RandomElasticTransform": lambda: recipe(
        layers.RandomElasticTransform(0.5, 0.1, value_range=(0, 1)), conv()
    ),
    "RandomErasing": lambda: recipe(layers.RandomErasing(value_range=(0, 1)), conv()),
    "Solarization": lambda: recipe(layers.Solarization(0.1, 0.1, (0, 1)), conv()),
    "AutoContrast": lambda: recipe(layers.AutoContrast((0, 1)), conv()),
    "Equalization": lambda: recipe(layers.Equalization((0, 1)), conv()),
    "augmentation as a model": lambda: recipe(
        keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1)]), conv()
    ),
    "colours": lambda: recipe(
        layers.Conv2D(3, 1, activation="sigmoid"),
        layers.RandomSaturation(0.5, (0, 1)),
        layers.RandomHue(0.5, (0, 1)),
        layers.RandomColorDegeneration(0.5, (0, 1)),
    ),
    "LearningRateScheduler": lambda: recipe(
        conv(),
        entries={
            "callbacks": [keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.9)]
        },
    ),
    "callbacks that watch": lambda: recipe(
        conv(),
        entries={
            "callbacks": [
                Printing(),
                keras.callbacks.TerminateOnNaN(),
                keras.callbacks.CSVLogger("log.csv"),
                keras.callbacks.ModelCheckpoint("best.keras", monitor="val_acc"),
            ]
        },
    ),
    "arguments of fit": lambda: recipe(
        conv(), entries={"validation_split": 0.1, "verbose": 0, "shuffle": True, "epochs": 1.0}
    ),
    "names of metrics": lambda: recipe(
        conv(),
        metrics=["acc", keras.metrics.SparseCategoricalAccuracy(name="mine")],
        entries={"callbacks": keras.callbacks.EarlyStopping("val_acc", patience=3)},
    ),
}


def built_with_a_list() -> dict[str, Any]:
    model = keras.Sequential([conv(), layers.Flatten(), output()])
    model.build([None, 28, 28, 1])
    return compiled(model)
