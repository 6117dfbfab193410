"""How often something may be tried. Counted in the shared cache, so that every worker counts together."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

# Addresses guessed from one place, and comments sent through one door.
GUESSES, GUESS_SECONDS = 20, 900
COMMENTS, COMMENT_SECONDS = 30, 3600


def count_one(what: str, key: str, *, seconds: int) -> int:
    """Counts one more; gives how many there were in this stretch of time."""
    name = _name(what, key)
    if cache.add(name, 1, seconds):
        return 1
    try:
        return cache.incr(name)
    except ValueError:  # it ran out between the two
        cache.add(name, 1, seconds)
        return 1


def counted(what: str, key: str) -> int:
    number: int = cache.get(_name(what, key), 0)
    return number


def place_of(request: HttpRequest) -> str:
    """Where a request came from, as far as the server knows."""
    return str(getattr(request, "axes_ip_address", None) or request.META.get("REMOTE_ADDR", ""))


def _name(what: str, key: str) -> str:
    return f"selfeval-{what}-{hashlib.sha256(key.encode()).hexdigest()}"
