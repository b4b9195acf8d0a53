"""The class page: a class's results as one HTML file for its instructors."""
