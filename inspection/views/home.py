"""Home: readiness for those who read it, else one's own items and what one can do."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.domain.roles import ROLE_NAMES, ROLE_SENTENCES, Permission, Role
from accounts.models import LocalArea, MailState, OutgoingMail, RoleAssignment, User
from accounts.requests import any_signed_in, user_of
from framework.gather import current_framework
from inspection.gather.due import due_words
from inspection.gather.items import items_page, with_standing
from inspection.gather.readiness import gather_readiness
from inspection.models import ItemsLook
from inspection.permissions.items import items_of
from inspection.presenters.addresses import address
from inspection.presenters.items import groups
from inspection.presenters.readiness import home_page, own_findings

FIRST_RUN = ("sendready:first-run", "sendready:setup-start", "sendready:checklist-show")


@require_GET
@any_signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    """Each person's own first page, with nothing above their rights."""
    user = user_of(request)
    area = LocalArea.objects.first()
    first_run = address(*FIRST_RUN)
    if (area is None or area.set_up_at is None) and first_run and Permission.MANAGE_SETTINGS in user.permissions:
        return redirect(first_run)
    if Permission.READ_READINESS in user.permissions:
        return _readiness(request, user)
    if Permission.EDIT_OWN_ITEMS in user.permissions:
        return _own_items(request, user)
    if user.permissions & {Permission.MANAGE_PEOPLE, Permission.MANAGE_FRAMEWORKS, Permission.MANAGE_SETTINGS}:
        return _administration(request, user)
    return _reader(request, user)


def _readiness(request: HttpRequest, user: User) -> TemplateResponse:
    sees_lists = bool(user.permissions & {Permission.READ_LIST_TOTALS, Permission.READ_CHILD_ROWS})
    now = gather_readiness(timezone.now(), sees_lists=sees_lists)
    visit = now.clock.visit
    context = {
        "page": home_page(now, user),
        "can_call": Permission.RUN_CLOCK in user.permissions and (visit is None or visit.is_rehearsal),
        "call_url": address("inspection:visit-call"),
        "has_items": bool(now.facts.items.items),
    }
    return TemplateResponse(request, "inspection/home.html", context)


def _own_items(request: HttpRequest, user: User) -> TemplateResponse:
    look = ItemsLook.objects.filter(user=user).first()
    page = items_page(user, with_standing(items_of(user)))
    context = {
        "groups": groups(page, due_words(page.visit)),
        "count": len(page.lines),
        "visit": page.visit,
        "looked_at": look.at if look else None,
    }
    return TemplateResponse(request, "inspection/home_own_items.html", context)


def _reader(request: HttpRequest, user: User) -> TemplateResponse:
    held = RoleAssignment.objects.today().filter(role=Role.LANO, deputy_for=None, user__is_active=True)
    context = {
        "roles": [(ROLE_NAMES[role], ROLE_SENTENCES[role]) for role in Role if role in user.roles],
        "lanos": " or ".join(sorted(set(held.values_list("user__name", flat=True)))),
    }
    return TemplateResponse(request, "inspection/home_reader.html", context)


def _administration(request: HttpRequest, user: User) -> TemplateResponse:
    framework = current_framework()
    waiting = OutgoingMail.objects.exclude(state=MailState.SENT).count()
    mail = f"Mail that waits to be sent: {waiting}" if waiting else "Mail that was sent"
    context = {
        "framework": framework,
        "findings": own_findings(gather_readiness(timezone.now(), sees_lists=False), user),
        "links": [
            (label, url)
            for label, url in (
                ("Invite people and give them roles", address("accounts:person-list")),
                ("Keep the criteria, the request items and the timetable", address("admin:index")),
                ("Set up this area", address(*FIRST_RUN)),
                ("See whether the service is well", address("pages:status-show")),
                ("Read the audit trail", address("accounts:audit-list")),
                (mail, address("accounts:mail-list")),
            )
            if url
        ],
    }
    return TemplateResponse(request, "inspection/home_administrator.html", context)
