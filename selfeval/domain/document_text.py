"""A text with markers as it is read: words, figures and the notes that stand behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selfeval.domain.markers import Marker, MarkerKind, parse
from selfeval.domain.published import Note

NO_FIGURE = "no figure"
_BULLETS = ("- ", "* ", "• ")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, or a note that is called after them."""

    text: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a point of a list."""

    runs: tuple[Run, ...]
    is_point: bool = False

    @property
    def words(self) -> str:
        return "".join(run.text for run in self.runs)


def lines_of(text: str, notes: Mapping[str, Note]) -> tuple[Line, ...]:
    """Paragraph by paragraph; a line that begins with a dash is a point of a list. Empty lines are dropped."""
    return tuple(_lines(text, notes))


def _lines(text: str, notes: Mapping[str, Note]) -> Iterator[Line]:
    for raw in text.splitlines():
        words = raw.strip()
        is_point = words.startswith(_BULLETS)
        runs = runs_of(words[2:].strip() if is_point else words, notes)
        if runs:
            yield Line(runs=runs, is_point=is_point)


def runs_of(text: str, notes: Mapping[str, Note]) -> tuple[Run, ...]:
    """Figures stand as words where their marker stood; each call of a note hangs on the word before it."""
    runs: list[Run] = []
    at = 0
    for marker in parse(text):
        before = text[at : marker.start]
        note = notes.get(marker.text)
        if marker.kind is MarkerKind.FIGURE:
            runs.append(Run(text=before + _value(marker, note)))
        elif before.strip():
            runs.append(Run(text=before.rstrip() if note else before))
        if note is not None:
            runs.append(Run(note=note))
        at = marker.end
    runs.append(Run(text=text[at:]))
    return tuple(run for run in runs if run.text or run.note)


def _value(marker: Marker, note: Note | None) -> str:
    return ((note.value if note else "") or NO_FIGURE).replace(" %", "\N{NO-BREAK SPACE}%")


def plain(text: str, notes: Mapping[str, Note]) -> str:
    """The words alone, figures in place, without any note: for titles and for children."""
    return "\n".join("".join(run.text for run in line.runs).strip() for line in lines_of(text, notes))
