"""The exception for a missing data set, apart from loading: to catch it imports no NumPy."""


class DatasetUnavailable(Exception):
    """No source has the data set, or a source has other data; the message says what to do."""
