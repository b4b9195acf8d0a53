"""Grading of one submission: a submission in, a grade record out."""
