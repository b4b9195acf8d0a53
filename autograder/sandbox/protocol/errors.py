"""Exceptions: sandboxes that cannot be started or do not hold, and data that is refused."""


class SandboxUnavailable(Exception):
    """No sandbox can be started on this machine; the message says why and what to do."""


class SandboxEnded(SandboxUnavailable):
    """Sandboxes work on this machine, but that of one submission repeatedly did not start."""


class SandboxBroken(SandboxUnavailable):
    """A sandbox started, but did not stop an attack."""


class ValueRefused(Exception):
    """The data is not a value in this format, or exceeds a limit."""
