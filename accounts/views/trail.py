"""The audit trail and the outbox."""

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import gather
from accounts.actions import outbox
from accounts.actions.trail import export_trail
from accounts.domain.roles import Permission
from accounts.domain.trail import CSV_HEADER, csv_row
from accounts.filters import AuditFilter
from accounts.models import AuditEvent, MailState, OutgoingMail
from accounts.requests import permission_required, user_of

PAGE = 50


@require_GET
@permission_required(Permission.READ_AUDIT)
def audit_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "accounts/audit_list.html", {"filter": chosen, "page": page})


@require_POST
@permission_required(Permission.READ_AUDIT)
def audit_export(request: HttpRequest) -> HttpResponseBase:
    """What the filters show, as CSV; that it was taken is itself a line of the trail."""
    chosen = _chosen(request)
    at = timezone.now()
    export_trail(by=user_of(request), at=at, count=chosen.qs.count())
    response = StreamingHttpResponse(_lines(chosen.qs.filter(at__lt=at)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-trail_{timezone.localdate(at):%Y-%m-%d}.csv"'
    return response


def _chosen(request: HttpRequest) -> AuditFilter:
    return AuditFilter(request.GET, queryset=AuditEvent.objects.all(), kinds=gather.kinds_in_the_trail())


class _Echo:
    def write(self, value: str) -> str:
        return value


def _lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Spreadsheet programs read UTF-8 only when told.
    yield "\ufeff"
    yield writer.writerow(CSV_HEADER)
    for event in events.iterator(chunk_size=1000):
        yield writer.writerow(
            csv_row(
                at=timezone.localtime(event.at),
                actor=event.actor_label,
                action=event.action,
                kind=event.thing_type,
                thing=event.thing_label,
                text=event.text,
                fields=event.fields,
            )
        )


@require_GET
@permission_required(Permission.MANAGE_PEOPLE)
def mail_list(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    mails = OutgoingMail.objects.filter(state=state) if state in MailState else OutgoingMail.objects.all()
    page = Paginator(mails.defer("body"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": MailState.choices}
    return TemplateResponse(request, "accounts/mail_list.html", context)


@require_POST
@never_cache
@permission_required(Permission.MANAGE_PEOPLE)
def mail_show(request: HttpRequest, pk: int) -> HttpResponse:
    mail = outbox.read_mail(by=user_of(request), at=timezone.now(), mail=get_object_or_404(OutgoingMail, pk=pk))
    return TemplateResponse(request, "accounts/mail_show.html", {"mail": mail})


@require_POST
@permission_required(Permission.MANAGE_PEOPLE)
def mail_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    outbox.send_again(by=user_of(request), at=timezone.now(), mail=get_object_or_404(OutgoingMail, pk=pk))
    messages.success(request, "The mail waits to be sent again.")
    return HttpResponseRedirect(reverse("accounts:mail-list"))
