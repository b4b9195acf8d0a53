"""Feedback on an answer, as HTML, plain text and images."""
