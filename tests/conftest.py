"""Fixtures that every kind of test uses."""
