"""Small private helpers that belong to no other package."""
