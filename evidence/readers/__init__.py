"""Files about evidence → values."""
