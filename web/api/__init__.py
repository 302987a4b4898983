"""The HTTP API: what the staff site shows, for the own systems of offices; it only reads."""
