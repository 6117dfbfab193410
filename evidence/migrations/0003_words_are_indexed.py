"""The index of the searched words: a table of FTS5 kept in line by triggers, or a GIN index of PostgreSQL.

On SQLite a later change of evidence_searchtext makes that table anew and drops its triggers: make them again there.
"""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_PUT = "INSERT INTO evidence_search(rowid, words) VALUES (new.id, new.words);"
_TAKE = "INSERT INTO evidence_search(evidence_search, rowid, words) VALUES ('delete', old.id, old.words);"
SQLITE_FORWARD = [
    """CREATE VIRTUAL TABLE evidence_search USING fts5(
        words, content='evidence_searchtext', content_rowid='id', prefix='2 3',
        tokenize='unicode61 remove_diacritics 0')""",
    f"CREATE TRIGGER evidence_search_put AFTER INSERT ON evidence_searchtext BEGIN {_PUT} END",
    f"CREATE TRIGGER evidence_search_take AFTER DELETE ON evidence_searchtext BEGIN {_TAKE} END",
    f"CREATE TRIGGER evidence_search_change AFTER UPDATE ON evidence_searchtext BEGIN {_TAKE} {_PUT} END",
]
SQLITE_BACK = [
    "DROP TRIGGER evidence_search_change",
    "DROP TRIGGER evidence_search_take",
    "DROP TRIGGER evidence_search_put",
    "DROP TABLE evidence_search",
]
POSTGRESQL_FORWARD = [
    "CREATE INDEX evidence_search ON evidence_searchtext USING gin (to_tsvector('simple', words))",
]
POSTGRESQL_BACK = ["DROP INDEX evidence_search"]


def forward(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_FORWARD if schema_editor.connection.vendor == "postgresql" else SQLITE_FORWARD:
        schema_editor.execute(statement)


def back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evidence", "0002_lenses_checks_search_and_supply")]
    operations: ClassVar = [migrations.RunPython(forward, back)]
