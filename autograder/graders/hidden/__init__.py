"""Hidden graders: random cases compared with the reference solution and Keras; never released."""
