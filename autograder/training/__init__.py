"""Train recipes in a sandbox, keep the runs, and compute the accuracy thresholds from them."""
