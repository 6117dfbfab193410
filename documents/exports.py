"""What can be exported: one plain table, named by a setting, that the apps above fill."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.permissions import NotAllowed
from documents.models import Export
from documents.press.zip import Written

Params = Mapping[str, Any]


class Inputs(Protocol):
    """What `gather` returns: anything that knows its latest change and a fingerprint of its content."""

    @property
    def as_at(self) -> datetime: ...

    @property
    def fingerprint(self) -> str: ...


class Making(Protocol):
    """What `write` is given to say how far it is, and to keep finished parts for the next attempt."""

    def __call__(self, progress: float, stage: str = "") -> None: ...

    def keep(self, name: str, make: Callable[[Path], None]) -> Path: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button on the exports page: what would be ordered, in words."""

    title: str
    sentence: str
    params: Params = field(default_factory=dict)


def _no_offers(user: User) -> Iterable[Offer]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportKind:
    """One kind of export.

    `check(user, params)` raises NotAllowed, for ordering, seeing and taking alike: the strictest of its parts. It
    should run no query besides the user's own roles. `gather(params)` reads everything in a fixed number of queries;
    `write(inputs, out_path, beat)` is then free of the database; it may return what it wrote (`ZipWriter.written`),
    which saves reading the file again. `fingerprint_now(params)` gives, cheaply, the fingerprint that `gather` would
    give now (leave it out and nothing is ever marked out of date). `after_store` runs inside the transaction that
    finishes the export, for rows of the app that owns the kind. `check_order` is asked besides `check` where
    fewer people may have it made, stopped or made again than may take it. Child data goes to the vault.
    """

    code: str
    title: str
    sentence: str
    extension: str
    content_type: str
    check: Callable[[User, Params], None]
    gather: Callable[[Params], Any]
    write: Callable[[Any, Path, Making], Written | None]
    fingerprint_now: Callable[[Params], str] | None = None
    subject: Callable[[Params], str] | None = None
    file_name: Callable[[Params], str] | None = None
    after_store: Callable[[Export, Any], None] | None = None
    offers: Callable[[User], Iterable[Offer]] = _no_offers
    check_order: Callable[[User, Params], None] | None = None
    is_child_data: bool = False
    asks_password: bool = False

    def title_of(self, params: Params) -> str:
        return self.subject(params) if self.subject else self.title

    def check_making(self, user: User, params: Params) -> None:
        """Raises NotAllowed unless the person may order it, stop it or start it again."""
        self.check(user, params)
        if self.check_order:
            self.check_order(user, params)

    def name_part_of(self, params: Params) -> str:
        """The KIND in AREA_KIND_YYYY-MM-DD_vN."""
        return (self.file_name(params) if self.file_name else self.code).upper()


@cache
def _table(path: str) -> Mapping[str, ExportKind]:
    table: Mapping[str, ExportKind] = import_string(path)
    return table


def kinds() -> Mapping[str, ExportKind]:
    return _table(settings.EXPORT_KINDS)


def kind_of(code: str) -> ExportKind:
    """The kind, or a refusal where this installation no longer has it."""
    try:
        return kinds()[code]
    except KeyError:
        raise NotAllowed("This installation does not make this kind of export.") from None


def params_key(params: Params) -> str:
    """The same key for the same parameters, in whatever order they come."""
    text = json.dumps(params, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_out_of_date(export: Export) -> bool:
    """True when the inputs have changed since. A change of our own software alone does not count."""
    kind = kinds().get(export.kind)
    if kind is None or kind.fingerprint_now is None or not export.is_done:
        return False
    return kind.fingerprint_now(export.params) != export.fingerprint
