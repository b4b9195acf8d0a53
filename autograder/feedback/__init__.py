"""What a student reads about an answer, as HTML and as plain text."""
