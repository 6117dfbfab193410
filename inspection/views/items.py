"""The pages of Annex A: the list, one item, one version."""

from datetime import datetime

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from documents.responses import download
from evidence.permissions import READERS as EVIDENCE_READERS
from framework.models import RequestItem
from inspection.actions import decisions
from inspection.actions import items as items_actions
from inspection.actions import owners as owners_actions
from inspection.actions.items import CannotAttach, Conflict, Incomplete
from inspection.domain.submissions import State, WrongState
from inspection.filters import ItemFilter
from inspection.forms.items import DraftForm, OwnerForm, ReturnForm
from inspection.gather.carry_over import items_to_carry_over
from inspection.gather.due import due_words
from inspection.gather.evidence import readable, taken, taken_by
from inspection.gather.items import item_detail, items_page, possible_owners, with_standing
from inspection.models import ItemsLook, ItemSubmission, SubmissionFile
from inspection.permissions.items import check_can_supply, items_of
from inspection.presenters.addresses import address
from inspection.presenters.items import card, differing_fields, groups, is_approver, item_page
from inspection.version_rows import owner_id_of

READERS = (Permission.READ_ITEMS, Permission.EDIT_ITEMS, Permission.EDIT_OWN_ITEMS, Permission.APPROVE_ITEMS)
SUPPLIERS = (Permission.EDIT_ITEMS, Permission.EDIT_OWN_ITEMS)
APPROVERS = (Permission.APPROVE_ITEMS, Permission.APPROVE_HEALTH_ITEMS)
CHANGED_SINCE = "It was changed since you looked. Nothing is approved: look at it again."
ASSIGNERS = (Permission.EDIT_ITEMS, Permission.APPROVE_HEALTH_ITEMS)


def fetch_item(request: HttpRequest, code: str) -> RequestItem:
    """The item, if this person may open it: somebody else's item does not exist."""
    return get_object_or_404(items_of(user_of(request)).select_related("deadline"), code=code)


def fetch_version(request: HttpRequest, code: str, number: int) -> ItemSubmission:
    versions = ItemSubmission.objects.select_related("item", "item__deadline", "changed_by")
    return get_object_or_404(versions, item=fetch_item(request, code), version=number)


@require_GET
@permission_required(*READERS)
def item_list(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    look = ItemsLook.objects.filter(user=user).first()
    permitted = with_standing(items_of(user))
    found = ItemFilter(request.GET, queryset=permitted, user=user, looked_at=look.at if look else None)
    page = items_page(user, found.qs)
    return TemplateResponse(
        request,
        "inspection/item_list.html",
        {
            "filter": found,
            "is_filtered": any(request.GET.get(name) for name in found.filters),
            "groups": groups(page, due_words(page.visit)),
            "count": len(page.lines),
            "visit": page.visit,
            "added": page.added,
            "looked_at": page.looked_at,
            "changed_count": sum(line.has_changed for line in page.lines),
            "can_approve": is_approver(user),
            "left_behind": items_to_carry_over().count(),
            "can_carry": Permission.APPROVE_ITEMS in user.permissions,
            "can_assign": bool(user.permissions & set(ASSIGNERS)),
            "can_adopt": Permission.EDIT_ITEMS in user.permissions,
            "reads_all": bool(user.permissions & {Permission.READ_ITEMS, Permission.EDIT_ITEMS}),
        },
    )


@require_POST
@permission_required(*READERS)
def items_see(request: HttpRequest) -> HttpResponseBase:
    owners_actions.mark_as_seen(by=user_of(request), at=timezone.now())
    messages.success(request, "From now on, what changes after this moment is marked as changed.")
    return redirect("inspection:item-list")


def item_page_response(
    request: HttpRequest, item: RequestItem, *, problems: tuple[str, ...] = (), status: int = 200, **forms: object
) -> TemplateResponse:
    """The page of an item, with what went wrong above it."""
    user = user_of(request)
    detail = item_detail(item)
    words = due_words(detail.visit)
    page = item_page(detail, user, words.get(item.deadline.batch, ""))
    context = {
        "page": page,
        "readable": readable(user, item),
        "lists_url": address("children:list-show", "children:upload-list", "children:lists"),
        "problems": problems,
        "visit": detail.visit,
        "visit_item": detail.visit_item,
        "return_form": ReturnForm(),
        "owner_form": OwnerForm(people=possible_owners(), initial={"owner": detail.owner.pk if detail.owner else None}),
    }
    return TemplateResponse(request, "inspection/item_show.html", context | forms, status=status)


@require_GET
@permission_required(*READERS)
def item_show(request: HttpRequest, code: str) -> HttpResponseBase:
    return item_page_response(request, fetch_item(request, code))


@require_POST
@permission_required(*SUPPLIERS)
def submission_start(request: HttpRequest, code: str) -> HttpResponseBase:
    item = fetch_item(request, code)
    draft = items_actions.start_version(by=user_of(request), at=timezone.now(), item=item)
    if draft.state != State.DRAFT:
        problem = "A version of this item is being decided on. Take it back if you want to change it."
        return item_page_response(request, item, problems=(problem,), status=409)
    return redirect("inspection:submission-edit", code=code, number=draft.version)


@require_GET
@permission_required(*READERS)
def submission_show(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    version = fetch_version(request, code, number)
    prefetch_related_objects([version], taken())
    user = user_of(request)
    owner_id = owner_id_of(version.item)
    context = {
        "card": card(version, user, owner_id),
        "item": version.item,
        "version": version,
        "readable": readable(user, version.item),
    }
    return TemplateResponse(request, "inspection/submission_show.html", context)


def _edit_page(
    request: HttpRequest,
    version: ItemSubmission,
    form: DraftForm,
    *,
    problems: tuple[str, ...] = (),
    theirs: ItemSubmission | None = None,
    status: int = 200,
) -> TemplateResponse:
    files = SubmissionFile.objects.filter(submission=version).select_related("stored", "added_by")
    conflict_fields = differing_fields(theirs, form) if theirs else ()
    return TemplateResponse(
        request,
        "inspection/submission_edit.html",
        {
            "item": version.item,
            "version": version,
            "form": form,
            "files": list(files),
            "taken": taken_by(version),
            "readable": readable(user_of(request), version.item),
            "may_take": bool(user_of(request).permissions & set(EVIDENCE_READERS)),
            "problems": problems,
            "theirs": theirs,
            "conflict_fields": conflict_fields,
            "approver": "the health lead or the LANO" if version.item.is_health_item else "the LANO",
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@permission_required(*SUPPLIERS)
def submission_edit(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One form for words and files: whichever button is pressed, nothing that was typed is lost."""
    version = fetch_version(request, code, number)
    check_can_supply(user_of(request), version.item, owner_id_of(version.item))
    if version.state != State.DRAFT or version.archived_at:
        return redirect("inspection:submission-show", code=code, number=number)
    if request.method == "GET":
        return _edit_page(request, version, DraftForm(initial=DraftForm.initial_of(version)))
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        return _edit_page(request, version, form, status=400)
    return _save(request, version, form)


def _save(request: HttpRequest, version: ItemSubmission, form: DraftForm) -> HttpResponseBase:
    user, now = user_of(request), timezone.now()
    try:
        saved = items_actions.save_draft(
            by=user,
            at=now,
            submission=version,
            lock=form.cleaned_data["lock"],
            words=form.words(),
            uploads=form.cleaned_data["uploads"],
        )
    except Conflict as conflict:
        return _conflict_page(request, conflict)
    except Refused as refusal:
        return _edit_page(request, version, form, problems=(refusal.sentence,), status=refusal.status)
    except (CannotAttach, WrongState) as refusal:
        return _edit_page(request, version, form, problems=(refusal.sentence,), status=409)
    except DiskFull as full:
        return _edit_page(request, version, form, problems=(full.sentence,), status=507)
    for attached in saved.attached:
        if attached.twins:
            messages.info(
                request,
                f"{attached.file.stored.original_name} is attached to another item too, with the very same bytes: "
                f"{', '.join(attached.twins)}. That is fine if it answers both.",
            )
    return _after_save(request, saved.submission, user, now)


def _conflict_page(request: HttpRequest, conflict: Conflict) -> TemplateResponse:
    """Both texts: theirs beside, mine in the form. Saving again then replaces theirs, knowingly."""
    mine = request.POST.copy()
    mine["lock"] = str(conflict.theirs.lock)
    return _edit_page(
        request,
        conflict.theirs,
        DraftForm(mine),
        problems=(conflict.sentence,),
        theirs=conflict.theirs,
        status=409,
    )


def _after_save(request: HttpRequest, saved: ItemSubmission, user: User, now: datetime) -> HttpResponseBase:
    """What the pressed button asked for besides saving."""
    verb, _, key = request.POST.get("do", "save").partition("-")
    here = redirect("inspection:submission-edit", code=saved.item.code, number=saved.version)
    if verb in {"remove", "up", "down"} and key.isdecimal():
        file = get_object_or_404(SubmissionFile.objects.select_related("stored"), submission=saved, pk=int(key))
        if verb == "remove":
            items_actions.detach_file(by=user, at=now, file=file)
            messages.success(request, f"{file.stored.original_name} is taken out of this version.")
        else:
            items_actions.move_file(by=user, at=now, file=file, up=verb == "up")
        return here
    if verb == "evidence":
        return redirect("inspection:evidence-take", code=saved.item.code, number=saved.version)
    if verb != "submit":
        messages.success(request, "The draft is saved.")
        return here
    try:
        items_actions.submit(by=user, at=now, submission=saved)
    except Incomplete as incomplete:
        return _edit_page(request, saved, _told(request, saved, incomplete), status=400)
    messages.success(request, f"Version {saved.version} is handed over for approval.")
    return redirect("inspection:item-show", code=saved.item.code)


def _told(request: HttpRequest, saved: ItemSubmission, incomplete: Incomplete) -> DraftForm:
    """The form with what was typed, now saved, and what is missing beside its fields."""
    typed = request.POST.copy()
    typed["lock"] = str(saved.lock)
    form = DraftForm(typed)
    if form.is_valid():
        for one in incomplete.missing:
            form.add_error(one.field, one.sentence)
    return form


MOVES = {
    "take-back": (items_actions.take_back, "Version {number} is a draft again."),
    "archive": (decisions.archive_version, "Version {number} is in the archive. You can take it out again below."),
    "restore": (decisions.restore_version, "Version {number} is back from the archive."),
}


@require_POST
@permission_required(*APPROVERS)
def submission_approve(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Approves what the page showed: `lock` says which state of the version that was."""
    version = fetch_version(request, code, number)
    sent = request.POST.get("lock", "")
    lock = int(sent) if sent.isdecimal() and len(sent) < 10 else -1
    try:
        decisions.approve_many(by=user_of(request), at=timezone.now(), submissions=[(version, lock)])
    except Conflict:
        return item_page_response(request, version.item, problems=(CHANGED_SINCE,), status=409)
    except WrongState as wrong:
        return item_page_response(request, version.item, problems=(wrong.sentence,), status=409)
    messages.success(request, f"Version {number} is approved.")
    return redirect("inspection:item-show", code=code)


@require_POST
@permission_required(*SUPPLIERS, *APPROVERS)
def submission_move(request: HttpRequest, code: str, number: int, move: str) -> HttpResponseBase:
    """The buttons beside a version."""
    version = fetch_version(request, code, number)
    action, done = MOVES[move]
    try:
        action(by=user_of(request), at=timezone.now(), submission=version)
    except WrongState as wrong:
        return item_page_response(request, version.item, problems=(wrong.sentence,), status=409)
    messages.success(request, done.format(number=number))
    return redirect("inspection:item-show", code=code)


@require_GET
@permission_required(*READERS)
def file_download(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponseBase:
    version = fetch_version(request, code, number)
    file = get_object_or_404(SubmissionFile.objects.select_related("stored"), submission=version, pk=pk)
    return download(request, file.stored, file_name=file.stored.original_name)
