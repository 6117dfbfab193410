"""What an archive says that it holds, and whether it does: the pure half of checking one years later."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

SUMS_NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True, order=True)
class Sum:
    """One file of an archive: its path inside, its SHA-256, its size in bytes (-1 where only the sum is known)."""

    name: str
    sha256: str
    size: int = -1


class Fault(StrEnum):
    """In the order in which they are worth telling."""

    MISSING = "is missing"
    DIFFERS = "differs"
    EXTRA = "is extra"


@dataclass(frozen=True, slots=True)
class Difference:
    name: str
    fault: Fault
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.fault.value}{f': {self.detail}' if self.detail else ''}"


def sums_text(sums: Iterable[Sum]) -> str:
    """The content of `SHA256SUMS`, as `sha256sum --check` reads it, in the order of names."""
    return "".join(f"{each.sha256}  {each.name}\n" for each in sorted(sums))


def read_sums(text: str) -> dict[str, Sum]:
    """The other way round. Raises ValueError with the number of the first line that is not a sum."""
    found: dict[str, Sum] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"Line {number} of {SUMS_NAME} is not a checksum.")
        if match[2] in found:
            raise ValueError(f"Line {number} of {SUMS_NAME} names {match[2]} a second time.")
        found[match[2]] = Sum(match[2], match[1])
    return found


def entries(sums: Iterable[Sum]) -> list[dict[str, str | int]]:
    """The files for `manifest.json`, in the order of names."""
    return [{"name": each.name, "size": each.size, "sha256": each.sha256} for each in sorted(sums)]


def compare(expected: Mapping[str, Sum], found: Iterable[Sum], *, ignore: Iterable[str] = ()) -> list[Difference]:
    """Every difference, the first one first: in the order of the expected names, then what is extra.

    `found` may name a file twice, which is a difference as well. `ignore` names what can't list itself.
    """
    left_out = frozenset(ignore)
    seen: dict[str, Sum] = {}
    repeated: list[Difference] = []
    for each in found:
        if each.name in seen:
            repeated.append(Difference(each.name, Fault.EXTRA, "it is there twice"))
        seen.setdefault(each.name, each)
    differences = [_difference(each, seen.get(name)) for name, each in sorted(expected.items()) if name not in left_out]
    extra = sorted(name for name in seen if name not in expected and name not in left_out)
    told = [each for each in differences if each is not None]
    return [*told, *(Difference(name, Fault.EXTRA) for name in extra), *repeated]


def _difference(expected: Sum, found: Sum | None) -> Difference | None:
    if found is None:
        return Difference(expected.name, Fault.MISSING)
    if not found.sha256:
        return Difference(expected.name, Fault.DIFFERS, "its bytes are damaged and can't be read")
    if -1 not in (expected.size, found.size) and expected.size != found.size:
        return Difference(expected.name, Fault.DIFFERS, f"{found.size} bytes instead of {expected.size}")
    if expected.sha256 != found.sha256:
        return Difference(expected.name, Fault.DIFFERS, f"SHA-256 {found.sha256} instead of {expected.sha256}")
    return None
