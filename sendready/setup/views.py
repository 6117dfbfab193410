"""The checklist and the settings, for the administrator."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import settings as actions
from accounts.actions.people import Changed
from accounts.domain.roles import Permission
from accounts.models import LocalArea, Organisation, SchoolHoliday
from accounts.requests import permission_required, user_of
from indicators.gather import neighbours_of
from sendready.setup import gather
from sendready.setup.checklist import checklist
from sendready.setup.forms import AreaSettingsForm, HolidayForm, OrganisationForm

manages_settings = permission_required(Permission.MANAGE_SETTINGS)


@require_GET
@manages_settings
def checklist_show(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    urls = {
        "settings": reverse("sendready:settings-show"),
        "admin": reverse("admin:index"),
        "invite": reverse("accounts:invitation-add"),
        "second_step": reverse("mfa_index"),
        "status": reverse("pages:status-show"),
    }
    steps = checklist(gather.standing(user_of(request), today), today=today, urls=urls)
    to_do = sum(1 for step in steps if step.is_needed and not step.is_done)
    return TemplateResponse(request, "setup/checklist.html", {"steps": steps, "to_do": to_do})


@require_GET
@manages_settings
def settings_show(request: HttpRequest) -> HttpResponse:
    area = LocalArea.objects.select_related("safeguarding_lead").first()
    context = {
        "area": area,
        "organisations": list(Organisation.objects.order_by("kind", "name")),
        "holidays": list(SchoolHoliday.objects.all()),
        "neighbours": neighbours_of(area.la_code) if area else (),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "setup/settings.html", context)


@require_http_methods(["GET", "POST"])
@manages_settings
def area_edit(request: HttpRequest) -> HttpResponse:
    area = get_object_or_404(LocalArea, pk=1)
    form = AreaSettingsForm(request.POST or None, initial=_initial(area, AreaSettingsForm))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            actions.change_area(by=user_of(request), at=timezone.now(), version=version, values=values)
        except Changed as changed:
            return _conflict(request, form, changed.current, AreaSettingsForm(initial=_mine(form, changed.current)))
        return _saved(request)
    return _form_page(request, form, "Change the area")


@require_http_methods(["GET", "POST"])
@manages_settings
def organisation_add(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_organisation(by=user_of(request), at=timezone.now(), values=_values(form))
        return _saved(request)
    return _form_page(request, form, "Add an organisation")


@require_http_methods(["GET", "POST"])
@manages_settings
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    form = OrganisationForm(
        request.POST or None, organisation=organisation, initial=_initial(organisation, OrganisationForm)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(
                by=user_of(request),
                at=timezone.now(),
                organisation=organisation,
                version=form.cleaned_data["version"] or 0,
                values=_values(form),
            )
        except Changed as changed:
            return _conflict(request, form, changed.current, OrganisationForm(initial=_mine(form, changed.current)))
        return _saved(request)
    return _form_page(
        request, form, f"Change {organisation}", remove=reverse("sendready:organisation-remove", args=[pk])
    )


@require_POST
@manages_settings
def organisation_remove(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    actions.remove_organisation(by=user_of(request), at=timezone.now(), organisation=organisation)
    return _saved(request, f"{organisation} is taken out.")


@require_http_methods(["GET", "POST"])
@manages_settings
def holiday_add(request: HttpRequest) -> HttpResponse:
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_holiday(by=user_of(request), at=timezone.now(), values=_values(form))
        return _saved(request)
    return _form_page(request, form, "Add a school holiday")


@require_http_methods(["GET", "POST"])
@manages_settings
def holiday_edit(request: HttpRequest, pk: int) -> HttpResponse:
    holiday = get_object_or_404(SchoolHoliday, pk=pk)
    form = HolidayForm(request.POST or None, holiday=holiday, initial=_initial(holiday, HolidayForm))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_holiday(
                by=user_of(request),
                at=timezone.now(),
                holiday=holiday,
                version=form.cleaned_data["version"] or 0,
                values=_values(form),
            )
        except Changed as changed:
            return _conflict(request, form, changed.current, HolidayForm(initial=_mine(form, changed.current)))
        return _saved(request)
    return _form_page(request, form, f"Change {holiday}", remove=reverse("sendready:holiday-remove", args=[pk]))


@require_POST
@manages_settings
def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    holiday = get_object_or_404(SchoolHoliday, pk=pk)
    actions.remove_holiday(by=user_of(request), at=timezone.now(), holiday=holiday)
    return _saved(request, f"{holiday} is taken out.")


def _initial(row: Any, form: type[Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields}


def _mine(form: Form, current: Any) -> dict[str, Any]:
    """What was typed, against the version that stands now."""
    return {**form.cleaned_data, "version": current.version}


def _values(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _form_page(request: HttpRequest, form: Form, title: str, remove: str = "") -> HttpResponse:
    context = {"form": form, "heading": title, "remove_url": remove}
    return TemplateResponse(request, "setup/settings_form.html", context, status=422 if form.errors else 200)


def _conflict(request: HttpRequest, form: Form, current: Any, again: Form) -> HttpResponse:
    """Both texts stand on the page, and the form goes on from mine."""
    fields = [
        {"label": field.label, "theirs": getattr(current, name), "yours": form.cleaned_data[name]}
        for name, field in form.fields.items()
        if name != "version" and getattr(current, name) != form.cleaned_data[name]
    ]
    context = {"form": again, "heading": "Save again", "conflict": fields}
    return TemplateResponse(request, "setup/settings_form.html", context, status=409)


def _saved(request: HttpRequest, sentence: str = "Saved.") -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("sendready:settings-show"))
