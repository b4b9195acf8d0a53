"""All that touches nbgrader's classes, pages and database."""
