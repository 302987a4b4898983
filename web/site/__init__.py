"""The staff site: one file for each page, and the frame that they share."""
