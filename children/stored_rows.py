"""Rows as they are stored → rows with typed values, as the domain wants them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from children.domain.ages import age_on
from children.domain.cells import Parsed, Unreadable, parser_for
from children.domain.likely_six import Candidate
from children.domain.numbers import possible_count, possible_percent
from children.domain.schema import Code, ListKind, ListSchema, SheetLayout
from children.loaders import load_schema
from children.models import ListRow, ListUpload

# What a code's spellings say of a place, in any layout.
_ALTERNATIVE = ("alternative provision", "ap", "pru")
_SPECIAL = ("special", "special school")


class StoredRow:
    """A row out of the database: values are read when they are asked for."""

    __slots__ = ("as_at", "cells", "parsers")

    def __init__(self, cells: Mapping[str, str], parsers: Mapping[str, Callable[[str], Parsed]], as_at: date) -> None:
        self.cells = cells
        self.parsers = parsers
        self.as_at = as_at

    def __getitem__(self, key: str, /) -> Any:
        text = self.cells.get(key)
        if not text or key not in self.parsers:
            return None
        value = self.parsers[key](text)
        return None if isinstance(value, Unreadable) else value

    @property
    def age(self) -> int | None:
        born = self["date_of_birth"]
        return age_on(born, self.as_at) if isinstance(born, date) else None


def parsers_of(layout: SheetLayout) -> dict[str, Callable[[str], Parsed]]:
    return {column.key: parser_for(column) for column in layout.columns}


def stored_rows(upload: ListUpload, schema: ListSchema) -> dict[str, list[StoredRow]]:
    """Every row by sheet; one query."""
    parsers = {layout.name: parsers_of(layout) for layout in schema.sheets}
    found: dict[str, list[StoredRow]] = {layout.name: [] for layout in schema.sheets}
    kept = ListRow.objects.filter(upload=upload).order_by().values_list("sheet", "cells")
    for sheet, cells in kept.iterator(chunk_size=2000):
        if sheet in found:
            found[sheet].append(StoredRow(cells, parsers[sheet], upload.extracted_on))
    return found


def candidates(upload: ListUpload, *, unique_ids: list[str] | None = None) -> Iterator[Candidate]:
    """The children of an upload (or those with these Unique IDs) as the likely six sees them; one query."""
    schema = load_schema(upload.schema_code)
    layouts = {layout.name: (layout.kind, parsers_of(layout)) for layout in schema.sheets}
    labels = _Labels(schema)
    kept = ListRow.objects.filter(upload=upload).exclude(unique_id="").order_by()
    if unique_ids is not None:
        kept = kept.filter(unique_id__in=unique_ids)
    for sheet, unique_id, cells in kept.values_list("sheet", "unique_id", "cells").iterator(chunk_size=2000):
        if sheet in layouts:
            kind, parsers = layouts[sheet]
            yield _candidate(unique_id, kind, StoredRow(cells, parsers, upload.extracted_on), labels)


class _Labels:
    """The layout's words for codes, and which phases are alternative provision or special."""

    def __init__(self, schema: ListSchema) -> None:
        codes = {
            (column.key, code.code): code
            for sheet in schema.sheets
            for column in sheet.columns
            if column.codes
            for code in column.codes.codes
        }
        self.words = {place: code.label for place, code in codes.items()}
        self.alternative = {
            code.code for (key, _), code in codes.items() if _is_phase(key) and _has(code, _ALTERNATIVE)
        }
        self.special = {code.code for (key, _), code in codes.items() if _is_phase(key) and _has(code, _SPECIAL)}


def _is_phase(key: str) -> bool:
    return key in {"main_phase", "subsidiary_phase"}


def _has(code: Code, words: tuple[str, ...]) -> bool:
    return any(word.casefold() in words for word in (code.code, code.label, *code.spellings))


def _candidate(unique_id: str, kind: ListKind, row: StoredRow, labels: _Labels) -> Candidate:
    phases = {row["main_phase"], row["subsidiary_phase"]}
    is_known = row["social_care"] == "yes"
    alternative = phases & labels.alternative
    setting = min(alternative) if alternative else row["main_phase"] or ""
    return Candidate(
        unique_id=unique_id,
        kind=kind,
        age=row.age,
        need=labels.words.get(("primary_need", row["primary_need"] or ""), ""),
        setting=labels.words.get(("main_phase", setting), ""),
        is_alternative=bool(alternative),
        is_special=bool(phases & labels.special),
        is_known=is_known,
        team=(row["social_care_team"] or "") if is_known else "",
        absence=possible_percent(row["absence"]),
        suspensions=possible_count(row["suspensions"]),
        exclusions=possible_count(row["exclusions"]),
    )
