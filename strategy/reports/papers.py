"""The papers of a board's meeting: each priority as a standing item, delays, decisions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from accounts.permissions import NotAllowed
from documents.exports import Params
from documents.press.sections import Bullets, Heading, Paragraph, Report, Section, Table, TableColumn
from documents.reports import ReportKind
from strategy.domain.papers import MeetingFact, build_paper
from strategy.domain.papers import Section as Item
from strategy.meeting_gather import meeting_fact, meetings
from strategy.models import BoardMeeting
from strategy.reports.shared import (
    actions_table,
    check,
    day_in_words,
    decisions_table,
    fingerprint,
    key_of,
    marking,
    noon_of,
    on_of,
)

AGENDA = (TableColumn("Item", 0.5), TableColumn("Title", 4), TableColumn("Lead", 1.8), TableColumn("Standing", 3))


@dataclass(frozen=True, slots=True)
class PapersInputs:
    meeting: MeetingFact
    marking: str
    as_at: datetime
    fingerprint: str


def gather(params: Params) -> PapersInputs:
    on = on_of(params)
    try:
        meeting = meeting_fact(key_of(params), on)
    except BoardMeeting.DoesNotExist:
        raise Http404 from None
    return PapersInputs(meeting=meeting, marking=marking(), as_at=noon_of(on), fingerprint=fingerprint(params))


def build(inputs: PapersInputs) -> Report:
    """The agenda on the first page, then what stands open, then each item."""
    meeting, paper = inputs.meeting, build_paper(inputs.meeting)
    where = [paper.place, f"chair: {paper.chair}" if paper.chair else "", paper.state.lower()]
    agenda = tuple(
        (str(item.number), item.title, item.lead or "Not named", item.count_sentence) for item in paper.sections
    )
    sections: list[Section] = [
        Paragraph(
            f"Meeting on {day_in_words(paper.held_on)}. {'; '.join(part for part in where if part)}.", is_lead=True
        ),
        Heading("Agenda"),
        Table("Agenda", AGENDA, agenda, sheet="Agenda"),
        Heading("Decisions still open"),
    ]
    if paper.carried:
        sections.append(decisions_table("Open decisions of earlier meetings", paper.carried, sheet="Open decisions"))
    else:
        sections.append(Paragraph("None from earlier meetings."))
    for fact, item in zip(meeting.items, paper.sections, strict=True):
        sections += _item(item)
        if item.decisions:
            sections.append(
                decisions_table(f"Decisions under item {item.number}", item.decisions, sheet=f"Decisions {item.number}")
            )
        late = [one for one in fact.actions if one.is_overdue or one.state == "behind"]
        if late:
            title = f"Behind or overdue under item {item.number}"
            sections.append(actions_table(title, late, sheet=f"Delays {item.number}"))
    return Report(title=paper.title, as_at=day_in_words(paper.day), sections=tuple(sections))


def _item(item: Item) -> list[Section]:
    sections: list[Section] = [Heading(f"{item.number}. {item.title}")]
    lead = item.lead or ("no lead" if item.priority else "not named")
    sections.append(Paragraph(f"Lead: {lead}. {item.count_sentence}".strip()))
    for heading, text in (("Delays", item.said_of_delays), ("Paper", item.note), ("Minutes", item.minutes)):
        if text:
            sections += [Heading(heading, level=3), Paragraph(text)]
    if item.delays and not item.said_of_delays:
        more = (f"and {item.more_delays} more, in the table beneath.",) if item.more_delays else ()
        sections += [Heading("Delays", level=3), Bullets((*item.delays, *more))]
    return sections


def _subject(params: Params) -> str:
    meeting = BoardMeeting.objects.select_related("board").filter(pk=key_of(params)).first()
    return f"Papers: {meeting}" if meeting else "Papers of a meeting that is no longer there"


def _standing(on: date) -> Params:
    """The next meeting, or the last one where none is called."""
    every = meetings()
    meeting = every.filter(held_on__gte=on).order_by("held_on", "pk").first() or every.first()
    if meeting is None:
        raise NotAllowed("No meeting is called yet. Call one on the page Strategy, Meetings.")
    return {"of": meeting.pk, "on": on.isoformat()}


BOARD_PAPERS = ReportKind(
    code="board-papers",
    title="Papers of a board's meeting",
    sentence="The agenda with each priority as a standing item, how its actions stand, delays and decisions.",
    check=check,
    gather=gather,
    build=build,
    fingerprint_now=fingerprint,
    subject=_subject,
    file_name=lambda params: f"board-papers-{key_of(params)}",
    standing_params=_standing,
)
