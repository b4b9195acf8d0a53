"""The class page: how a class did, as one HTML file for its instructors."""
