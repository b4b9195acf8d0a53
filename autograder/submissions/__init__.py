"""Submissions: finds, reads and repairs what students handed in, within limits."""
