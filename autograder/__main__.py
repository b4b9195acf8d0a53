"""`python -m autograder`: the command line."""

import sys

from autograder.cli.main import main

sys.exit(main())
