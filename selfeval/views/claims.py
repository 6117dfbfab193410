"""Thin ice; claims and their proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from selfeval.actions.citations import confirm_citation
from selfeval.domain.claim_facts import ClaimFacts, thin_ice_facts
from selfeval.domain.claim_findings import CHECKS, find_all
from selfeval.domain.thin_ice import order_by_thin_ice
from selfeval.gather.claims import claim_facts
from selfeval.gather.current import current_cycle
from selfeval.models import Citation, SelfEvaluation
from selfeval.permissions import CLOSED, WRITERS, evaluations_for
from selfeval.presenters.claims import groups_shown
from selfeval.presenters.thin_ice import ice_shown

reads_claims = permission_required(Permission.READ_DRAFTS, Permission.EDIT_OWN_CRITERION)


def _facts(user: User, cycle: SelfEvaluation | None) -> ClaimFacts | None:
    if cycle is None:
        return None
    return claim_facts(cycle, timezone.localdate(), evaluations=evaluations_for(user), reader=user)


@require_GET
@reads_claims
def ice_list(request: HttpRequest) -> HttpResponseBase:
    """The criteria by how easily they would be challenged."""
    cycle = current_cycle()
    facts = _facts(user_of(request), cycle)
    shown = ice_shown(order_by_thin_ice(thin_ice_facts(facts), facts.today), facts) if facts else ()
    context = {
        "cycle": cycle,
        "thin": [ice for ice in shown if ice.reasons],
        "holding": [ice for ice in shown if not ice.reasons],
        "reads_all": Permission.READ_DRAFTS in user_of(request).permissions,
    }
    return TemplateResponse(request, "selfeval/ice_list.html", context)


@require_GET
@reads_claims
def claim_list(request: HttpRequest) -> HttpResponseBase:
    """What the checks over claims and proof found, by check."""
    user, cycle = user_of(request), current_cycle()
    facts = _facts(user, cycle)
    groups = find_all(facts) if facts else ()
    found = {group.check.code for group in groups}
    writes = any(permission in user.permissions for permission in WRITERS)
    context = {
        "cycle": cycle,
        "groups": groups_shown(groups, facts, can_confirm=writes and cycle is not None and cycle.state not in CLOSED)
        if facts
        else (),
        "silent": [check for check in CHECKS if check.code not in found],
        "count": sum(len(group.findings) for group in groups),
    }
    return TemplateResponse(request, "selfeval/claim_list.html", context)


@require_POST
@reads_claims
def citation_confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sentence holds with its proof as it is today."""
    user = user_of(request)
    held = Citation.objects.select_related("self_evaluation", "evaluation__self_evaluation", "indicator")
    if Permission.READ_DRAFTS not in user.permissions:
        held = held.filter(evaluation__in=evaluations_for(user))
    citation = get_object_or_404(held, pk=pk)
    try:
        confirm_citation(by=user, at=timezone.now(), citation=citation)
    except NotAllowed as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, f"{citation.marker} was looked at again: the sentence holds.")
    return redirect("selfeval:claim-list")
