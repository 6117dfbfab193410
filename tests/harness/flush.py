"""Lets a transactional test empty the database afterwards, although the audit trail refuses to be deleted."""

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations


@pytest.fixture(autouse=True, scope="session")
def _flush_past_triggers():
    """SQLite empties a table by DELETE, which triggers see (PostgreSQL truncates, unseen by them): so each flush takes
    the triggers away, empties the tables and puts them back, in one transaction. During the test they stand."""
    flush = DatabaseOperations.execute_sql_flush

    def flush_past_triggers(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        away = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return flush(self, [*away, *sql_list, *(sql for _, sql in triggers)])

    DatabaseOperations.execute_sql_flush = flush_past_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush
