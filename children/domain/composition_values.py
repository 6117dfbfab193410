"""Counts and tables as plain values, to be stored, and back."""

from collections.abc import Mapping
from typing import Any

from children.domain.composition import Composition, Dimension, Table, TableRow
from children.domain.suppression import Rule


def values_of(composition: Composition) -> dict[str, Any]:
    return {
        "lists": list(composition.lists),
        "dimensions": [[one.code, one.title, list(one.categories)] for one in composition.dimensions],
        "singles": {code: dict(lines) for code, lines in composition.singles.items()},
        "pairs": [[one, two, dict(grids)] for (one, two), grids in composition.pairs.items()],
    }


def composition_from(values: Mapping[str, Any]) -> Composition:
    return Composition(
        lists=tuple(values["lists"]),
        dimensions=tuple(Dimension(code, title, tuple(labels)) for code, title, labels in values["dimensions"]),
        singles={
            code: {name: tuple(line) for name, line in lines.items()} for code, lines in values["singles"].items()
        },
        pairs={
            (one, two): {name: tuple(map(tuple, grid)) for name, grid in grids.items()}
            for one, two, grids in values["pairs"]
        },
    )


def table_values(table: Table) -> dict[str, Any]:
    """A suppressed table, to outlive the rows."""
    return {
        "code": table.code,
        "title": table.title,
        "headers": list(table.headers),
        "rows": [[row.label, list(row.figures)] for row in (*table.rows, table.total)],
        "threshold": table.rule.threshold if table.rule else 0,
    }


def table_from(values: Mapping[str, Any]) -> Table:
    *rows, total = (TableRow(label, tuple(figures)) for label, figures in values["rows"])
    return Table(
        code=values["code"],
        title=values["title"],
        headers=tuple(values["headers"]),
        rows=tuple(rows),
        total=total,
        rule=Rule(values["threshold"]) if values["threshold"] else None,
    )
