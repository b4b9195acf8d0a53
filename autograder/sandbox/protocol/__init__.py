"""What crosses the wall of a sandbox, used on both of its sides."""
