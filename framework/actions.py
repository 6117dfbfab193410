"""What changes a rulebook, apart from saves on the admin site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from framework.domain.rulebook import KIND_NAMES, Placed, Rulebook, placed_rows, values_of
from framework.models import Framework, PastedRow, PublishedRow, WordingPaste
from framework.models.kinds import MODELS, PARENT_FIELDS, PARENT_KINDS
from framework.wording import MODELS as WORDING_MODELS
from framework.wording import wording_rows

WORDING_FIELDS = ("official_wording", "source", "confirmed_on", "edited_at")
HEAD = ("name", "about", "in_force_from", "in_force_to", "source", "confirmed_on")


class UnknownFramework(Exception):
    """An earlier framework that a mapping names isn't loaded."""


@dataclass(slots=True)
class Load:
    """What loading a file did; each line names a row. `kept` rows differ from the file but were edited here."""

    framework: Framework
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    archived: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def load_rulebook(*, by: User | None, at: datetime, rulebook: Rulebook, replace: bool = False) -> Load:
    """Brings the rows of a framework to what a file says.

    Rows that nobody edited are created, changed or archived; rows edited here are kept and named, unless `replace`.
    Rows that the area added are never touched. The first framework that is loaded becomes the current one.
    """
    if by is not None:
        check_permission(by, Permission.MANAGE_FRAMEWORKS)
    load = _load_head(at=at, rulebook=rulebook, replace=replace)
    placed = placed_rows(rulebook)
    keys: dict[str, dict[str, int]] = {}
    for kind in MODELS:
        rows = [each for each in placed if each.kind == kind]
        keys[kind] = _load_kind(load, kind, rows, keys, replace=replace)
    record(
        by=by,
        at=at,
        action="framework.loaded",
        thing=load.framework,
        text=(
            f"{len(load.created)} rows created, {len(load.changed)} changed, {len(load.archived)} archived, "
            f"{len(load.kept)} kept as edited here."
        ),
    )
    return load


def _load_head(*, at: datetime, rulebook: Rulebook, replace: bool) -> Load:
    values = {name: getattr(rulebook, name) for name in HEAD} | {"list_layouts": ", ".join(rulebook.list_layouts)}
    framework = Framework.objects.filter(code=rulebook.code).first()
    if framework is None:
        is_first = not Framework.objects.filter(is_current=True).exists()
        framework = Framework.objects.create(code=rulebook.code, is_current=is_first, **values)
        return Load(framework, created=[f"framework {framework.code}"])
    load = Load(framework)
    differing = [name for name, value in values.items() if getattr(framework, name) != value]
    label = f"framework {framework.code}"
    if differing and framework.edited_at and not replace:
        load.kept.append(f"{label} ({', '.join(differing)})")
    elif differing:
        _write(framework, {**values, "edited_at": None})
        load.changed.append(f"{label} ({', '.join(differing)})")
    else:
        load.unchanged += 1
    return load


def _load_kind(
    load: Load, kind: str, rows: Sequence[Placed], keys: dict[str, dict[str, int]], *, replace: bool
) -> dict[str, int]:
    """Loads the rows of one kind; gives back the key of each by its code."""
    model = MODELS[kind]
    existing = {row.code: row for row in model._default_manager.filter(framework=load.framework)}
    fresh = []
    for placed in rows:
        values = _columns(load.framework, kind, placed, keys)
        if row := existing.get(placed.row.code):
            _bring_in_line(load, kind, row, values, replace=replace)
        else:
            fresh.append(model(framework=load.framework, code=placed.row.code, **values))
            load.created.append(f"{KIND_NAMES[kind]} {placed.row.code}")
    model._default_manager.bulk_create(fresh)
    named = {placed.row.code for placed in rows}
    for row in existing.values():
        if row.code not in named:
            _put_away(load, kind, row, replace=replace)
    return {row.code: row.pk for row in (*existing.values(), *fresh)}


def _columns(framework: Framework, kind: str, placed: Placed, keys: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The columns of a row: codes of other rows become their keys; positions leave room for local rows."""
    values: dict[str, Any] = dict(values_of(placed.row)) | {"order": placed.position * 10}
    if kind in PARENT_FIELDS:
        values[f"{PARENT_FIELDS[kind]}_id"] = keys[PARENT_KINDS[kind]][placed.parent]
    if kind == "request_item":
        values["deadline_id"] = keys["timetable_rule"][values.pop("deadline")]
    if kind == "mapping":
        code = values.pop("old_framework")
        old = framework if code == framework.code else Framework.objects.filter(code=code).first()
        if old is None:
            raise UnknownFramework(
                f"Load the earlier framework “{code}” first: the mapping {placed.row.code} needs it."
            )
        values["old_framework_id"] = old.pk
    return values


def _bring_in_line(load: Load, kind: str, row: PublishedRow, values: dict[str, Any], *, replace: bool) -> None:
    label = f"{KIND_NAMES[kind]} {row.code}"
    differing = [name.removesuffix("_id") for name, value in values.items() if getattr(row, name) != value]
    words = [name for name in differing if name != "order"] + (["archived"] if row.is_archived else [])
    if row.edited_at and words and not replace:
        load.kept.append(f"{label} ({', '.join(words)})")
    elif words or (differing and not row.edited_at):
        _write(row, {**values, "is_archived": False, "edited_at": None})
        load.changed.append(f"{label} ({', '.join(words or differing)})")
    else:
        load.unchanged += 1


def _put_away(load: Load, kind: str, row: PublishedRow, *, replace: bool) -> None:
    """A row that the file doesn't name: archived, never deleted; what the area added or edited stays."""
    if row.is_local or row.is_archived:
        load.unchanged += 1
    elif row.edited_at and not replace:
        load.kept.append(f"{KIND_NAMES[kind]} {row.code} (not in the file)")
    else:
        _write(row, {"is_archived": True, "edited_at": None})
        load.archived.append(f"{KIND_NAMES[kind]} {row.code}")


def _write(row: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


@transaction.atomic
def paste_wording(
    *, by: User, at: datetime, framework: Framework, source: str, confirmed_on: date, wordings: Mapping[str, str]
) -> WordingPaste:
    """Writes confirmed official wording to rows by code, and keeps what stood there before."""
    check_permission(by, Permission.MANAGE_FRAMEWORKS)
    paste = WordingPaste.objects.create(framework=framework, source=source, by=by, at=at)
    for row in wording_rows(framework):
        wording = wordings.get(row.code, "").strip()
        if not wording:
            continue
        held = WORDING_MODELS[row.kind]._default_manager.select_for_update().get(framework=framework, code=row.code)
        PastedRow.objects.create(
            paste=paste,
            kind=row.kind,
            code=row.code,
            wording=wording,
            wording_before=held.official_wording,
            source_before=held.source,
            confirmed_before_on=held.confirmed_on,
            edited_before_at=held.edited_at,
        )
        held.official_wording, held.source, held.confirmed_on, held.edited_at = wording, source, confirmed_on, at
        held.save(update_fields=list(WORDING_FIELDS))
    count = paste.rows.count()
    if not count:
        raise NotAllowed("Confirm at least one line: give it the code of the row that it belongs to.")
    record(by=by, at=at, action="framework.wording_pasted", thing=framework, text=f"{count} rows from: {source}")
    return paste


@transaction.atomic
def undo_wording(*, by: User, at: datetime, paste: WordingPaste) -> tuple[str, ...]:
    """Puts back what stood there. A row that somebody changed since is left alone; gives the codes of those."""
    check_permission(by, Permission.MANAGE_FRAMEWORKS)
    now = WordingPaste.objects.select_for_update().get(pk=paste.pk)
    if now.undone_at is not None:
        raise NotAllowed("It is undone already.")
    left = []
    for row in now.rows.all():
        rows = WORDING_MODELS[row.kind]._default_manager.select_for_update()
        held = rows.filter(framework=now.framework_id, code=row.code).first()
        if held is None or held.official_wording != row.wording:
            left.append(row.code)
            continue
        held.official_wording, held.source = row.wording_before, row.source_before
        held.confirmed_on, held.edited_at = row.confirmed_before_on, row.edited_before_at
        held.save(update_fields=list(WORDING_FIELDS))
    now.undone_by, now.undone_at = by, at
    now.save(update_fields=["undone_by", "undone_at"])
    record(by=by, at=at, action="framework.wording_undone", thing=now.framework, text=f"From: {now.source}")
    return tuple(left)
