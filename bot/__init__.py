"""The top: knows everything, is known by nobody."""
