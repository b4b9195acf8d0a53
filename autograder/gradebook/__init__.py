"""All code that uses nbgrader's classes, pages and database."""
