"""One submission in, one grade record out."""
