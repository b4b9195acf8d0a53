"""Keep TensorFlow's start-up lines off the screen: its C++ code bypasses Python's sys.stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silence_stderr(path: str = os.devnull) -> Iterator[None]:
    """Redirect file descriptor 2 to the end of `path` within the context; exceptions propagate."""
    sys.stderr.flush()
    saved = os.dup(2)
    target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(target, 2)
    os.close(target)
    had_tensorflow = "tensorflow" in sys.modules
    try:
        yield
        if not had_tensorflow and "tensorflow" in sys.modules:
            # TensorFlow writes more lines when it first looks for graphics cards: let it do so here.
            sys.modules["tensorflow"].config.list_physical_devices()
    finally:
        sys.stderr.flush()
        os.dup2(saved, 2)
        os.close(saved)
