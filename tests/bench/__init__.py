"""Benchmarks: printed when run by hand, never part of the tests."""
