from .activations import (
    ACTIVATIONS as ACTIVATIONS,
    Activation as Activation,
    ELU as ELU,
    LeakyReLU as LeakyReLU,
    PReLU as PReLU,
    ReLU as ReLU,
    Softmax as Softmax,
)
from .arguments import (
    Constant as Constant,
    Constraint as Constraint,
    GlorotNormal as GlorotNormal,
    GlorotUniform as GlorotUniform,
    HeNormal as HeNormal,
    HeUniform as HeUniform,
    Initializer as Initializer,
    L1 as L1,
    L1L2 as L1L2,
    L2 as L2,
    LecunNormal as LecunNormal,
    LecunUniform as LecunUniform,
    MaxNorm as MaxNorm,
    MinMaxNorm as MinMaxNorm,
    NonNeg as NonNeg,
    Ones as Ones,
    Orthogonal as Orthogonal,
    OrthogonalRegularizer as OrthogonalRegularizer,
    OtherArgument as OtherArgument,
    RandomNormal as RandomNormal,
    RandomUniform as RandomUniform,
    Regularizer as Regularizer,
    TruncatedNormal as TruncatedNormal,
    UnitNorm as UnitNorm,
    VarianceScaling as VarianceScaling,
    Zeros as Zeros,
)
from .augmentation import (
    AutoContrast as AutoContrast,
    Equalization as Equalization,
    RandomBrightness as RandomBrightness,
    RandomColorDegeneration as RandomColorDegeneration,
    RandomContrast as RandomContrast,
    RandomElasticTransform as RandomElasticTransform,
    RandomErasing as RandomErasing,
    RandomFlip as RandomFlip,
    RandomGaussianBlur as RandomGaussianBlur,
    RandomHue as RandomHue,
    RandomInvert as RandomInvert,
    RandomPerspective as RandomPerspective,
    RandomPosterization as RandomPosterization,
    RandomRotation as RandomRotation,
    RandomSaturation as RandomSaturation,
    RandomSharpness as RandomSharpness,
    RandomShear as RandomShear,
    RandomTranslation as RandomTranslation,
    RandomZoom as RandomZoom,
    Solarization as Solarization,
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
    Conv2D as Conv2D,
    Conv2DTranspose as Conv2DTranspose,
    DepthwiseConv2D as DepthwiseConv2D,
    SeparableConv2D as SeparableConv2D,
)
from .core import (
    AlphaDropout as AlphaDropout,
    Dense as Dense,
    Dropout as Dropout,
    Flatten as Flatten,
    GaussianDropout as GaussianDropout,
    GaussianNoise as GaussianNoise,
    SpatialDropout2D as SpatialDropout2D,
)
from .layers import (
    Layer as Layer,
    Other as Other,
)
from .merging import (
    Add as Add,
    Arithmetic as Arithmetic,
    Average as Average,
    Concatenate as Concatenate,
    Maximum as Maximum,
    Minimum as Minimum,
    Multiply as Multiply,
    Reduction as Reduction,
    Subtract as Subtract,
)
from .normalization import (
    BatchNormalization as BatchNormalization,
    GroupNormalization as GroupNormalization,
    LayerNormalization as LayerNormalization,
    Normalization as Normalization,
    Rescaling as Rescaling,
    UnitNormalization as UnitNormalization,
)
from .optimizers import (
    OPTIMIZERS as OPTIMIZERS,
    Optimizer as Optimizer,
)
from .pooling import (
    AveragePooling2D as AveragePooling2D,
    GlobalAveragePooling1D as GlobalAveragePooling1D,
    GlobalAveragePooling2D as GlobalAveragePooling2D,
    GlobalMaxPooling1D as GlobalMaxPooling1D,
    GlobalMaxPooling2D as GlobalMaxPooling2D,
    MaxPooling2D as MaxPooling2D,
)
from .schedules import (
    CosineDecay as CosineDecay,
    CosineDecayRestarts as CosineDecayRestarts,
    ExponentialDecay as ExponentialDecay,
    InverseTimeDecay as InverseTimeDecay,
    OtherSchedule as OtherSchedule,
    OwnSchedule as OwnSchedule,
    PiecewiseConstantDecay as PiecewiseConstantDecay,
    PolynomialDecay as PolynomialDecay,
    Schedule as Schedule,
)
from .shaping import (
    CenterCrop as CenterCrop,
    Cropping2D as Cropping2D,
    Identity as Identity,
    Permute as Permute,
    RandomCrop as RandomCrop,
    Reshape as Reshape,
    Resizing as Resizing,
    UpSampling2D as UpSampling2D,
    ZeroPadding2D as ZeroPadding2D,
)
