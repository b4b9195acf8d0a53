"""The code that runs inside a sandbox, in one process with student code or a student's model."""
