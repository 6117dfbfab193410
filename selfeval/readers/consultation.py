"""`consultation.yaml` of an area's folder → values, strictly: all its faults are told together, each with its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from framework.readers.lines import Entry, read_entry
from selfeval.models import Channel, Decision

CONSULTATION_FILE = "consultation.yaml"
CHANNELS = tuple(one.value for one in Channel if one is not Channel.PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodWords:
    name: str
    from_on: date
    to_on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWords:
    """A made-up round; `opens` and `closes` count days from the day of loading."""

    key: str
    title: str
    introduction: str
    groups: tuple[str, ...]
    questions: tuple[str, ...]
    opens: int
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    decision: str
    text: str
    said: str
    what_changed: str
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentWords:
    line: int
    round: str
    criterion: str
    channel: str
    days: int
    author_name: str
    group: str
    organisation: str
    text: str
    answer: AnswerWords | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityWords:
    line: int
    title: str
    days: int
    kind: str
    groups: tuple[str, ...]
    people: int | None
    themes: tuple[str, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceWords:
    line: int
    text: str
    who: str
    source: str
    days: int
    consent: str
    is_checked: bool
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFile:
    periods: tuple[PeriodWords, ...] = ()
    rounds: tuple[RoundWords, ...] = ()
    comments: tuple[CommentWords, ...] = ()
    activities: tuple[ActivityWords, ...] = ()
    voices: tuple[VoiceWords, ...] = ()


def read_consultation_file(path: Path, *, organisations: Collection[str]) -> ConsultationFile | None:
    """What a folder says of consultation; None where it has no such file. Raises UnusableFile."""
    if not (path / CONSULTATION_FILE).exists():
        return None
    top, faults = read_entry(path / CONSULTATION_FILE)
    periods = tuple(_period(entry) for entry in top.entries("election_periods", what="this period"))
    rounds = tuple(_round(entry) for entry in top.entries("rounds", what="this round"))
    keys = {one.key for one in rounds}
    comments = tuple(_comment(entry, keys, organisations) for entry in top.entries("comments", what="this comment"))
    activities = tuple(_activity(entry) for entry in top.entries("activities", what="this activity"))
    voices = tuple(_voice(entry) for entry in top.entries("voices", what="this voice"))
    top.finish()
    faults.stop_if_any()
    return ConsultationFile(
        periods=tuple(one for one in periods if one),
        rounds=rounds,
        comments=comments,
        activities=activities,
        voices=voices,
    )


def _period(entry: Entry) -> PeriodWords | None:
    name, note = entry.text("name", required=True, longest=120), entry.text("note", longest=300)
    from_on, to_on = entry.day("from_on", required=True), entry.day("to_on", required=True)
    entry.finish()
    if from_on is None or to_on is None:
        return None
    if to_on < from_on:
        entry.fault("to_on", "It ends before it starts.")
    return PeriodWords(name=name, from_on=from_on, to_on=to_on, note=note)


def _round(entry: Entry) -> RoundWords:
    words = RoundWords(
        key=entry.own_code("round", "key"),
        title=entry.text("title", required=True, longest=200),
        introduction=entry.text("introduction", longest=4000),
        groups=entry.texts("groups", required=True),
        questions=entry.texts("questions"),
        opens=entry.whole("opens", required=True) or 0,
        closes=entry.whole("closes", required=True) or 0,
    )
    if words.closes < words.opens:
        entry.fault("closes", "It closes before it opens.")
    entry.finish()
    return words


def _comment(entry: Entry, rounds: Collection[str], organisations: Collection[str]) -> CommentWords:
    given = entry.entry("answer")
    organisation = entry.text("organisation")
    if organisation and organisation not in organisations:
        entry.fault("organisation", f"“{organisation}” isn't an organisation of area.yaml.")
    entry.own_code("comment", "key")
    words = CommentWords(
        line=entry.line,
        round=entry.choice("round", rounds, required=False),
        criterion=entry.text("criterion"),
        channel=entry.choice("channel", CHANNELS),
        days=_past(entry),
        author_name=entry.text("author_name", required=True, longest=200),
        group=entry.text("group", longest=120),
        organisation=organisation,
        text=entry.text("text", required=True, longest=5000),
        answer=_answer(given) if given else None,
    )
    entry.finish()
    return words


def _answer(entry: Entry) -> AnswerWords:
    words = AnswerWords(
        decision=entry.choice("decision", Decision.values),
        text=entry.text("text", required=True, longest=4000),
        said=entry.text("said", longest=1000),
        what_changed=entry.text("what_changed", longest=2000),
        is_public=entry.flag("is_public"),
    )
    entry.finish()
    return words


def _activity(entry: Entry) -> ActivityWords:
    entry.own_code("activity", "key")
    words = ActivityWords(
        line=entry.line,
        title=entry.text("title", required=True, longest=200),
        days=_past(entry),
        kind=entry.text("kind", longest=120),
        groups=entry.texts("groups"),
        people=entry.whole("people", least=0),
        themes=entry.texts("themes"),
        criteria=entry.texts("criteria"),
    )
    entry.finish()
    return words


def _voice(entry: Entry) -> VoiceWords:
    entry.own_code("voice", "key")
    words = VoiceWords(
        line=entry.line,
        text=entry.text("text", required=True, longest=3000),
        who=entry.text("who", longest=200),
        source=entry.text("source", longest=200),
        days=_past(entry),
        consent=entry.text("consent", longest=200),
        is_checked=entry.flag("is_checked"),
        criteria=entry.texts("criteria"),
    )
    entry.finish()
    return words


def _past(entry: Entry) -> int:
    """Days before the day of loading, as a number that is not above nought."""
    return entry.whole("days", required=True, most=0) or 0
