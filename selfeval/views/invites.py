"""Asking people by a link of their own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import NotAllowed
from accounts.requests import user_of
from selfeval.actions import invites
from selfeval.domain.rounds import groups_of
from selfeval.forms.hearing import InviteForm
from selfeval.models import ConsultationRound, RoundInvite
from selfeval.views.rounds import fetch_round, runs_hearing, show_page


@never_cache
@require_http_methods(["GET", "POST"])
@runs_hearing
def invite_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The links stand on the answer itself, once: only their hashes are kept, for where no mail server sends them."""
    asked = fetch_round(pk)
    groups = groups_of(asked.groups)
    if request.method == "GET":
        return _page(request, asked, InviteForm(groups=groups))
    form = InviteForm(request.POST, groups=groups)
    if not form.is_valid():
        return _page(request, asked, form, status=400)
    people = form.cleaned_data["people"]
    try:
        sent = invites.invite_people(
            by=user_of(request), at=timezone.now(), asked=asked, people=people, group=form.cleaned_data["group"]
        )
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, asked, form, status=409)
    return _sent_page(request, asked, sent, known=len(people) - len(sent))


def _page(request: HttpRequest, asked: ConsultationRound, form: InviteForm, status: int = 200) -> TemplateResponse:
    return TemplateResponse(request, "selfeval/invite_add.html", {"asked": asked, "form": form}, status=status)


def _sent_page(
    request: HttpRequest, asked: ConsultationRound, sent: tuple[invites.Invited, ...], known: int = 0
) -> TemplateResponse:
    return TemplateResponse(request, "selfeval/invite_sent.html", {"asked": asked, "sent": sent, "known": known})


@never_cache
@require_POST
@runs_hearing
def invite_renew(request: HttpRequest, pk: int, invite: int) -> HttpResponseBase:
    asked = fetch_round(pk)
    try:
        again = invites.send_again(by=user_of(request), at=timezone.now(), invite=_fetch(pk, invite))
    except NotAllowed as refusal:
        return show_page(request, asked, status=409, problems=(refusal.reason,))
    return _sent_page(request, asked, (again,))


@require_POST
@runs_hearing
def invite_revoke(request: HttpRequest, pk: int, invite: int) -> HttpResponseBase:
    revoked = invites.revoke_invite(by=user_of(request), at=timezone.now(), invite=_fetch(pk, invite))
    messages.success(request, f"The link of {revoked.name} works no longer. What came by it stays.")
    return redirect("selfeval:round-show", pk=pk)


def _fetch(pk: int, invite: int) -> RoundInvite:
    return get_object_or_404(RoundInvite.objects.select_related("consultation"), consultation=pk, pk=invite)
