"""Looks at files that were handed in, hostile until read, and says what they are."""
