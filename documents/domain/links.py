"""The form of an address on the web."""

from urllib.parse import urlsplit


def link_fault(link: str) -> str:
    """What is wrong with the form of a link; empty when nothing is. Nobody opens it."""
    link = link.strip()
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return "Copy the link again from the address bar: it cannot be read as an address."
    faults = (
        (not link, "Give the link, starting with https://"),
        (any(character.isspace() for character in link), "Take the spaces out of the link."),
        (parts.scheme != "https", "Give a link that starts with https://"),
        ("." not in host.strip("."), "Give the whole link, with the name of the site."),
        (bool(parts.username or parts.password), "Take the user name and password out of the link."),
    )
    return next((sentence for is_wrong, sentence in faults if is_wrong), "")
