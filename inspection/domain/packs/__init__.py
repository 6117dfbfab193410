"""What a pack holds and how it is laid out: values in, values out, the same bytes for the same values."""
