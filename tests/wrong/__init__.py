"""Wrong answers, one or more for each mistake that the graders recognize.

They are the cells of the files in `cells/`. The label of an answer is the key of the help that a
student who made this mistake must be given.
"""
