"""Whom a notice is for, where that is, and what came of it."""
