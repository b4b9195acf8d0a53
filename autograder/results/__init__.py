"""The data model of a grade: states, outcomes, pictures, records, and the bars they are held against."""
