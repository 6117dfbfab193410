"""What stood in the log before it could be searched: its words, and an order to read each of its files."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

from evidence.domain.words import plain_words


def forward(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = {name: apps.get_model("evidence", name) for name in ("Evidence", "EvidenceRevision", "RevisionFile")}
    search, texts = apps.get_model("evidence", "SearchText"), apps.get_model("evidence", "FileText")
    rows = []
    for item in model["Evidence"].objects.select_related("organisation"):
        partner = item.organisation.name if item.organisation else ""
        text = f"E{item.number}\n{item.title}\n{item.shows}\n{partner}".strip()
        rows.append(search(evidence=item, piece="item", source="item", text=text, words=plain_words(text)))
    for revision in model["EvidenceRevision"].objects.exclude(state="superseded"):
        files = model["RevisionFile"].objects.filter(revision=revision, stored__erased_at__isnull=True)
        names = files.filter(stored__is_vaulted=False).values_list("stored__original_name", flat=True)
        text = "\n".join(part for part in (revision.text, revision.note, revision.link, *names) if part)
        if text:
            rows.append(
                search(
                    evidence_id=revision.evidence_id,
                    piece=f"revision-{revision.pk}",
                    source="revision",
                    revision=revision,
                    text=text,
                    words=plain_words(text),
                )
            )
    search.objects.bulk_create(rows, batch_size=500)
    # The sweep rings for them: nothing is read while the database is being changed.
    kept = model["RevisionFile"].objects.filter(stored__erased_at__isnull=True, stored__is_vaulted=False)
    keys = sorted(set(kept.values_list("stored_id", flat=True)))
    now = timezone.now()
    texts.objects.bulk_create([texts(stored_id=key, ordered_at=now) for key in keys], batch_size=500)


def back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("evidence", "SearchText").objects.all().delete()
    apps.get_model("evidence", "FileText").objects.all().delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evidence", "0003_words_are_indexed")]
    operations: ClassVar = [migrations.RunPython(forward, back)]
