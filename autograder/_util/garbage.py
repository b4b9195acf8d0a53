"""How often Python looks for garbage in the kit's own processes, which hold many modules and little garbage."""

from __future__ import annotations

import atexit
import gc

_YOUNG = 50_000  # objects, instead of 700: a graded submission makes about 50,000
_FURTHER = 10


def collect_rarely() -> None:
    """Collect garbage less often in this process, and not when it ends.

    A collection looks at every object that imported modules made: 0.4 s with Keras. With Python's own
    thresholds an import of Keras takes a quarter longer, every third graded submission waits for a
    collection, and the end of the process for several. No collection looks at what there is now: a
    fork would also get its own copy of all the pages that hold it.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, _FURTHER, _FURTHER)
    atexit.register(gc.freeze)
