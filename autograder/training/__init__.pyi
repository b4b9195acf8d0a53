from .client import NotBuildable as NotBuildable
from .trainer import (
    Run as Run,
    Trainer as Trainer,
    software as software,
    training_data as training_data,
)
