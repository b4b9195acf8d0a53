"""Wrong solutions, one or more for each mistake that the graders recognize.

Each module has a `WRONG` catalogue. The label of an entry is the key of the help that a
student who made this mistake must be given.
"""
