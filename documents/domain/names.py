"""Names of files that are safe on every system, in every archive and in every header."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

LONGEST = 120  # characters; also at most 200 bytes, since many file systems stop at 255
LONGEST_BYTES = 200
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe_name(raw: str, *, extension: str = "", fallback: str = "document") -> str:
    """A file name without folders, control characters or reserved words, in Unicode NFC.

    `extension` (".pdf") replaces whatever extension the name claims, because the content decides. Applying it twice
    changes nothing.
    """
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        " " if unicodedata.category(char) in {"Zs", "Zl", "Zp"} or char in "\t\r\n" else char for char in name
    )
    name = "".join(char for char in name if not unicodedata.category(char).startswith("C"))
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", name)).strip(" .")
    stem, found = _split(name)
    ending = extension.lower() or found.lower()
    stem = _tidy_stem(stem, LONGEST - len(ending), LONGEST_BYTES - len(ending.encode())) or fallback
    if stem.split(".", 1)[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    return stem + ending


def _split(name: str) -> tuple[str, str]:
    match = _EXTENSION.search(name)
    if match is None or match.start() == 0:
        return name, ""
    return name[: match.start()], match.group()


def _tidy_stem(stem: str, longest: int, longest_bytes: int) -> str:
    stem = stem[:longest].encode()[:longest_bytes].decode(errors="ignore")
    return unicodedata.normalize("NFC", stem).strip(" .")


def unique_names(names: Iterable[str]) -> list[str]:
    """The same names in the same order, each once, also where upper and lower case count as one."""
    taken: set[str] = set()
    result = []
    for name in names:
        stem, ending = _split(name)
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number}){ending}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result


def export_name(*, area: str, part: str, day: date, version: int, extension: str) -> str:
    """AREA_KIND_YYYY-MM-DD_vN.ext"""
    words = [re.sub(r"[^A-Za-z0-9-]+", "-", word).strip("-") for word in (area, part)]
    return f"{words[0] or 'AREA'}_{words[1] or 'EXPORT'}_{day.isoformat()}_v{version}{extension}"
