"""The wrong answers to assignment 5, the Fashion-MNIST ladder, for `autograder validate`."""

from tests.answers import catalogue

WRONG = catalogue("wrong", "fashion_ladder")
