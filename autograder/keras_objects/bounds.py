"""The largest network that is built and trained, so that no submission delays the grading of a class.

The largest network of the course has 13.1 million parameters and 50 million multiply-adds an image,
and is trained for 30 epochs.
"""

MAX_PARAMETERS = 20_000_000
MAX_MULTIPLY_ADDS = 200_000_000  # in the forward pass of one image
MAX_VALUES = 20_000_000  # that a layer puts out for one image
MAX_LAYERS = 100
MAX_READ_LAYERS = 500  # of a model that is read, if only to say that it is too large
