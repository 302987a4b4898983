"""What to answer; one file per kind of message."""
