"""All that touches untrusted code. Nothing in here imports graders, solutions or the gradebook."""
