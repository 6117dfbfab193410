"""Many rows of one table at once, as plain values.

A model instance and a prepared statement for each of fifty thousand rows take the worker several seconds more than the
database itself needs. What is written here was typed by the reader and cut to length before.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router, transaction


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Stores `rows`, each in the order of `fields`, in one transaction; every other column gets its default."""
    every = {field.name: field for field in model._meta.concrete_fields}
    columns = [every[name] for name in fields]
    others = [field for name, field in every.items() if name not in fields and not field.primary_key]
    alias = router.db_for_write(model)
    connection = connections[alias]
    prepare = [_preparer(field, connection) for field in columns]
    rest = [_preparer(field, connection)(field.get_default()) for field in others]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in (*columns, *others))
    places = ", ".join(["%s"] * (len(columns) + len(others)))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608  # nosec B608  # our own models' names
    values = [
        [*(value if ready is None else ready(value) for ready, value in zip(prepare, row, strict=True)), *rest]
        for row in rows
    ]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _preparer(field: Any, connection: Any) -> Any:
    """What makes a value of a field ready for the database; None where it is ready as it stands."""
    if isinstance(field, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, field.encoder)
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None
