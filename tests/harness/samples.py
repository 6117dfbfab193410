"""Pages that only tests serve: every fragment of templates/_components/ at once, a form that stores, faults on purpose.

Use with `settings.ROOT_URLCONF = "tests.harness.samples"`.
"""

import datetime
import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path
from django.utils import timezone

from accounts.domain.findings import Blocker, Gap, Note
from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from accounts.requests import any_signed_in
from sendready.urls import (  # noqa: F401  # the handlers are found by name
    handler400,
    handler403,
    handler404,
    handler500,
)
from sendready.urls import urlpatterns as real_patterns

PAGES = Path(__file__).parent / "pages"


def page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    template = engines["django"].from_string((PAGES / f"{name}.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render(context, request))


@dataclass
class Mark:
    title: str
    time: datetime.time | None = None
    url: str = ""
    word: str = ""
    colour: str = ""
    is_late: bool = False


@dataclass
class Day:
    day: date
    number: int
    is_today: bool = False
    is_past: bool = False
    marks: list[Mark] = field(default_factory=list)


def _days() -> Iterator[Day]:
    marks = {
        0: [Mark("Morning call to the director of children's services", time(9), "/help/", "Done", "green")],
        1: [Mark("Person-level lists uploaded", time(12), "/help/", "Late", "red", is_late=True)],
        3: [Mark("Case information for the six", word="Open")],
        4: [Mark("Annex A documents", time(17), "/help/"), Mark("Context presentation agreed")],
        9: [Mark("Leaders' meeting")],
        10: [Mark("On site; self-evaluation meeting", time(10, 30))],
        14: [Mark("Feedback, embargoed until publication")],
    }
    for number in range(15):
        day = date(2026, 11, 23) + timedelta(days=number + 2 * (number // 5))
        yield Day(day, number, is_today=number == 2, is_past=number < 2, marks=marks.get(number, []))


@any_signed_in
def parts(request: HttpRequest) -> HttpResponse:
    messages.success(request, "The pack was ordered.")
    kinds = {"owner_role": Role.LANO, "fix_url": "/help/"}
    context = {
        "crumbs": [{"label": "Home", "url": "/"}, {"label": "Annex A", "url": "/help/"}],
        "days": list(_days()),
        "findings": [
            Blocker(code="a", sentence="List 1 has 14 errors; inspectors would refuse it.", fix_label="Mend", **kinds),
            Gap(code="b", sentence="The joint commissioning agreement is 14 months old.", **kinds),
            Note(code="c", sentence="Two owners are on leave in the week of the visit.", **kinds),
        ],
        "rows": [
            {"key": "Owner", "value": "Head of SEND", "change_url": "/help/"},
            {"key": "SHA-256", "value": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" * 2},
        ],
        "page": Paginator(range(1, 300), 5).page(7),
        "today": timezone.localdate(),
        "now": timezone.now(),
        "conflict": [{"label": "Title", "theirs": "Joint strategy 2026", "yours": "Joint strategy\n2026 to 2027"}],
        "colours": ["grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"],
    }
    return page(request, "parts", context)


class SampleForm(forms.Form):
    title = forms.CharField(label="Title", error_messages={"required": "Enter a title"})
    text = forms.CharField(
        label="Text", help_text="What inspectors should know.", widget=forms.Textarea, required=False
    )
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "One"), ("b", "Two")], widget=forms.RadioSelect)
    is_agreed = forms.BooleanField(label="Agreed", required=False)
    upload = forms.FileField(label="Workbook", help_text="Ends in .xlsx.", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "title", Field.textarea("text", max_characters=400), "password", "kind", "is_agreed"
        )


STORED = {"title": "Saved title", "text": "", "kind": "a"}


@any_signed_in
def form_page(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None, request.FILES or None, initial=STORED)
    if request.method == "POST" and form.is_valid():
        STORED.update(title=form.cleaned_data["title"], text=form.cleaned_data["text"], kind=form.cleaned_data["kind"])
        messages.success(request, "Saved.")
        return HttpResponseRedirect(request.path)
    return page(request, "form", {"form": form})


asked = {"times": 0}


@any_signed_in
def progress(request: HttpRequest) -> HttpResponse:
    """Each time that it is asked, the work has gone on by a quarter."""
    asked["times"] += 1
    percent = min(100, 25 * asked["times"])
    context = {
        "percent": percent,
        "stage": "Ready" if percent == 100 else f"Writing part {asked['times']}",
        "heading": "The pack is ready" if percent == 100 else "The pack is being built",
        "is_moving": percent < 100,
    }
    return page(request, "progress", context)


FAULTS = {
    "busy": OperationalError("database is locked"),
    "full": OperationalError("database or disk is full"),
    "no-room": OSError(errno.ENOSPC, "No space left on device"),
    "broken": RuntimeError("something of ours"),
    "large": RequestDataTooBig("too large"),
    "odd": SuspiciousOperation("odd"),
    "refused": NotAllowed("Only these roles may read the audit trail: LANO."),
}


@any_signed_in
def fault(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAULTS[kind]


urlpatterns = [
    path("samples/parts/", parts),
    path("samples/form/", form_page),
    path("samples/progress/", progress),
    path("samples/fault/<str:kind>/", fault),
    *real_patterns,
]


def reset() -> None:
    """Forgets what earlier tests stored."""
    STORED.update(title="Saved title", text="", kind="a")
    asked["times"] = 0
