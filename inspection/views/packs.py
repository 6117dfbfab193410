"""The pages of packs: what is handed over by when, order one, look at one, sign off, release."""

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
from children.permissions import check_can_export
from documents.exports import is_out_of_date
from documents.models import Export
from documents.reauthentication import confirm_url, was_confirmed
from inspection.actions import packs as actions
from inspection.domain.packs.names import DEFAULT_PATTERN, NameParts, file_name
from inspection.forms.packs import NamingForm, PackForm, SignOffForm
from inspection.gather.deliveries import HandoversNow, deliveries_of, gather_handovers, recent_deliveries
from inspection.gather.packs import KIND, packs, running_exports
from inspection.models import Inspection, Pack, PackNaming
from inspection.permissions.deliveries import (
    HANDOVER_READERS,
    check_can_deliver_lists,
    check_can_deliver_pack,
    check_may_correct,
)
from inspection.permissions.packs import (
    READERS,
    check_can_order_pack,
    check_can_read_pack,
    check_can_release,
    check_can_sign_off,
)
from inspection.presenters.deliveries import HandoverCard, Press, make_card

EXAMPLE = NameParts(
    area="WEXCOMBE",
    item="self-evaluation",
    number=1,
    title="Self-evaluation summary",
    original="SEF final v7",
    as_at="2026-10-31",
    version=3,
)
NO_LISTS = "No person-level lists are there to export. Upload them first."


def _pack(pk: int) -> Pack:
    related = ("export", "export__ordered_by", "signed_off_by", "released_by")
    return get_object_or_404(Pack.objects.select_related(*related), pk=pk)


def _pattern() -> str:
    naming = PackNaming.objects.first()
    return naming.pattern if naming else DEFAULT_PATTERN


def _list_page(request: HttpRequest, form: PackForm, *, status: int = 200) -> TemplateResponse:
    """Handovers for everybody who delivers; the packs themselves for those who read packs."""
    user, pattern, made = user_of(request), _pattern(), packs()
    reads_packs = bool(user.permissions & set(READERS))
    now = gather_handovers(timezone.now(), made)
    known = {now.annex_a.latest.pk: now.annex_a.is_out_of_date} if now.annex_a.latest else {}
    newest = made[0] if made else None
    if newest is not None and newest.export_id not in known:
        known[newest.export_id] = is_out_of_date(newest.export)
    context = {
        "visit": now.clock.visit,
        "handovers": (_lists_card(user, now), _annex_a_card(user, now)),
        "lists_batch": "lists",
        "deliveries": recent_deliveries(),
        "reads_packs": reads_packs,
        "form": form,
        "packs": _marked(made, known) if reads_packs else (),
        "running": running_exports() if reads_packs else (),
        "can_order": Permission.PREPARE_PACK in user.permissions,
        "pattern": pattern,
        "example": file_name(pattern, EXAMPLE, ".pdf"),
    }
    return TemplateResponse(request, "inspection/pack_list.html", context, status=status)


def _marked(made: list[Pack], known: dict[int, bool]) -> list[tuple[Pack, bool]]:
    """Each pack with whether it is out of date; an older one is where the newest of its order holds something else."""
    newest = {pack.export.params_key: pack.export for pack in reversed(made)}
    marked = []
    for pack in made:
        last = newest[pack.export.params_key]
        marked.append((pack, known.get(last.pk, False) or pack.export.fingerprint != last.fingerprint))
    return marked


def _lists_card(user: User, now: HandoversNow) -> HandoverCard:
    line = now.lists
    reason = reason_not_to(check_can_export, user, {})
    export_url = reverse("documents:export-show", args=[line.latest.pk]) if line.latest else ""
    nothing = "" if line.latest else "Make the person-level lists first; then record where they went."
    return make_card(
        line,
        now.clock,
        make=Press(
            label="Make the person-level lists",
            url=reverse("inspection:lists-order"),
            reason=reason or ("" if line.upload else NO_LISTS),
            is_post=True,
        ),
        take=Press(label="Download the person-level lists", url=export_url, reason=reason, kind="secondary"),
        deliver=Press(
            label="Record the delivery of the lists",
            url=reverse("inspection:lists-deliver"),
            reason=reason_not_to(check_can_deliver_lists, user) or nothing,
        ),
        unfinished_url=_progress_url(line.unfinished, reason),
    )


def _annex_a_card(user: User, now: HandoversNow) -> HandoverCard:
    line, pack = now.annex_a, now.annex_a.pack
    params = {"parts": ["annex-a"]}
    reason = reason_not_to(check_can_read_pack, user, params)
    nothing = "" if pack else "Build the Annex A pack first; then record where it went."
    return make_card(
        line,
        now.clock,
        make=Press(
            label="Build the Annex A pack",
            url=reverse("inspection:pack-order"),
            reason=reason_not_to(check_can_order_pack, user, params),
            is_post=True,
        ),
        take=Press(
            label="Look at the pack and download it",
            url=reverse("inspection:pack-show", args=[pack.pk]) if pack else "",
            reason=reason,
            kind="secondary",
        ),
        deliver=Press(
            label="Record the delivery of Annex A",
            url=reverse("inspection:delivery-record", args=[pack.pk]) if pack else "",
            reason=reason_not_to(check_may_correct, user, KIND)
            or nothing
            or (reason_not_to(check_can_deliver_pack, user, pack) if pack else ""),
        ),
        unfinished_url=_progress_url(line.unfinished, reason),
    )


def _progress_url(unfinished: Export | None, reason: str) -> str:
    return reverse("documents:export-show", args=[unfinished.pk]) if unfinished and not reason else ""


def _order_form(request: HttpRequest) -> PackForm:
    visits = Inspection.objects.open()
    first = visits.first()
    initial = {"parts": ["annex-a"], "occasion": str(first.pk) if first else ""}
    return PackForm(request.POST or None, visits=visits, initial=initial)


@require_GET
@permission_required(*HANDOVER_READERS)
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
        "deliver_reason": reason_not_to(check_can_deliver_pack, user, pack),
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
        meant = "older-is-meant" in request.POST
        actions.release_pack(by=user_of(request), at=now, pack=pack, is_older_meant=meant)
    except NotAllowed as refusal:
        return _pack_page(request, pack, problems=(refusal.reason,), status=409)
    messages.success(request, "The pack is released. Upload it, then record the delivery.")
    return here


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
