from .augmentation import (
    RandomErasing as RandomErasing,
    RandomFlip as RandomFlip,
    RandomRotation as RandomRotation,
    RandomTranslation as RandomTranslation,
)
from .base import (
    KerasObject as KerasObject,
    LayerData as LayerData,
    ShapeError as ShapeError,
)
from .callbacks import (
    Callback as Callback,
    EarlyStopping as EarlyStopping,
    OtherCallback as OtherCallback,
    ReduceLROnPlateau as ReduceLROnPlateau,
)
from .convolution import (
    AveragePooling2D as AveragePooling2D,
    Conv2D as Conv2D,
    DepthwiseConv2D as DepthwiseConv2D,
    GlobalAveragePooling2D as GlobalAveragePooling2D,
    GlobalMaxPooling2D as GlobalMaxPooling2D,
    MaxPooling2D as MaxPooling2D,
    ZeroPadding2D as ZeroPadding2D,
)
from .core import (
    Activation as Activation,
    BatchNormalization as BatchNormalization,
    Dense as Dense,
    Dropout as Dropout,
    Flatten as Flatten,
    ReLU as ReLU,
    Rescaling as Rescaling,
    Softmax as Softmax,
    SpatialDropout2D as SpatialDropout2D,
)
from .layers import (
    Layer as Layer,
    Other as Other,
)
from .merging import (
    Add as Add,
    Average as Average,
    Concatenate as Concatenate,
    Multiply as Multiply,
)
from .optimizers import (
    OPTIMIZERS as OPTIMIZERS,
    Optimizer as Optimizer,
)
from .schedules import (
    CosineDecay as CosineDecay,
    CosineDecayRestarts as CosineDecayRestarts,
    ExponentialDecay as ExponentialDecay,
    InverseTimeDecay as InverseTimeDecay,
    OtherSchedule as OtherSchedule,
    PiecewiseConstantDecay as PiecewiseConstantDecay,
    PolynomialDecay as PolynomialDecay,
    Schedule as Schedule,
)
