"""All that touches untrusted code: sandbox, limits, wire format, executor and session.

Nothing in here imports graders, solutions or the gradebook.
"""
