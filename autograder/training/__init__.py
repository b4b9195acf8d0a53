"""Train recipes in a sandbox, cache the runs, and compute accuracy thresholds from them.

The public names are in __init__.pyi. Each is imported at its first use.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
