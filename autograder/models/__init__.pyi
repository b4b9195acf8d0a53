from .callbacks import (
    CosineDecay as CosineDecay,
    CosineDecayRestarts as CosineDecayRestarts,
    EarlyStopping as EarlyStopping,
    ExponentialDecay as ExponentialDecay,
    InverseTimeDecay as InverseTimeDecay,
    PiecewiseConstantDecay as PiecewiseConstantDecay,
    PolynomialDecay as PolynomialDecay,
    ReduceLROnPlateau as ReduceLROnPlateau,
)
from .descent import (
    Descended as Descended,
    Descent as Descent,
)
from .layers import (
    Activation as Activation,
    Add as Add,
    Average as Average,
    AveragePooling2D as AveragePooling2D,
    BatchNormalization as BatchNormalization,
    Concatenate as Concatenate,
    Conv2D as Conv2D,
    Dense as Dense,
    DepthwiseConv2D as DepthwiseConv2D,
    Described as Described,
    Dropout as Dropout,
    Flatten as Flatten,
    GlobalAveragePooling2D as GlobalAveragePooling2D,
    GlobalMaxPooling2D as GlobalMaxPooling2D,
    Layer as Layer,
    MaxPooling2D as MaxPooling2D,
    Multiply as Multiply,
    Other as Other,
    RandomErasing as RandomErasing,
    RandomFlip as RandomFlip,
    RandomRotation as RandomRotation,
    RandomTranslation as RandomTranslation,
    ReLU as ReLU,
    Rescaling as Rescaling,
    ShapeError as ShapeError,
    Softmax as Softmax,
    SpatialDropout2D as SpatialDropout2D,
    ZeroPadding2D as ZeroPadding2D,
)
from .model import (
    Compiled as Compiled,
    HistoryData as HistoryData,
    ModelData as ModelData,
    Trained as Trained,
)
from .recipe import (
    Recipe as Recipe,
    check_model as check_model,
    read_recipe as read_recipe,
)
from .recipe_rules import RecipeRefused as RecipeRefused
