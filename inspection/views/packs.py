"""The pages of packs: order one, look at one, sign off, release, record the delivery."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.exports import is_out_of_date
from documents.reauthentication import confirm_url, was_confirmed
from inspection.actions import packs as actions
from inspection.actions.packs import WrongMoment
from inspection.domain.packs.names import DEFAULT_PATTERN, NameParts, file_name
from inspection.forms.packs import DeliveryForm, NamingForm, PackForm, SignOffForm
from inspection.gather.items import possible_owners
from inspection.gather.packs import deliveries_of, packs, running_exports
from inspection.models import Inspection, Pack, PackNaming
from inspection.permissions.items import reason_not_to
from inspection.permissions.packs import (
    READERS,
    check_can_deliver,
    check_can_release,
    check_can_sign_off,
)

EXAMPLE = NameParts(
    area="WEXCOMBE",
    item="self-evaluation",
    number=1,
    title="Self-evaluation summary",
    original="SEF final v7",
    as_at="2026-10-31",
    version=3,
)


def _pack(pk: int) -> Pack:
    related = ("export", "export__ordered_by", "signed_off_by", "released_by")
    return get_object_or_404(Pack.objects.select_related(*related), pk=pk)


def _pattern() -> str:
    naming = PackNaming.objects.first()
    return naming.pattern if naming else DEFAULT_PATTERN


def _list_page(request: HttpRequest, form: PackForm, *, status: int = 200) -> TemplateResponse:
    pattern = _pattern()
    made = packs()
    newest = made[0].pk if made else None
    context = {
        "form": form,
        "packs": [(pack, pack.pk == newest and is_out_of_date(pack.export)) for pack in made],
        "running": running_exports(),
        "can_order": Permission.PREPARE_PACK in user_of(request).permissions,
        "pattern": pattern,
        "example": file_name(pattern, EXAMPLE, ".pdf"),
    }
    return TemplateResponse(request, "inspection/pack_list.html", context, status=status)


def _order_form(request: HttpRequest) -> PackForm:
    visits = Inspection.objects.open()
    first = visits.first()
    initial = {"parts": ["annex-a"], "occasion": str(first.pk) if first else ""}
    return PackForm(request.POST or None, visits=visits, initial=initial)


@require_GET
@permission_required(*READERS)
def pack_list(request: HttpRequest) -> HttpResponseBase:
    return _list_page(request, _order_form(request))


@require_POST
@permission_required(Permission.PREPARE_PACK)
def pack_order(request: HttpRequest) -> HttpResponseBase:
    form = _order_form(request)
    if not form.is_valid():
        return _list_page(request, form, status=400)
    key = form.cleaned_data["occasion"]
    export = actions.order_pack(
        by=user_of(request),
        at=timezone.now(),
        inspection=get_object_or_404(Inspection, pk=key) if key else None,
        parts=tuple(form.cleaned_data["parts"]),
    )
    done = Pack.objects.filter(export=export).first()
    if done:
        messages.info(request, "Nothing has changed since this pack was made, so here it is.")
        return redirect("inspection:pack-show", pk=done.pk)
    return redirect("documents:export-show", pk=export.pk)


def _pack_page(
    request: HttpRequest, pack: Pack, *, problems: tuple[str, ...] = (), status: int = 200, **forms: object
) -> TemplateResponse:
    user = user_of(request)
    entries = list(pack.entries.select_related("item", "submission"))
    context = {
        "pack": pack,
        "export": pack.export,
        "entries": entries,
        "is_out_of_date": is_out_of_date(pack.export),
        "deliveries": deliveries_of(pack.export),
        "problems": problems,
        "sign_off_form": SignOffForm(),
        "sign_off_reason": reason_not_to(check_can_sign_off, user, pack),
        "release_reason": reason_not_to(check_can_release, user, pack),
        "deliver_reason": reason_not_to(check_can_deliver, user, pack),
        "can_sign_off": Permission.SIGN_OFF_PACK in user.permissions,
        "can_release": Permission.RELEASE_PACK in user.permissions,
    }
    return TemplateResponse(request, "inspection/pack_show.html", context | forms, status=status)


@require_GET
@permission_required(*READERS)
def pack_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _pack_page(request, _pack(pk))


@require_POST
@permission_required(Permission.SIGN_OFF_PACK)
def pack_sign_off(request: HttpRequest, pk: int) -> HttpResponseBase:
    pack, form = _pack(pk), SignOffForm(request.POST)
    if not form.is_valid():
        return _pack_page(request, pack, sign_off_form=form, status=400)
    try:
        actions.sign_off_pack(by=user_of(request), at=timezone.now(), pack=pack, note=form.cleaned_data["note"])
    except NotAllowed as refusal:
        return _pack_page(request, pack, problems=(refusal.reason,), status=409)
    messages.success(request, "You have signed off this pack.")
    return redirect("inspection:pack-show", pk=pk)


@require_POST
@permission_required(Permission.RELEASE_PACK)
def pack_release(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks for the password again first: a pack that is out is out."""
    pack, now = _pack(pk), timezone.now()
    here = redirect("inspection:pack-show", pk=pk)
    if not was_confirmed(request, at=now):
        messages.info(request, "Give your password once more, then press Release again.")
        return redirect(confirm_url(here.url))
    try:
        actions.release_pack(by=user_of(request), at=now, pack=pack)
    except NotAllowed as refusal:
        return _pack_page(request, pack, problems=(refusal.reason,), status=409)
    messages.success(request, "The pack is released. Upload it, then record the delivery.")
    return here


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RELEASE_PACK)
def delivery_record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Uploaded where, when, by whom."""
    pack, user, now = _pack(pk), user_of(request), timezone.now()
    check_can_deliver(user, pack)
    local = timezone.localtime(now)
    initial = {"on": f"{local:%d/%m/%Y}", "at_time": f"{local:%H:%M}", "delivered_by": user.pk, "batch": "annex-a"}
    form = DeliveryForm(request.POST or None, people=possible_owners(), initial=initial)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        key = pack.export.params.get("inspection")
        try:
            actions.record_delivery(
                by=user,
                at=now,
                pack=pack,
                destination=data["destination"],
                delivered_at=form.moment(),
                delivered_by=data["delivered_by"],
                batch=data["batch"],
                inspection=Inspection.objects.filter(pk=key).first() if key else Inspection.objects.open().first(),
                note=data["note"],
            )
        except WrongMoment as wrong:
            problems = (wrong.sentence,)
        else:
            messages.success(request, "The delivery is on record.")
            return redirect("inspection:pack-show", pk=pk)
    context = {"pack": pack, "export": pack.export, "form": form, "problems": problems}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "inspection/delivery_record.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PREPARE_PACK)
def naming_change(request: HttpRequest) -> HttpResponseBase:
    """How documents are named inside packs."""
    pattern = _pattern()
    form = NamingForm(request.POST or None, initial={"pattern": pattern})
    if request.method == "POST" and form.is_valid():
        pattern = form.cleaned_data["pattern"]
        if "keep" in request.POST:
            actions.name_documents(by=user_of(request), at=timezone.now(), pattern=pattern)
            messages.success(request, "Packs that are made from now on name their documents like this.")
            return redirect("inspection:pack-list")
    status = 400 if form.errors else 200
    context = {"form": form, "example": file_name(pattern, EXAMPLE, ".pdf"), "default": DEFAULT_PATTERN}
    return TemplateResponse(request, "inspection/naming_change.html", context, status=status)
