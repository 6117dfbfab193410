"""One's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import gather
from accounts.actions import people, roles
from accounts.domain.mail_topics import SWITCHABLE_TOPICS
from accounts.forms import MailTopicsForm
from accounts.models import Leave, OutgoingMail, RoleAssignment
from accounts.permissions import needs_second_factor
from accounts.requests import any_signed_in, user_of
from accounts.views.people import add_deputy, add_leave, edit_person

PAGE = 25


@require_GET
@any_signed_in
def account_show(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    on = [topic.value for topic in SWITCHABLE_TOPICS if topic.value not in user.mail_topics_off]
    context = {
        "shown": gather.person_page(user, timezone.localdate()),
        "must_secure": needs_second_factor(user),
        "topics_form": MailTopicsForm(initial={"topics": on}),
    }
    return TemplateResponse(request, "accounts/account_show.html", context)


@require_http_methods(["GET", "POST"])
@any_signed_in
def account_edit(request: HttpRequest) -> HttpResponse:
    return edit_person(request, user_of(request), template="accounts/account_edit.html", back=_own_page(), own=True)


@require_http_methods(["GET", "POST"])
@any_signed_in
def account_leave_add(request: HttpRequest) -> HttpResponse:
    return add_leave(request, user_of(request), back=_own_page())


@require_POST
@any_signed_in
def account_leave_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    leave = get_object_or_404(Leave.objects.filter(user=user), pk=pk)
    people.cancel_leave(by=user, at=timezone.now(), leave=leave)
    messages.success(request, "The leave is taken out.")
    return HttpResponseRedirect(_own_page())


@require_http_methods(["GET", "POST"])
@any_signed_in
def account_deputy_add(request: HttpRequest) -> HttpResponse:
    return add_deputy(request, user_of(request), back=_own_page())


@require_POST
@any_signed_in
def account_deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    assignment = get_object_or_404(RoleAssignment.objects.filter(deputy_for=user), pk=pk)
    roles.end_role(by=user, at=timezone.now(), assignment=assignment, last_day=timezone.localdate())
    messages.success(request, "Nobody stands in for you after today." if assignment.pk else "Taken out.")
    return HttpResponseRedirect(_own_page())


@require_POST
@any_signed_in
def account_mail(request: HttpRequest) -> HttpResponse:
    form = MailTopicsForm(request.POST)
    if form.is_valid():
        people.choose_mail(by=user_of(request), at=timezone.now(), topics_on=form.cleaned_data["topics"])
        messages.success(request, "Saved.")
    return HttpResponseRedirect(_own_page())


@require_POST
@any_signed_in
def account_sessions_end(request: HttpRequest) -> HttpResponse:
    """Every other session ends; this one goes on."""
    user = people.end_sessions(by=user_of(request), at=timezone.now(), user=user_of(request))
    update_session_auth_hash(request, user)
    messages.success(request, "You are signed out everywhere but here.")
    return HttpResponseRedirect(_own_page())


@require_GET
@any_signed_in
def notification_list(request: HttpRequest) -> HttpResponse:
    """What was mailed to oneself, for where no mail arrives; one-time links are left out."""
    mails = OutgoingMail.objects.filter(to__iexact=user_of(request).email, is_secret=False)
    page = Paginator(mails, PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "accounts/notification_list.html", {"page": page})


def _own_page() -> str:
    return reverse("accounts:account-show")
