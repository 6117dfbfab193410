"""What is wrong with the markers of a text that somebody is about to save, as instructions with the near ones."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from indicators.domain.series import Series
from selfeval.domain.figures import period_key, point_of
from selfeval.domain.markers import MarkerKind, nearly_markers, parse

MOST_NEAR = 3
_LIKENESS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What can be cited: the numbers of the log, and our area's series of every indicator."""

    numbers: frozenset[int] = frozenset()
    series: Mapping[str, Series] = field(default_factory=dict)


def marker_faults(text: str, known: Known) -> tuple[str, ...]:
    """One instruction for each marker that stands for nothing, in the order of the text, each once."""
    return tuple(dict.fromkeys((*_unreadable(text), *_unknown(text, known))))


def _unreadable(text: str) -> Iterator[str]:
    for written in nearly_markers(text):
        inside = written.strip("[]").lstrip("EeFf: ")
        example = f"[E{inside}]" if inside.isdecimal() else "[E12] for evidence, or [F:ehc-plans] for a figure"
        yield f"“{written}” can't be read as a marker. Write {example}."


def _unknown(text: str, known: Known) -> Iterator[str]:
    for marker in parse(text):
        if marker.kind is MarkerKind.EVIDENCE:
            if int(marker.key) not in known.numbers:
                yield f"{marker.text}: the log has no such item.{_near_numbers(int(marker.key), known.numbers)}"
        elif marker.key not in known.series:
            near = difflib.get_close_matches(marker.key, list(known.series), MOST_NEAR, _LIKENESS)
            yield f"{marker.text}: there is no such figure.{_did_you_mean([f'[F:{slug}]' for slug in near])}"
        elif marker.period and point_of(known.series[marker.key], marker.period) is None:
            series = known.series[marker.key]
            newest = reversed(series.points[-MOST_NEAR:])
            near = [f"[F:{marker.key}@{period_key(point, series)}]" for point in newest] or [f"[F:{marker.key}]"]
            yield f"{marker.text}: nothing is published for that period.{_did_you_mean(near)}"


def _near_numbers(number: int, numbers: frozenset[int]) -> str:
    """Those that a slip of the finger leads to: one digit more, less or other, or the neighbours."""
    written = str(number)
    near = [each for each in numbers if _is_slip(written, str(each)) or abs(each - number) == 1]
    near.sort(key=lambda each: (abs(each - number), each))
    return _did_you_mean([f"[E{each}]" for each in near[:MOST_NEAR]])


def _is_slip(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1 or sorted(one) == sorted(other)
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def _did_you_mean(near: list[str]) -> str:
    if not near:
        return " Choose one from the list beside the field."
    said = near[0] if len(near) == 1 else f"{', '.join(near[:-1])} or {near[-1]}"
    return f" Did you mean {said}?"
