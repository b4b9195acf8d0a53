"""Hidden graders: random cases held against the reference and Keras; never released."""
