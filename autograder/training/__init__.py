"""Train recipes in a sandbox, keep the runs, and compute the accuracy bars from them."""
