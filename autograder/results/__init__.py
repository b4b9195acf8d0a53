"""The data model of a grade: states, outcomes, pictures, records, and the thresholds they are held against."""
