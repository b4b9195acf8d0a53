"""Visible graders: one pytest module an assignment, released with the notebooks.

They hold worked examples as plain values and never a formula: a student may read them.
"""
