"""check() and hint() in a student's notebook, and the same checks on GitHub Actions."""
