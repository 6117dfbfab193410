"""Bytes of files of figures → values."""
