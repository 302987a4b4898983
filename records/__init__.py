"""What is kept; the only place that says SQL."""
