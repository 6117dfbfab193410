"""Published inspections and reports, in invented words."""

import io
from datetime import date
from pathlib import Path

from django.core.management import call_command

from documents.press.pdf import render_pdf
from indicators.models import Area
from inspection.models import PublishedInspection, PublishedTodo, TodoTie
from tests.factories.indicators import make_local_area

WHOLE = """
<style>td, th { border: 1px solid black }</style>
<h1>Area SEND inspection of Wexcombe Local Area Partnership</h1>
<p>Inspection dates: 3 to 7 March 2025</p>
<p>Date of previous inspection: 4 to 8 June 2018</p>
<h2>Inspection outcome</h2>
<p>The local area partnership's arrangements lead to inconsistent experiences and outcomes for children.</p>
<p>The next full area SEND inspection will be within approximately three years.</p>
<h2>Areas for improvement</h2>
<table><tbody>
<tr><td>Leaders should shorten the waiting times for speech and language therapy.</td></tr>
<tr><td>Leaders should make transitions into adulthood smoother for all older pupils.</td></tr>
</tbody></table>
<h2>Local area partnership details</h2>
<p>The end of it.</p>
"""


def make_report(folder: Path, *, body: str = WHOLE, name: str = "wexcombe---12-may-2025.pdf") -> Path:
    path = folder / name
    path.write_bytes(render_pdf(body, title="A report", marking=""))
    return path


def load_lists() -> None:
    """The lists of words; the areas of the files aren't known, so no inspections come with them."""
    call_command("load_inspections", stdout=io.StringIO())


def make_published(
    *,
    area: Area | None = None,
    started_on: date | None = date(2025, 3, 3),
    ended_on: date | None = date(2025, 3, 7),
    published_on: date | None = date(2025, 5, 12),
    outcome: int | None = 2,
    next_months: int | None = 36,
) -> PublishedInspection:
    return PublishedInspection.objects.create(
        area=area or make_local_area(name="Wexcombe"),
        started_on=started_on,
        ended_on=ended_on,
        published_on=published_on,
        outcome=outcome,
        next_months=next_months,
        source="Made up for tests",
    )


def make_todo(
    inspection: PublishedInspection,
    *,
    text: str = "Leaders should shorten the waiting times.",
    kind: str = "improvement",
    criteria: tuple[str, ...] = ("A3",),
    themes: tuple[str, ...] = (),
) -> PublishedTodo:
    todo = PublishedTodo.objects.create(inspection=inspection, kind=kind, order=1, text=text)
    ties = [("criterion", code) for code in criteria] + [("theme", code) for code in themes]
    TodoTie.objects.bulk_create(TodoTie(todo=todo, kind=kind, code=code, because=["waiting"]) for kind, code in ties)
    return todo
