"""The command line."""

INSTALL = "autograder: grading needs more than a notebook. Install cnn-exercises[course]"
