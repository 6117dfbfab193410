"""Text as people mean it: what may differ without a difference."""

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES = {**dict.fromkeys(map(ord, "‘’‚‛′`´ʼ＇"), "'"), **dict.fromkeys(map(ord, "“”„‟″＂"), '"')}
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"),
    None,
)
_PLAIN = {**_DASHES, **_QUOTES, **_INVISIBLE}


def plain(text: str) -> str:
    """`text` without outer or doubled spaces, with ordinary dashes, quotation marks and digits.

    Non-breaking spaces become spaces and full-width characters their plain forms. Case stays.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    return " ".join(text.split())


def key_of(text: str) -> str:
    """The form in which two spellings of a header, sheet name or code are compared."""
    return plain(text).casefold()


_UNTIDY = re.compile(
    r"^\s|\s$|\s\s|[^\S ]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\uff01-\uff5e\x00-\x08\x0e-\x1f\x7f]"
)


def is_untidy(text: str) -> bool:
    """Outer, doubled or non-breaking spaces, line breaks, invisible, full-width or control characters."""
    return _UNTIDY.search(text) is not None
