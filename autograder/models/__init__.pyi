from .compiled import Compiled as Compiled
from .descent import (
    Descended as Descended,
    Descent as Descent,
)
from .model import (
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
