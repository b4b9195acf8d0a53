"""Make notebooks from solutions: release, translation, the student kit, and their checks."""
