"""Do the measures measure? What the checks found, by check."""

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.domain.roles import Permission
from accounts.requests import permission_required
from strategy.domain.findings.checks import CHECKS, find_all
from strategy.finding_gather import gather_findings


@require_GET
@permission_required(Permission.READ_STRATEGY)
def finding_list(request: HttpRequest) -> HttpResponseBase:
    facts = gather_findings(timezone.localdate())
    groups = find_all(facts) if facts else ()
    found = {group.check.code for group in groups}
    context = {
        "has_strategy": facts is not None,
        "groups": groups,
        "silent": [check for check in CHECKS if check.code not in found],
        "count": sum(len(group.findings) for group in groups),
    }
    return TemplateResponse(request, "strategy/finding_list.html", context)
