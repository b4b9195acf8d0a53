"""What graders are written with, and the pytest side of running them."""
