"""The words everyone shares: plain Python, no input or output, no third-party import."""
