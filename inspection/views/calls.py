"""The call has come: see what it brings, then start the clock."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from inspection.actions.visits import AlreadyRunning, NotCalledYet, start_visit
from inspection.domain.calendar import OutsideCalendar
from inspection.domain.clock import WrongDays
from inspection.forms.visits import CallForm
from inspection.gather.calendar import gather_calendar
from inspection.gather.previews import Preview, preview_visit
from inspection.models import VisitKind
from inspection.presenters.calls import first_guess, mark_of, preview_context

CHANGED_SINCE_SHOWN = (
    "You changed a field after the deadlines were shown. Nothing has started. They are now the deadlines of what you "
    "typed: check them, then start the clock."
)


@permission_required(Permission.RUN_CLOCK)
def visit_call(request: HttpRequest) -> HttpResponseBase:
    at = timezone.now()
    today = timezone.localdate(at)
    is_asked = bool(request.POST or request.GET)
    form = CallForm(request.POST or request.GET or first_guess(today, gather_calendar(today)))
    preview: Preview | None = None
    if form.is_valid():
        days = {
            "notified_on": form.cleaned_data["notified_on"],
            "on_site_on": form.cleaned_data["on_site_on"],
            "takes_any_weekday": form.cleaned_data["takes_any_weekday"],
        }
        kind, is_rehearsal = form.cleaned_data["kind"], form.cleaned_data["is_rehearsal"]
        try:
            if request.method == "POST" and request.GET.get("shown", mark_of(form)) != mark_of(form):
                form.add_error(None, CHANGED_SINCE_SHOWN)
            elif request.method == "POST":
                try:
                    visit = start_visit(
                        by=user_of(request),
                        at=at,
                        kind=kind,
                        is_rehearsal=is_rehearsal,
                        takes_future_call=bool(request.POST.get("takes_future_call")),
                        **days,
                    )
                except NotCalledYet as refused:
                    form.add_error(None, refused.sentence)
                else:
                    messages.success(request, f"The clock runs: {visit}.")
                    return redirect(visit)
            preview = preview_visit(at=at, kind=kind, is_rehearsal=is_rehearsal, **days)
        except (WrongDays, OutsideCalendar, AlreadyRunning) as refused:
            form.add_error(None, refused.sentence)
    context = {
        "form": form,
        "is_asked": is_asked,
        "crumbs": [{"label": "Inspection", "url": reverse("inspection:visit-list")}],
        "is_full": form.data.get("kind") == VisitKind.FULL,
        **(preview_context(preview, form, at, request.path) if preview else {}),
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "inspection/visit_call.html", context, status=status)
