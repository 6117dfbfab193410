"""Codes: on the list, in force on the day, written as published; and the spaces around every value."""

from collections import Counter
from collections.abc import Iterator

from children.domain.cells import display
from children.domain.rows import Level
from children.domain.rules.rule import Asked, Hit, Rule, SheetCheck, Source, cells_at_fault, rules
from children.domain.schema import Column
from children.domain.words import is_untidy, key_of

_ERROR, _QUERY = Level.ERROR, Level.QUERY
_FIX = "Use one of the published codes."

# code → column; a code column that isn't named here is S130 or S230.
_NAMED = {
    "S131 S231": ("gender", "This is not a code for gender."),
    "S132 S232": ("ethnicity", "This is not a school census code for ethnicity."),
    "S133 S233": ("primary_need", "This is not a SEN type code."),
    "S134 S234": ("main_phase", "This is not a phase of an establishment."),
    "S135 S235": ("subsidiary_phase", "This is not a phase of an establishment."),
    "S136": ("home_education", "Home education takes Yes or No."),
    "S137 S237": ("pupil_premium", "Pupil Premium takes Yes or No."),
    "S138 S238": ("social_care", "Known to children's social care takes Yes or No."),
}
_NAMED_KEYS = frozenset(key for key, _ in _NAMED.values())


def _not_on_list(key: str) -> SheetCheck:
    return lambda asked: _unlisted(asked, asked.layout.column(key))


def _unlisted(asked: Asked, column: Column) -> Iterator[Hit]:
    """Values that are no code, and codes that aren't in force on the day of the extract."""
    if column.codes is None:
        return
    codes = column.codes
    over = {code.code: code for code in codes.codes if not code.is_in_force(asked.as_at)}
    for row in asked.rows:
        unreadable = row.unreadable(column.key)
        if unreadable is not None and unreadable.is_code:
            yield Hit(row=row, column=column.key, fix=f"Use one of: {codes.sentence()}.")
        elif over and (code := row[column.key]) in over:
            yield Hit(row=row, column=column.key, wrong=f"The code {code} is not in force on {asked.as_at:%d/%m/%Y}.")


def _any_other_code(asked: Asked) -> Iterator[Hit]:
    for column in asked.layout.columns:
        if column.key in asked.sheet.keys and column.key not in _NAMED_KEYS:
            for hit in _unlisted(asked, column):
                yield Hit(
                    row=hit.row, column=column.key, fix=hit.fix,
                    wrong=hit.wrong or f"This is not a code for {column.header.lower()}.",
                )  # fmt: skip


def _other_spellings(asked: Asked) -> Iterator[Hit]:
    """Once for each column: what is understood and not written as published."""
    for column in asked.layout.columns:
        if column.codes is None or column.key not in asked.sheet.keys:
            continue
        known = {key_of(word) for code in column.codes.codes for word in (code.code, code.label)}
        place = asked.rows[0].positions[column.key] if asked.rows else 0
        counts = Counter(row.cells[place] for row in asked.rows)
        others = Counter(
            {
                text: number
                for cell, number in counts.items()
                if (text := display(cell)) and key_of(text) not in known and column.codes.find(text)
            }
        )
        if others:
            shown = ", ".join(f"“{text}”" for text, _ in others.most_common(4))
            number = sum(others.values())
            cells = "One cell is" if number == 1 else f"{number:,} cells are"
            yield Hit(
                excel_row=asked.sheet.header_row,
                column=column.key,
                value=shown,
                wrong=f"{cells} understood but not written as published: {shown}.",
            )


def _untidy(asked: Asked) -> Iterator[Hit]:
    def is_at_fault(key: str, text: str) -> bool:
        return is_untidy(text) or (key == "upn" and " " in text.strip())

    for row, key, text in cells_at_fault(asked, is_at_fault):
        yield Hit(row=row, column=key, value=text)


CODE_RULES: tuple[Rule, ...] = (
    *rules(
        "S130 S230", _ERROR, (), "This is not a code of its list.", _FIX, _any_other_code, Source.LAYOUT,
    ),
    *(
        rule
        for codes, (key, wrong) in _NAMED.items()
        for rule in rules(codes, _ERROR, (key,), wrong, _FIX, _not_on_list(key), Source.LAYOUT)
    ),
    *rules(
        "S139 S239", _QUERY, (),
        "Codes are understood but not written as published.",
        "Write the published codes; the person-level workbook leaves them as they are.",
        _other_spellings, Source.LAYOUT,
    ),
    *rules(
        "S191 S291", _QUERY, (),
        "The value has spaces or look-alike characters that do not belong there.",
        "Take out the spaces before, after or between, and retype full-width characters. It was read without them.",
        _untidy,
    ),
)  # fmt: skip
