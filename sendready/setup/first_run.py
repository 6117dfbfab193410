"""The first-run page: from nothing to an area with its first administrator, guarded by a one-time link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions.first_run import AreaStart, start_installation
from accounts.domain.term_dates import typical_holidays
from accounts.invitation_links import hash_of
from accounts.models import FirstRunLink, Invitation, LocalArea, Organisation, OrganisationKind, User
from accounts.permissions import NotAllowed
from indicators.gather import area_with_code, choose_areas, neighbours_of
from sendready.setup.forms import (
    AdministratorForm,
    BoardRow,
    BoardRows,
    FirstAreaForm,
    HolidayRow,
    HolidayRows,
    area_of,
)

EMPTY_BOARDS = 3
SPARE_HOLIDAYS = 2


@login_not_required
@require_GET
def first_run_show(request: HttpRequest) -> HttpResponse:
    """Where every way in leads while nobody is here: says how to get the link."""
    if User.objects.exists():
        return HttpResponseRedirect(reverse("account_login"))
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    return TemplateResponse(request, "setup/first_run.html", {"waiting": waiting})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def first_run_start(request: HttpRequest, token: str) -> HttpResponse:
    refusal = _refusal(token)
    if refusal:
        return TemplateResponse(request, "setup/first_run_closed.html", {"reason": refusal}, status=410)
    if LocalArea.objects.filter(set_up_at__isnull=False).exists():
        return _administrator_again(request, token)
    if "area" not in request.GET:
        return TemplateResponse(request, "setup/first_run_pick.html", {"areas": choose_areas()})
    page = _Page.of(request)
    if request.method == "POST" and page.is_valid():
        return _start(request, token, page)
    code = request.GET["area"]
    context = {"page": page, "neighbours": neighbours_of(code), "picked": area_with_code(code)}
    return TemplateResponse(
        request, "setup/first_run_area.html", context, status=422 if request.method == "POST" else 200
    )


def _refusal(token: str) -> str:
    if User.objects.exists():
        return "This installation has people already. Sign in."
    if not FirstRunLink.objects.filter(token_sha256=hash_of(token), used_at__isnull=True).exists():
        return (
            "This link is not valid, or it has been used. On the machine that runs sendready, run the command "
            "“manage.py first_run_link” and open the link that it prints."
        )
    return ""


@dataclass(slots=True)
class _Page:
    """The forms of one page."""

    area: FirstAreaForm
    boards: BaseFormSet[BoardRow]
    holidays: BaseFormSet[HolidayRow]
    administrator: AdministratorForm

    @classmethod
    def of(cls, request: HttpRequest) -> _Page:
        data = request.POST if request.method == "POST" else None
        return cls(
            area=FirstAreaForm(data, initial=_suggested_area(request.GET["area"])),
            boards=BoardRows(data, prefix="boards", initial=[{}] * EMPTY_BOARDS),
            holidays=HolidayRows(data, prefix="holidays", initial=_suggested_holidays()),
            administrator=AdministratorForm(data),
        )

    def is_valid(self) -> bool:
        # Every form is asked, so that the page names every fault at once.
        verdicts = [form.is_valid() for form in (self.area, self.boards, self.holidays, self.administrator)]
        return all(verdicts) and self._names_each_organisation_once()

    def _names_each_organisation_once(self) -> bool:
        taken = {self.area.cleaned_data["council_name"].casefold()}
        for form in self.boards:
            name = form.cleaned_data.get("name", "")
            if name.casefold() in taken:
                form.add_error("name", f"“{name}” stands on this page already. Enter each organisation once.")
            elif name:
                taken.add(name.casefold())
        return all(form.is_valid() for form in self.boards)

    @property
    def errors(self) -> list[dict[str, str]]:
        """Every fault of every form, each with the place to mend it."""
        return [
            {"sentence": str(sentence), "url": f"#{form[field].id_for_label}" if field in form.fields else ""}
            for form in (self.area, *self.boards, *self.holidays, self.administrator)
            for field, sentences in form.errors.items()
            for sentence in sentences
        ]


def _suggested_area(code: str) -> dict[str, Any]:
    picked = area_with_code(code)
    if picked is None:
        return {"marking": "OFFICIAL-SENSITIVE"}
    return {
        "name": picked.name,
        "la_code": picked.code,
        "ons_code": picked.ons_code,
        "region_name": picked.region,
        "partnership_name": f"{picked.name} local area partnership",
        "short_code": "".join(letter if letter.isalnum() else "-" for letter in picked.name.upper())[:20].strip("-"),
        "marking": "OFFICIAL-SENSITIVE",
        "strategic_board_name": "SEND Partnership Board",
        "council_name": f"{picked.name} Council",
    }


def _suggested_holidays() -> list[dict[str, Any]]:
    typical = typical_holidays(timezone.localdate())
    rows: list[dict[str, Any]] = [{"name": h.name, "from_on": h.starts_on, "to_on": h.ends_on} for h in typical]
    return rows + [{}] * SPARE_HOLIDAYS


def _start(request: HttpRequest, token: str, page: _Page) -> HttpResponse:
    council = Organisation(name=page.area.cleaned_data["council_name"], kind=OrganisationKind.COUNCIL)
    boards = [board for form in page.boards if (board := form.organisation())]
    start = AreaStart(
        area=area_of(page.area.cleaned_data),
        organisations=[council, *boards],
        holidays=[holiday for form in page.holidays if (holiday := form.holiday())],
    )
    return _invite(request, token, start, page.administrator)


def _administrator_again(request: HttpRequest, token: str) -> HttpResponse:
    """The area stands, but the first administrator's link was lost."""
    form = AdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, token, None, form)
    return TemplateResponse(
        request, "setup/first_run_administrator.html", {"form": form}, status=422 if form.errors else 200
    )


def _invite(
    request: HttpRequest, token: str, start: AreaStart | None, administrator: AdministratorForm
) -> HttpResponse:
    try:
        invited = start_installation(
            by=None,
            at=timezone.now(),
            token=token,
            start=start,
            name=administrator.cleaned_data["admin_name"],
            email=administrator.cleaned_data["admin_email"],
        )
    except NotAllowed as refusal:
        return TemplateResponse(request, "setup/first_run_closed.html", {"reason": refusal.reason}, status=410)
    context = {"link": invited.link, "invitation": invited.invitation}
    return TemplateResponse(request, "setup/first_run_done.html", context)
