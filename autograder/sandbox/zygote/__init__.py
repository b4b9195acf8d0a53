"""The process that has imported what notebooks need, and forks into each new sandbox."""
