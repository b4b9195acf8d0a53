"""Objects of Keras as checked data: layers, schedules, callbacks, optimizers. Used on both sides.

Each class is named after its Keras class, and its fields are that class's arguments. Shapes are
without the batch axis, channels last; the formulas are those of Keras's documentation. The public
names stand in __init__.pyi; each is imported when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
