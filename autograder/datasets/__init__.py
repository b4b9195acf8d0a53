"""Find, verify and load MNIST and Fashion-MNIST; never inside the sandbox.

The public names are in __init__.pyi. Each is imported at its first use: a command that only catches
DatasetUnavailable needs no NumPy.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
