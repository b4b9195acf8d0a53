"""The wrong answers to assignment 2, Pooling, for `autograder validate`."""

from tests.answers import catalogue

WRONG = catalogue("wrong", "pooling")
