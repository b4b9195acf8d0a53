"""The protocol between a sandbox and its host: frames, values, limits. Both sides import it."""
