"""Keeping the store in order: orphans, erasures after a restore, and what the status page says."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.files.storage import storages
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import NotAllowed
from documents import files
from documents.actions.stored import erase
from documents.forgetting import forget
from documents.models import Erasure, Export, StoredFile, WorkerPulse

# Younger bytes may belong to an upload whose row is not written yet.
ORPHAN_AGE = timedelta(hours=24)
FOLDERS = ("files", "exports", "vault")
PULSE_LATE = timedelta(seconds=90)


def _walk(folder: str) -> Iterator[str]:
    try:
        folders, names = storages["default"].listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _walk(f"{folder}/{inner}")


def _is_named(path: str) -> bool:
    live = Q(path=path, erased_at__isnull=True)
    return StoredFile.objects.filter(live).exists() or Export.objects.filter(live).exists()


def remove_orphans(*, at: datetime) -> list[str]:
    """Removes bytes that no live row names and that are older than a day; returns their paths."""
    storage, gone = storages["default"], []
    for folder in FOLDERS:
        for path in _walk(folder):
            # Another worker may tidy up too.
            with suppress(FileNotFoundError):
                if not _is_named(path) and storage.get_modified_time(path) < at - ORPHAN_AGE:
                    files.discard(path)
                    gone.append(path)
    return gone


def erase_again() -> int:
    """After a restore: takes away whatever the restored backup brought back; returns how many rows it touched."""
    count = 0
    for erasure in Erasure.objects.all():
        for model in (StoredFile, Export):
            if erasure.thing_type != model._meta.label_lower:
                continue
            for kept in model._default_manager.filter(pk=erasure.thing_id, erased_at__isnull=True):
                kept.erased_at = erasure.at
                kept.save(update_fields=["erased_at"])
                forget(kept)
                count += 1
        if erasure.path and not _is_named(erasure.path):
            files.discard(erasure.path)
    return count


def is_worker_alive(*, at: datetime) -> bool:
    return WorkerPulse.objects.filter(beat_at__gte=at - PULSE_LATE).exists()


def erase_due(*, at: datetime) -> int:
    """Erases what has been kept long enough, except what is held; returns how many."""
    today = timezone.localdate(at)
    count = 0
    for model in (StoredFile, Export):
        due = model._default_manager.filter(keep_until_on__lt=today, erased_at__isnull=True, has_legal_hold=False)
        for kept in due.exclude(path=""):
            # Held or erased by somebody in between.
            with suppress(NotAllowed):
                erase(by=None, at=at, kept=kept, reason=f"Kept until {kept.keep_until_on:%-d %B %Y}.")
                count += 1
    return count
