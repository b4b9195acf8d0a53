"""Solutions become notebooks: release, translation, the student kit, and their checks."""
