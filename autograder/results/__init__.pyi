from .rungs import ladder_rungs as ladder_rungs
from .outcome import (
    Mismatch as Mismatch,
    NotAttempted as NotAttempted,
    Status as Status,
    StudentCrash as StudentCrash,
)
from .pictures import (
    TRAINING as TRAINING,
    VALIDATION as VALIDATION,
    Confusion as Confusion,
    Curves as Curves,
    Images as Images,
    Ladder as Ladder,
    Picture as Picture,
    whole_tenths as whole_tenths,
)
from .record import TrainedRun as TrainedRun
from .thresholds import (
    Threshold as Threshold,
    judge as judge,
    recorded as recorded,
    article_accuracies as article_accuracies,
    thresholds_of as thresholds_of,
)
