"""Keys of rows as an address or a form names them."""

LONGEST_KEY = 9


def is_key(text: str) -> bool:
    """Whether it can be the key of a row: a longer number would be too large for the database."""
    return text.isdecimal() and len(text) <= LONGEST_KEY
