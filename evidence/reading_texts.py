"""The background work on a file of the log: its words are read and found from then on."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import Any, BinaryIO, cast

from django.db import transaction

from documents import jobs
from documents.domain.texts import Outcome
from documents.files import Erased, copy_stored, work_folder
from documents.models import StoredFile
from documents.texts.child import read_text
from documents.texts.limits import Text
from documents.vault import Damaged
from evidence.indexing import index_evidence
from evidence.models import Evidence, FileText, RevisionFile


def read_file_text(pk: int) -> FileText | None:
    return jobs.perform(FileText, pk, _read)


def _read(job: FileText, beat: jobs.Beat) -> Mapping[str, Any] | None:
    beat(10, "Reading the file")
    found = _text_of(job.stored)
    beat(80, "Making its words searchable")
    with transaction.atomic():
        # Held still, so that nobody erases the file, or saves what holds it, while its words are written down.
        holders = RevisionFile.objects.filter(stored=job.stored_id).values("revision__evidence")
        items = Evidence.objects.select_for_update(of=("self",)).filter(pk__in=holders).order_by("pk")
        held = list(items.select_related("organisation"))
        stored = StoredFile.objects.select_for_update().get(pk=job.stored_id)
        text = found.text if stored.erased_at is None else ""
        jobs.finish(job, text=text, outcome=found.outcome)
        for evidence in held:
            index_evidence(evidence)
    return None


def _text_of(stored: StoredFile) -> Text:
    if stored.is_vaulted:
        return Text("", Outcome.NONE)
    with tempfile.TemporaryFile(dir=work_folder()) as file:
        copy = cast(BinaryIO, file)
        try:
            copy_stored(stored, copy)
        except (Erased, Damaged):
            return Text("", Outcome.UNREADABLE)
        copy.flush()
        return read_text(copy, stored.content_type)
