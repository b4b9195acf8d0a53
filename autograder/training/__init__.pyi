from .client import NotBuildable as NotBuildable
from .data import training_data as training_data
from .run import Run as Run
from .trainer import (
    Trainer as Trainer,
    software as software,
)
