"""What is decided about the strategy, from values alone."""
