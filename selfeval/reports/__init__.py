"""Reports of a frozen version: parts in the order of reading, free of any file format."""
