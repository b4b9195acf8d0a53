"""What starts, watches and ends a sandbox; no sandbox has it."""
