"""Safe, unique names inside a pack, by a pattern that the council can change."""

import re
import string
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What a pattern may hold between braces, with an example for the page.
PLACEHOLDERS: Mapping[str, str] = {
    "area": "WEXCOMBE",
    "item": "self-evaluation",
    "number": "01",
    "title": "Self-evaluation-summary",
    "original": "SEF-final-v7",
    "as_at": "2026-10-31",
    "version": "3",
}
DEFAULT_PATTERN = "{item}_{number}_{title}"
# Upload sites and Windows count the whole path; folder and name together stay far below 200 characters.
STEM_MAX = 90
FOLDER_MAX = 60
# Names that Windows keeps for devices, whatever the extension.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """What a pattern is filled with."""

    area: str
    item: str
    number: int
    title: str
    original: str
    as_at: str
    version: int


def pattern_fault(pattern: str) -> str:
    """What is wrong with a naming pattern, as an instruction; empty when it can be used."""
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in string.Formatter().parse(pattern)]
    except ValueError:
        return "Close each brace that you open: {item}_{number}_{title} is one that works."
    names = [name for name, _, _ in fields if name is not None]
    unknown = [name for name in names if name not in PLACEHOLDERS]
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if unknown:
        return f"Use only these words between braces: {known}."
    if any(spec or conversion for _, spec, conversion in fields):
        return "Use the words between braces alone, without a colon or an exclamation mark."
    if not names:
        return f"Use at least one of these, so that names differ: {known}."
    literal = "".join(text for text, _, _, _ in string.Formatter().parse(pattern))
    if _UNSAFE.search(literal):
        return "Outside the braces, use letters, digits, full stops, hyphens and underscores only."
    return ""


def safe(words: str, limit: int) -> str:
    """Words as part of a file name on any system: ASCII letters, digits, full stops, hyphens, underscores."""
    plain = unicodedata.normalize("NFKD", _DASHES.sub("-", words)).encode("ascii", "ignore").decode()
    text = re.sub(r"-{2,}", "-", _UNSAFE.sub("-", plain)).strip("-._")[:limit].rstrip("-._")
    if text.split(".")[0].lower() in _DEVICES:
        text = f"_{text}"
    return text or "untitled"


def extension_of(name: str) -> str:
    """The extension of a file name in lower case, or nothing where it has no ordinary one."""
    found = _EXTENSION.fullmatch("." + name.rpartition(".")[2].lower()) if "." in name else None
    return found.group() if found else ""


def file_name(pattern: str, parts: NameParts, extension: str) -> str:
    """The name of one document inside its folder. `pattern` has passed `pattern_fault`."""
    filled = pattern.format(
        area=safe(parts.area, STEM_MAX),
        item=safe(parts.item, STEM_MAX),
        number=f"{parts.number:02}",
        title=safe(parts.title, STEM_MAX),
        original=safe(parts.original, STEM_MAX),
        as_at=safe(parts.as_at, STEM_MAX) if parts.as_at else "undated",
        version=parts.version,
    )
    return safe(filled, STEM_MAX) + extension


def folder_name(order: int, code: str, title: str) -> str:
    """The folder of one request item; the number keeps folders in the order of the rulebook."""
    return f"{order:02}_{safe(f'{code}_{title}' if code.lower() != title.lower() else code, FOLDER_MAX)}"


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The same names in the same order, the later of two alike marked -2, -3 … whatever their case."""
    taken: set[str] = set()
    result: list[str] = []
    for name in names:
        candidate, number = name, 1
        stem, dot, extension = name.rpartition(".") if "." in name else (name, "", "")
        while candidate.lower() in taken:
            number += 1
            candidate = f"{stem}-{number}{dot}{extension}"
        taken.add(candidate.lower())
        result.append(candidate)
    return tuple(result)
