"""Inviting people, and joining."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import invitations
from accounts.domain.roles import ROLE_NAMES, ROLE_SENTENCES, Permission, Role
from accounts.forms import AcceptForm, InviteForm
from accounts.invitation_links import open_invitation
from accounts.models import Invitation
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of

manages_people = permission_required(Permission.MANAGE_PEOPLE)


@require_http_methods(["GET", "POST"])
@manages_people
def invitation_add(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = invitations.invite(by=user_of(request), at=timezone.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error("email", refusal.reason)
        else:
            return _link_page(request, invited)
    guide = [(ROLE_NAMES[role], ROLE_SENTENCES[role]) for role in Role]
    context = {"form": form, "guide": guide}
    return TemplateResponse(request, "accounts/invitation_add.html", context, status=422 if form.errors else 200)


@require_POST
@manages_people
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    return _link_page(
        request,
        invitations.resend_invitation(by=user_of(request), at=timezone.now(), invitation=invitation),
    )


@require_POST
@manages_people
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    invitations.withdraw_invitation(by=user_of(request), at=timezone.now(), invitation=invitation)
    messages.success(request, f"The invitation of {invitation.email} is withdrawn. Its link no longer works.")
    return HttpResponseRedirect(reverse("accounts:person-list"))


def _link_page(request: HttpRequest, invited: invitations.Invited) -> HttpResponse:
    """Shown once, right after the link was made: only its hash is kept."""
    return TemplateResponse(
        request, "accounts/invitation_link.html", {"invitation": invited.invitation, "link": invited.link}
    )


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = open_invitation(token, at=timezone.now())
        form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
        if request.method == "POST" and form.is_valid():
            invitations.accept_invitation(
                by=None,
                at=timezone.now(),
                token=token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password1"],
            )
            messages.success(request, "Your account is ready. Sign in with the password that you just chose.")
            return HttpResponseRedirect(reverse("account_login"))
    except NotAllowed as refusal:
        return TemplateResponse(request, "accounts/invitation_closed.html", {"refusal": refusal}, status=410)
    role = Role(invitation.role)
    context = {
        "form": form,
        "invitation": invitation,
        "role_name": ROLE_NAMES[role],
        "role_sentence": ROLE_SENTENCES[role],
    }
    return TemplateResponse(request, "accounts/invitation_accept.html", context, status=422 if form.errors else 200)
