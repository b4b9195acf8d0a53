"""The process that has TensorFlow imported, and forks into each new sandbox."""
