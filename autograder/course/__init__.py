"""The course on disk: settings, solution files, questions, the reference solution."""
