"""Figures about the children of the lists for whoever needs them: the one way, and already suppressed.

Indicators, reports and trends ask `list_figures` and pass on what it gives. Nothing here is ever exact.
"""

from dataclasses import dataclass
from datetime import date

from children.counting import exact_composition, rule_in_force, tables_of
from children.domain.composition import Composition, Dimension, Table, cross_table, single_table
from children.domain.suppression import Rule
from children.gather import current_upload
from children.models import ListUpload


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFigures:
    """Suppressed tables of one upload. `tables` are of one dimension by list; `cross` gives one of two dimensions."""

    as_at_on: date
    rule: Rule
    tables: tuple[Table, ...]
    _composition: Composition | None

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What can be crossed; empty once the rows are erased."""
        return self._composition.dimensions if self._composition else ()

    def table(self, code: str) -> Table | None:
        return next((table for table in self.tables if table.code == code), None)

    def cross(self, first: str, second: str, *, of: str = "") -> Table | None:
        """None once the rows are erased, for a code that is unknown, or for one dimension against itself."""
        if self._composition is None:
            return None
        one, two = self._composition.dimension(first), self._composition.dimension(second)
        if one is None or two is None or one == two:
            return None
        return cross_table(self._composition, one, two, of=of, rule=self.rule)


def list_figures(upload: ListUpload | None = None) -> ListFigures | None:
    """The figures of an upload, or of the one that counts; None where there is none. At most five queries."""
    upload = upload or current_upload()
    if upload is None or not upload.is_done:
        return None
    composition = exact_composition(upload)
    rule = rule_in_force()
    tables = (
        tuple(single_table(composition, dimension, rule) for dimension in composition.dimensions)
        if composition
        else tables_of([upload]).get(upload.pk, ())
    )
    return ListFigures(as_at_on=upload.extracted_on, rule=rule, tables=tables, _composition=composition)
