"""Database → versions and their documents as pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from accounts.models import User
from selfeval.domain.published import Document
from selfeval.domain.published_json import UnreadableDocument, from_json
from selfeval.models import PublishedVersion, VersionKind
from selfeval.version_permissions import versions_for


@dataclass(frozen=True)
class Held:
    """A version with its document, read when it is asked for."""

    version: PublishedVersion

    @cached_property
    def document(self) -> Document:
        try:
            return from_json(self.version.document)
        except UnreadableDocument as refused:
            raise Http404(str(refused)) from refused


def held_version(user: User, pk: int) -> Held:
    """One that this person may read. Raises Http404."""
    version = versions_for(user).filter(pk=pk).first()
    if version is None:
        raise Http404
    return Held(version)


def withdrawn_version(pk: int) -> PublishedVersion | None:
    """Whoever comes for a withdrawn one learns that, and why."""
    rows = PublishedVersion.objects.filter(withdrawn_at__isnull=False).defer("document")
    return rows.select_related("self_evaluation").filter(pk=pk).first()


def version_lines(user: User) -> list[PublishedVersion]:
    """Without their documents, the newest first: one query."""
    return list(versions_for(user).defer("document").order_by("-frozen_at", "-pk"))


def newest_standing() -> PublishedVersion | None:
    """What is in force: the newest published version that nobody has withdrawn."""
    rows = PublishedVersion.objects.filter(kind=VersionKind.PUBLISHED, withdrawn_at=None).defer("document")
    return rows.order_by("-frozen_at", "-pk").first()
