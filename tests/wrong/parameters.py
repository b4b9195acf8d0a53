"""The wrong answers to assignment 3, Parameters, for `autograder validate`."""

from tests.answers import catalogue

WRONG = catalogue("wrong", "parameters")
