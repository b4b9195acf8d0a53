"""The wrong answers to assignment 4, Two-layer CNN, for `autograder validate`."""

from tests.answers import catalogue

WRONG = catalogue("wrong", "two_layer_cnn")
