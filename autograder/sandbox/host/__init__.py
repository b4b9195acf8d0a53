"""Starts, watches and ends sandboxes. This code is not mounted in any sandbox."""
