"""Keras layers, schedules, callbacks and optimizers as validated data, inside and outside a sandbox.

Each class is named after its Keras class, and its fields are the arguments of that class, with
Keras's units and defaults. Shapes have no batch axis and the channels last, and the formulas are
those of Keras's documentation. __init__.pyi lists the public names; each is imported on first use.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
