"""Ordering the strategy as a workbook or as a PDF of two sides; they are made in the background."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from documents.actions import order_export
from strategy.exporting import STRATEGY_SHEET, STRATEGY_WORKBOOK


def _order(request: HttpRequest, kind: str) -> HttpResponseBase:
    export = order_export(by=user_of(request), at=timezone.now(), kind=kind, params={})
    return redirect("documents:export-show", pk=export.pk)


@require_POST
@permission_required(Permission.READ_STRATEGY)
def workbook_order(request: HttpRequest) -> HttpResponseBase:
    return _order(request, STRATEGY_WORKBOOK.code)


@require_POST
@permission_required(Permission.READ_STRATEGY)
def sheet_order(request: HttpRequest) -> HttpResponseBase:
    return _order(request, STRATEGY_SHEET.code)
