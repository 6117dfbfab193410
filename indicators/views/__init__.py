"""The pages of `indicators`, by noun."""
