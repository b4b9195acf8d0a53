from .client import NotBuildable as NotBuildable
from .data import training_data as training_data
from .trainer import (
    Run as Run,
    Trainer as Trainer,
    software as software,
)
