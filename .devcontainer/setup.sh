#!/usr/bin/env bash
# Runs once in a new container: installs the course, and says whether its sandbox holds here.
set -euo pipefail
cd "$(dirname "$0")/.."
make setup
if .venv/bin/python -c 'from autograder.sandbox.host.probe import prove; prove()'; then
  echo 'Ready, also to grade. Open a notebook of assignments/, or run: make grade'
else
  echo 'The notebooks work here, but grading does not: the last line above says what it lacks.'
fi
