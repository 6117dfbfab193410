"""Answers that are left out, and figures that stand in another measure than the layout asks for."""

from collections.abc import Iterator

from children.domain.rows import Level, Row
from children.domain.rules.rule import Asked, Hit, Rule, SheetCheck, Source, each_row, rules

_QUERY = Level.QUERY
MAIN, PHASE = "main_urn", "main_phase"
# So many children who missed something, and none of them more than one in a hundred sessions: no list looks like that.
_LEAST_FRACTIONS = 20


def _blank_at_a_school(key: str) -> SheetCheck:
    """Who attends nowhere has nothing to count."""
    return each_row(lambda row: row.values[key] is None and row.values[MAIN] is not None)


def _neither_flag_nor_team(row: Row) -> bool:
    return row.values["social_care"] is None and row.values["social_care_team"] is None


def _fractions(asked: Asked) -> Iterator[Hit]:
    missed = [number for row in asked.rows if (number := row["absence"]) is not None and number > 0]
    if len(missed) >= _LEAST_FRACTIONS and max(missed) <= 1:
        yield Hit(excel_row=asked.sheet.header_row, column="absence", value=f"{max(missed)} at most")


ANSWER_RULES: tuple[Rule, ...] = (
    *rules(
        "S144 S244", _QUERY, ("suspensions", MAIN),
        "Suspensions are blank for a child who attends a school or college.",
        "Enter 0 where there were none, so that nobody takes none for not known.",
        _blank_at_a_school("suspensions"), Source.LAYOUT,
    ),
    *rules(
        "S145 S245", _QUERY, ("exclusions", MAIN),
        "Permanent exclusions are blank for a child who attends a school or college.",
        "Enter 0 where there were none, so that nobody takes none for not known.",
        _blank_at_a_school("exclusions"), Source.LAYOUT,
    ),
    *rules(
        "S146 S246", _QUERY, ("absence", MAIN),
        "Absence is blank for a child who attends a school or college.",
        "Enter the percentage of sessions missed, or be ready to explain why it is not known.",
        _blank_at_a_school("absence"), Source.LAYOUT,
    ),
    *rules(
        "S147 S247", _QUERY, ("pupil_premium",),
        "Nothing says whether Pupil Premium is paid.", "Enter Yes or No.",
        each_row(lambda row: row.values["pupil_premium"] is None), Source.LAYOUT,
    ),
    *rules(
        "S148 S248", _QUERY, ("absence",),
        "Every absence lies between 0 and 1, as if fractions stood where percentages belong.",
        "Enter 12.5 for one session missed in eight, not 0.125: a cell shown as 12.5 % holds 0.125.",
        _fractions,
    ),
    *rules(
        "S153 S253", _QUERY, ("social_care", "social_care_team"),
        "Nothing says whether the child is known to social care.", "Enter Yes or No.",
        each_row(_neither_flag_nor_team), Source.LAYOUT,
    ),
    *rules(
        "S172", _QUERY, ("home_education",),
        "Nothing says whether the child is home educated.", "Enter Yes or No.",
        each_row(lambda row: row.values["home_education"] is None), Source.LAYOUT,
    ),
    *rules(
        "S175 S275", _QUERY, (PHASE, MAIN),
        "A main establishment is named without its phase.", "Enter the phase of the establishment with this URN.",
        each_row(lambda row: row.values[PHASE] is None and row.values[MAIN] is not None), Source.LAYOUT,
    ),
    *rules(
        "S176 S276", _QUERY, (PHASE, MAIN),
        "A phase is given for a main establishment that has no URN.",
        "Enter the URN. An establishment without one (some independent providers) has to be explained.",
        each_row(lambda row: row.values[PHASE] is not None and row.values[MAIN] is None), Source.LAYOUT,
    ),
)  # fmt: skip
