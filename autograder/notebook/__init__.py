"""check() and hint() in a student's notebook, and the same on GitHub Actions."""
