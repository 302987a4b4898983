"""Files -> blocks of text; one module per format."""
