"""The pages of the people, for the administrator."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import gather
from accounts.actions import people, roles
from accounts.actions.people import Changed
from accounts.domain.roles import ROLE_NAMES, ROLE_SENTENCES, Permission, Role
from accounts.filters import PersonFilter
from accounts.forms import DeputyForm, EndRoleForm, HandoverForm, LeaveForm, PersonForm, RoleForm
from accounts.lockout import locked_out
from accounts.models import Leave, RoleAssignment, User
from accounts.permissions import NotAllowed, check_permission, reason_not_to
from accounts.requests import permission_required, user_of

PAGE = 50
reads_people = permission_required(Permission.READ_PEOPLE)
manages_people = permission_required(Permission.MANAGE_PEOPLE)


def reason_not_to_manage(user: User) -> str:
    """Why this person may only look; empty where nothing stands in the way."""
    return reason_not_to(check_permission, user, Permission.MANAGE_PEOPLE)


@require_GET
@reads_people
def person_list(request: HttpRequest) -> HttpResponse:
    data = request.GET if request.GET else {"is_active": "true"}
    chosen = PersonFilter(data, queryset=gather.people(timezone.localdate()))
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": chosen, "page": page, "invitations": list(gather.open_invitations(timezone.now()))}
    context |= {"now": timezone.now(), "reason": reason_not_to_manage(user_of(request))}
    context["locked"] = locked_out(timezone.now())
    return TemplateResponse(request, "accounts/person_list.html", context)


@require_GET
@reads_people
def person_show(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.select_related("organisation"), pk=pk)
    shown = gather.person_page(person, timezone.localdate())
    user = user_of(request)
    context = {
        "shown": shown,
        "person": person,
        "is_own": person.pk == user.pk,
        "reason": reason_not_to_manage(user),
        "locked_until": locked_out(timezone.now()).get(person.email),
        "can_manage": Permission.MANAGE_PEOPLE in user.permissions,
        "can_audit": Permission.READ_AUDIT in user.permissions,
    }
    return TemplateResponse(request, "accounts/person_show.html", context)


@require_http_methods(["GET", "POST"])
@manages_people
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    return edit_person(request, person, template="accounts/person_edit.html", back=_page_of(person))


def edit_person(request: HttpRequest, person: User, *, template: str, back: str, own: bool = False) -> HttpResponse:
    """Name, title and organisation; when somebody saved in between, both texts stand on the page."""
    initial = {
        "name": person.name,
        "job_title": person.job_title,
        "organisation": person.organisation_id,
        "version": person.version,
    }
    form = PersonForm(request.POST or None, initial=initial, own=own)
    context = {"form": form, "person": person, "back": back}
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, template, context, status=422 if form.errors else 200)
    try:
        people.change_person(
            by=user_of(request),
            at=timezone.now(),
            user=person,
            version=form.cleaned_data["version"],
            name=form.cleaned_data["name"],
            job_title=form.cleaned_data["job_title"],
            organisation=person.organisation if own else form.cleaned_data["organisation"],
        )
    except Changed as changed:
        current: User = changed.current  # type: ignore[assignment]  # the action's own kind of row
        fields = [
            {"label": "Name", "theirs": current.name, "yours": form.cleaned_data["name"]},
            {"label": "Job title", "theirs": current.job_title, "yours": form.cleaned_data["job_title"]},
        ]
        if not own:
            yours = form.cleaned_data["organisation"]
            fields.append({"label": "Organisation", "theirs": current.organisation, "yours": yours})
        again = PersonForm(initial={**form.cleaned_data, "version": current.version}, own=own)
        return TemplateResponse(request, template, {**context, "form": again, "conflict": fields}, status=409)
    messages.success(request, "Saved.")
    return HttpResponseRedirect(back)


@require_http_methods(["GET", "POST"])
@manages_people
def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    initial = {"from_on": timezone.localdate(), "organisation": person.organisation_id}
    form = RoleForm(request.POST or None, initial=initial)
    by, at = user_of(request), timezone.now()
    if _was_done(request, form, lambda words: roles.assign_role(by=by, at=at, user=person, **words)):
        messages.success(request, f"{person.name} has the role {ROLE_NAMES[form.cleaned_data['role']]}.")
        return HttpResponseRedirect(_page_of(person))
    guide = [(ROLE_NAMES[role], ROLE_SENTENCES[role]) for role in Role]
    context = {"form": form, "person": person, "guide": guide}
    return TemplateResponse(request, "accounts/role_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@manages_people
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=pk)
    form = EndRoleForm(request.POST or None, initial={"last_day": timezone.localdate()})
    by, at = user_of(request), timezone.now()
    if _was_done(request, form, lambda words: roles.end_role(by=by, at=at, assignment=assignment, **words)):
        messages.success(request, "The role ends on that day.")
        return HttpResponseRedirect(_page_of(assignment.user))
    context = {"form": form, "assignment": assignment, "person": assignment.user}
    return TemplateResponse(request, "accounts/role_end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@manages_people
def deputy_add(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    return add_deputy(request, person, back=_page_of(person))


def add_deputy(request: HttpRequest, holder: User, *, back: str) -> HttpResponse:
    shown = gather.person_page(holder, timezone.localdate())
    held = [Role(row.role) for row in (*shown.own_roles_now, *shown.coming) if row.deputy_for_id is None]
    form = DeputyForm(
        request.POST or None,
        holder=holder,
        asker=user_of(request),
        roles=held,
        initial={"from_on": timezone.localdate()},
    )
    by, at = user_of(request), timezone.now()
    if _was_done(request, form, lambda words: roles.name_deputy(by=by, at=at, holder=holder, **words)):
        messages.success(request, f"{form.cleaned_data['deputy'].name} stands in on these days.")
        return HttpResponseRedirect(back)
    context = {"form": form, "person": holder, "back": back, "holds_a_role": bool(held)}
    return TemplateResponse(request, "accounts/deputy_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@manages_people
def leave_add(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    return add_leave(request, person, back=_page_of(person))


def add_leave(request: HttpRequest, person: User, *, back: str) -> HttpResponse:
    form = LeaveForm(request.POST or None)
    by, at = user_of(request), timezone.now()
    if _was_done(request, form, lambda words: people.add_leave(by=by, at=at, user=person, **words)):
        messages.success(request, "The leave is noted.")
        return HttpResponseRedirect(back)
    context = {"form": form, "person": person, "back": back}
    return TemplateResponse(request, "accounts/leave_add.html", context, status=422 if form.errors else 200)


@require_POST
@manages_people
def leave_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    leave = get_object_or_404(Leave.objects.select_related("user"), pk=pk)
    people.cancel_leave(by=user_of(request), at=timezone.now(), leave=leave)
    messages.success(request, "The leave is taken out.")
    return HttpResponseRedirect(_page_of(leave.user))


@require_POST
@manages_people
def sessions_end(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    people.end_sessions(by=user_of(request), at=timezone.now(), user=person)
    messages.success(request, f"{person.name} is signed out everywhere.")
    return HttpResponseRedirect(_page_of(person))


@require_POST
@manages_people
def lockout_lift(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    people.lift_lockout(by=user_of(request), at=timezone.now(), user=person)
    messages.success(request, f"{person.name} can sign in again at once, and is told.")
    return HttpResponseRedirect(_page_of(person))


@require_http_methods(["GET", "POST"])
@manages_people
def second_step_remove(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        people.remove_second_step(by=user_of(request), at=timezone.now(), user=person)
        messages.success(request, "The second step is removed, and the person is told.")
        return HttpResponseRedirect(_page_of(person))
    return TemplateResponse(request, "accounts/second_step_remove.html", {"person": person, "back": _page_of(person)})


@require_http_methods(["GET", "POST"])
@manages_people
def person_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    shown = gather.person_page(person, timezone.localdate())
    form = HandoverForm(request.POST or None, leaver=person, owned=shown.owned)
    by, at = user_of(request), timezone.now()
    if _was_done(request, form, lambda heirs: people.deactivate(by=by, at=at, user=person, heirs=heirs)):
        messages.success(request, f"{person.name}'s account is closed.")
        return HttpResponseRedirect(_page_of(person))
    context = {"form": form, "person": person, "shown": shown}
    return TemplateResponse(request, "accounts/person_deactivate.html", context, status=422 if form.errors else 200)


@require_POST
@manages_people
def person_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    people.reactivate(by=user_of(request), at=timezone.now(), user=person)
    messages.success(request, f"{person.name}'s account is open again. Give the person a role.")
    return HttpResponseRedirect(_page_of(person))


def _was_done(request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was sent, is right and its action was permitted; a refusal then stands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def _page_of(person: User) -> str:
    return reverse("accounts:person-show", args=[person.pk])
