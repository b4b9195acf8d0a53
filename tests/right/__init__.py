"""Right solutions that do not look like the reference.

Each module has a `RIGHT` catalogue. The label of an entry says how it is written. Whatever
the text of a question allows must earn all its points, however a student puts it.
"""
