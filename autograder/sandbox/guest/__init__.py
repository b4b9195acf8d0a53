"""What runs inside a sandbox, beside a student's code or a student's model."""
