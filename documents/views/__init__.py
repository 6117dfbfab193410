"""The pages of `documents`: exports, and the record of what is kept."""
