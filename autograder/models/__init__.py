"""Keras models, layers, callbacks and training recipes as checked data."""
