"""Figures: `python -m benchmarks [NAME…]` prints them; a speed is a ratio against something in the same run."""
