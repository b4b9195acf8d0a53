"""Visible graders: one pytest module for each assignment, released with the notebooks.

Students may read them, so they contain worked examples as plain values and never a formula.
"""
