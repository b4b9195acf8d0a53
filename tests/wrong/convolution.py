"""The wrong answers to assignment 1, Convolution, for `autograder validate`."""

from tests.answers import catalogue

WRONG = catalogue("wrong", "convolution")
