"""Keeps the searched words of an item in line with what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from documents import jobs
from documents.domain.job_states import JobState
from documents.models import StoredFile
from evidence.domain.revisions import State
from evidence.domain.words import plain_words
from evidence.models import Evidence, EvidenceRevision, FileText, SearchText, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    piece: str
    source: Source
    text: str
    label: str = ""
    revision: EvidenceRevision | None = None
    stored: StoredFile | None = None


def index_evidence(evidence: Evidence) -> None:
    """Writes what has changed, takes out what no longer counts. What a superseded revision said is not searched."""
    revisions = list(
        evidence.revisions.exclude(state=State.SUPERSEDED.value).prefetch_related("files__stored").order_by("number")
    )
    there = dict(SearchText.objects.filter(evidence=evidence).values_list("piece", "text"))
    wanted = {piece.piece: piece for piece in (*_written(evidence, revisions), *_inside(revisions, set(there)))}
    files = {_file_key(file.stored) for row in revisions for file in row.files.all() if _is_read(file.stored)}
    gone = [key for key in there if key not in wanted and key not in files]
    SearchText.objects.filter(evidence=evidence, piece__in=gone).delete()
    for key, piece in wanted.items():
        if there.get(key) == piece.text:
            continue
        values = {
            "source": piece.source,
            "label": piece.label[:200],
            "text": piece.text,
            "words": plain_words(f"{piece.label} {piece.text}"),
            "revision": piece.revision,
            "stored": piece.stored,
        }
        SearchText.objects.update_or_create(evidence=evidence, piece=key, defaults=values)


def _file_key(stored: StoredFile) -> str:
    return f"file-{stored.pk}"


def _is_read(stored: StoredFile) -> bool:
    return not stored.is_vaulted and stored.erased_at is None


def _written(evidence: Evidence, revisions: list[EvidenceRevision]) -> Iterator[Piece]:
    """What people typed, and the names of files."""
    partner = evidence.organisation.name if evidence.organisation else ""
    item = "\n".join((evidence.code, evidence.title, evidence.shows, partner)).strip()
    yield Piece(piece="item", source=Source.ITEM, text=item)
    for row in revisions:
        names = [file.stored.original_name for file in row.files.all() if _is_read(file.stored)]
        text = "\n".join(part for part in (row.text, row.note, row.link, *names) if part)
        if text:
            yield Piece(piece=f"revision-{row.pk}", source=Source.REVISION, text=text, revision=row)


def _inside(revisions: list[EvidenceRevision], there: set[str]) -> Iterator[Piece]:
    """The text of files that were read by now and are not indexed yet; it never changes."""
    files = {file.stored_id: file.stored for row in revisions for file in row.files.all() if _is_read(file.stored)}
    missing = [key for key, stored in files.items() if _file_key(stored) not in there]
    for found in FileText.objects.filter(stored__in=missing, state=JobState.DONE).exclude(text=""):
        stored = files[found.stored_id]
        yield Piece(
            piece=_file_key(stored), source=Source.FILE, text=found.text, label=stored.original_name, stored=stored
        )


def order_text(stored: StoredFile, *, by: User | None, at: datetime) -> None:
    """Has a file read in the background, once; the very same bytes are not read twice. Nothing of the vault."""
    if not _is_read(stored) or FileText.objects.filter(stored=stored).exists():
        return
    twin = (
        FileText.objects.filter(stored__sha256=stored.sha256, stored__size=stored.size, stored__is_vaulted=False)
        .filter(state=JobState.DONE, stored__erased_at__isnull=True)
        .first()
    )
    if twin is not None:
        FileText.objects.create(
            stored=stored,
            ordered_by=by,
            ordered_at=at,
            finished_at=at,
            state=JobState.DONE,
            progress=100,
            outcome=twin.outcome,
            text=twin.text,
        )
        return
    jobs.ring(FileText.objects.create(stored=stored, ordered_by=by, ordered_at=at))
