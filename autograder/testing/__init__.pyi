from .expectation import (
    Expectation as Expectation,
    expect as expect,
    expect_value as expect_value,
)
from .formatting import (
    N_ as N_,
    gettext as gettext,
    ngettext as ngettext,
    show as show,
)
from .hypothesis_cases import SEED as SEED
from .keras_oracles import (
    keras_layer as keras_layer,
    keras_parameters as keras_parameters,
    keras_shape as keras_shape,
)
from .layers import (
    compare_layers as compare_layers,
    expect_layers as expect_layers,
)
from .pictures import (
    Draw as Draw,
    Sliding as Sliding,
    beside as beside,
    losses_by_epoch as losses_by_epoch,
    positions as positions,
)
from .strategies import (
    Image as Image,
    Window as Window,
    images as images,
    integers_may_be_refused as integers_may_be_refused,
    kinds as kinds,
    numbers as numbers,
    windows as windows,
)
from .student_answers import crash_help as crash_help
from .student import Student as Student
from .layer_mistakes import Wanted as Wanted
