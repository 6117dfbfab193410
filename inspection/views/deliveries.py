"""What is handed over by a deadline: make the lists, record a delivery, correct the record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, reason_not_to
from accounts.requests import permission_required, user_of
from framework.models import Batch
from inspection.actions import deliveries as actions
from inspection.actions.deliveries import WrongDelivery
from inspection.forms.deliveries import DeliveryForm, WithdrawalForm
from inspection.gather.deliveries import LISTS, deliverable_lists, delivery_rows, versions_for, visits_for
from inspection.gather.items import possible_owners
from inspection.models import Delivery, Inspection, Pack
from inspection.permissions.deliveries import (
    DELIVERERS,
    HANDOVER_READERS,
    check_can_correct,
    check_can_deliver_lists,
    check_can_deliver_pack,
    check_may_correct,
)

NO_VISIT = (
    "No visit runs, so this meets no deadline: those of a closed visit stay as they were. "
    "It stands on record all the same."
)


def _packs_crumb() -> dict[str, str]:
    return {"label": "Packs", "url": reverse("inspection:pack-list")}


def _now_and(user: User) -> dict[str, Any]:
    local = timezone.localtime()
    return {"on": f"{local:%d/%m/%Y}", "at_time": f"{local:%H:%M}", "delivered_by": user.pk}


def _form_page(
    request: HttpRequest, form: DeliveryForm, problems: tuple[str, ...], **context: object
) -> TemplateResponse:
    status = 400 if request.method == "POST" else 200
    context |= {"form": form, "problems": problems}
    return TemplateResponse(request, "inspection/delivery_record.html", context, status=status)


def _visit_of(form: DeliveryForm, visits: list[Inspection]) -> Inspection | None:
    """The visit that was chosen; where nothing was asked, the only one there is."""
    if "inspection" not in form.fields:
        return visits[0] if visits else None
    key = form.cleaned_data["inspection"]
    return next((visit for visit in visits if str(visit.pk) == key), None)


def _running(visits: list[Inspection]) -> str:
    """What stands in the box for the visit at first: the one that runs, none where all are closed."""
    return next((str(visit.pk) for visit in visits if visit.is_open), "")


def _words(form: DeliveryForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "destination": data["destination"],
        "delivered_at": form.moment(),
        "delivered_by": data["delivered_by"],
        "note": data["note"],
    }


@require_POST
@permission_required(Permission.EXPORT_CHILD_ROWS)
def lists_order(request: HttpRequest) -> HttpResponseBase:
    """Makes the person-level lists as they stand."""
    export = actions.order_lists(by=user_of(request), at=timezone.now())
    if export.is_done:
        messages.info(request, "Nothing has changed since this was made, so here it is.")
    return redirect("documents:export-show", pk=export.pk)


@require_http_methods(["GET", "POST"])
@permission_required(*DELIVERERS)
def lists_deliver(request: HttpRequest) -> HttpResponseBase:
    """The person-level lists: which version was uploaded where, when, by whom."""
    user, now = user_of(request), timezone.now()
    check_can_deliver_lists(user)
    exports, visits = deliverable_lists(), visits_for()
    newest = exports.first()
    if newest is None:
        messages.info(request, "Make the person-level lists first; then record where they went.")
        return redirect("inspection:pack-list")
    form = DeliveryForm(
        request.POST or None,
        people=possible_owners(),
        exports=exports,
        visits=visits,
        initial=_now_and(user) | {"export": newest.pk, "inspection": _running(visits)},
    )
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_delivery(
                by=user,
                at=now,
                export=form.cleaned_data["export"],
                batch=Batch.LISTS.value,
                inspection=_visit_of(form, visits),
                **_words(form),
            )
        except WrongDelivery as wrong:
            problems = (wrong.sentence,)
        else:
            messages.success(request, "The delivery of the person-level lists is on record.")
            return redirect(f"{reverse('inspection:pack-list')}#lists")
    return _form_page(
        request,
        form,
        problems,
        title="Record the delivery of the lists",
        lead="" if "inspection" in form.fields or not visits else f"For the visit: {visits[0]}",
        aside="" if _running(visits) else NO_VISIT,
        crumbs=[_packs_crumb()],
        back=reverse("inspection:pack-list"),
        draft="delivery-lists",
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RELEASE_PACK)
def delivery_record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A pack: uploaded where, when, by whom."""
    pack = get_object_or_404(Pack.objects.select_related("export"), pk=pk)
    user, now = user_of(request), timezone.now()
    check_can_deliver_pack(user, pack)
    key = pack.export.params.get("inspection")
    visits = list(Inspection.objects.filter(pk=key)) if key else visits_for()
    form = DeliveryForm(
        request.POST or None,
        people=possible_owners(),
        visits=visits,
        asks_batch=True,
        initial=_now_and(user)
        | {"batch": "annex-a" if "annex-a" in pack.parts else "", "inspection": _running(visits)},
    )
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_delivery(
                by=user,
                at=now,
                export=pack.export,
                batch=form.cleaned_data["batch"],
                inspection=_visit_of(form, visits),
                **_words(form),
            )
        except WrongDelivery as wrong:
            problems = (wrong.sentence,)
        else:
            messages.success(request, "The delivery is on record.")
            return redirect("inspection:pack-show", pk=pk)
    here = reverse("inspection:pack-show", args=[pk])
    return _form_page(
        request,
        form,
        problems,
        title="Record a delivery",
        lead=f"{pack}, version {pack.export.version}",
        crumbs=[_packs_crumb(), {"label": str(pack), "url": here}],
        back=here,
        draft=f"delivery-{pk}",
    )


def _delivery(pk: int) -> Delivery:
    return get_object_or_404(delivery_rows(), pk=pk)


def _show(
    request: HttpRequest, delivery: Delivery, form: WithdrawalForm | None = None, *, status: int = 200
) -> TemplateResponse:
    user = user_of(request)
    pack = None if delivery.export.kind == LISTS else Pack.objects.filter(export=delivery.export).first()
    context = {
        "delivery": delivery,
        "export": delivery.export,
        "pack": pack,
        "correction": Delivery.objects.filter(corrects=delivery).first(),
        "form": form or WithdrawalForm(),
        "reason": reason_not_to(check_can_correct, user, delivery),
        "can_correct": not reason_not_to(check_may_correct, user, delivery.export.kind),
        "crumbs": [_packs_crumb()],
    }
    return TemplateResponse(request, "inspection/delivery_show.html", context, status=status)


@require_GET
@permission_required(*HANDOVER_READERS)
def delivery_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One record, with what corrected it: it holds no child's data and outlives the file."""
    return _show(request, _delivery(pk))


@require_http_methods(["GET", "POST"])
@permission_required(*DELIVERERS)
def delivery_correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A further record in place of this one."""
    delivery, user, now = _delivery(pk), user_of(request), timezone.now()
    check_can_correct(user, delivery)
    visits, is_lists = visits_for(delivery), delivery.export.kind == LISTS
    local = timezone.localtime(delivery.delivered_at)
    people = possible_owners() | User.objects.filter(pk=delivery.delivered_by_id)
    form = DeliveryForm(
        request.POST or None,
        people=people,
        exports=versions_for(delivery),
        visits=visits,
        asks_batch=not is_lists,
        note_help="What was wrong in the earlier record.",
        initial={
            "export": delivery.export_id,
            "destination": delivery.destination,
            "inspection": str(delivery.inspection_id or ""),
            "batch": delivery.batch,
            "on": f"{local:%d/%m/%Y}",
            "at_time": f"{local:%H:%M}",
            "delivered_by": delivery.delivered_by_id,
        },
    )
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            further = actions.record_delivery(
                by=user,
                at=now,
                export=form.cleaned_data["export"],
                batch=Batch.LISTS.value if is_lists else form.cleaned_data["batch"],
                inspection=_visit_of(form, visits),
                corrects=delivery,
                **_words(form),
            )
        except WrongDelivery as wrong:
            problems = (wrong.sentence,)
        else:
            messages.success(request, "The correction is on record; the earlier record stays beneath it.")
            return redirect("inspection:delivery-show", pk=further.pk)
    here = reverse("inspection:delivery-show", args=[pk])
    return _form_page(
        request,
        form,
        problems,
        title="Correct a delivery",
        lead=f"{delivery.export}, version {delivery.export.version}",
        aside="The earlier record stays to be read. This one counts in its place.",
        crumbs=[_packs_crumb(), {"label": "Delivery", "url": here}],
        back=here,
        draft=f"delivery-correct-{pk}",
    )


@require_POST
@permission_required(*DELIVERERS)
def delivery_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Nothing was delivered after all."""
    delivery, form = _delivery(pk), WithdrawalForm(request.POST)
    check_can_correct(user_of(request), delivery)
    if not form.is_valid():
        return _show(request, delivery, form, status=400)
    try:
        actions.withdraw_delivery(
            by=user_of(request), at=timezone.now(), delivery=delivery, reason=form.cleaned_data["reason"]
        )
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, "It is on record that nothing was delivered after all.")
    return redirect("inspection:delivery-show", pk=pk)
