"""All that touches untrusted code: sandbox, limits, wire format, executor and session.

Nothing in here imports graders, solutions or the gradebook.
"""


class SandboxUnavailable(Exception):
    """No sandbox can be had here; the message says why and what to do."""


class SandboxEnded(SandboxUnavailable):
    """Sandboxes can be had here, but that of one submission did not start, again and again."""


class SandboxBroken(SandboxUnavailable):
    """A sandbox started, and an attack got through."""
