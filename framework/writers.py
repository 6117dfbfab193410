"""Values → the text of a rulebook file, in one fixed form: the same rulebook always gives the same bytes."""

import re
from dataclasses import fields
from datetime import time
from typing import Any

import yaml

from framework.domain.rulebook import CHILDREN, Row, Rulebook, counts_of

FIRST = ("code", "title")
LAST = ("reference", "official_wording", "source", "confirmed_on", "is_local")
SECTIONS = (
    "groups",
    "areas_of_focus",
    "lenses",
    "outcomes",
    "timetable",
    "request_items",
    "first_hour_tasks",
    "mappings",
)
HEAD = ("code", "name", "about", "in_force_from", "in_force_to", "source", "confirmed_on", "list_layouts")


class PlainDumper(yaml.SafeDumper):
    """Writes a value that occurs twice twice: no anchors for people to puzzle over."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return list(value) if isinstance(value, tuple) else value


def _row(row: Row) -> dict[str, Any]:
    """What is written of a row: its own values between code and source; empty ones are left out."""
    names = [each.name for each in fields(row)]
    own = [name for name in names if name not in FIRST + LAST and name not in CHILDREN]
    written = {}
    for name in (*FIRST, *own, *LAST):
        value = _plain(getattr(row, name))
        if value is not None and value is not False and value != "":
            written[name] = value
    for name in names:
        if name in CHILDREN and getattr(row, name):
            written[name] = [_row(child) for child in getattr(row, name)]
    return written


def rulebook_as_yaml(rulebook: Rulebook) -> str:
    """The whole file: framework, counts, then each section, with an empty line between them."""
    document: dict[str, Any] = {"framework": {}, "counts": counts_of(rulebook)}
    for name in HEAD:
        value = _plain(getattr(rulebook, name))
        if value is not None and value not in ("", []):
            document["framework"][name] = value
    for name in SECTIONS:
        if rows := getattr(rulebook, name):
            document[name] = [_row(row) for row in rows]
    text = yaml.dump(document, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=112)
    return re.sub(r"\n(?=[a-z_]+:\n)", "\n\n", text)
