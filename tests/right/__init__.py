"""Right answers that do not look like the solution's.

They are the cells of the files in `cells/`. The label of an answer says how it is written.
Whatever the text of a question allows must earn all its points, however a student puts it.
"""
