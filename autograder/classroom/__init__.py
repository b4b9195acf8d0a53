"""A whole class: scheduling, `make grade`, the reports, the class page."""
