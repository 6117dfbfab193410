"""Who a row is about: keys, numbers, the same child twice."""

import re
from collections.abc import Iterator

from children.domain.numbers import has_right_digit, has_right_letter, is_uln, is_upn
from children.domain.rows import Level, Row
from children.domain.rules.rule import (
    Asked,
    Hit,
    Need,
    Rule,
    SheetCheck,
    Source,
    blank,
    cells_at_fault,
    each_row,
    malformed,
    repeated,
    rules,
)

_ERROR, _QUERY = Level.ERROR, Level.QUERY
_URN = re.compile(r"[1-9]\d{5}", re.ASCII)
# Two words of letters, or an initial and a word, as a name has and a pseudonymous key has not.
_WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*[,.]?"
_NAME = re.compile(
    rf"(?=.*[^\W\d_]{{3}}){_WORD}(?: {_WORD})+|[^\W\d_]{{2,}}(?:['-][^\W\d_]{{2,}})+|[^\W\d_]+, ?[^\W\d_]+"
)


def _on_other_list(key: str) -> SheetCheck:
    def check(asked: Asked) -> list[Row]:
        groups = getattr(asked.elsewhere, f"by_{key}")
        if key == "unique_id":
            return [row for row in asked.rows if (value := row[key]) and value.casefold() in groups]
        return [row for row in asked.rows if (value := row[key]) and value in groups]

    return check


# Longer than any key, code, name of a team or date.
LONGEST = 200
_CHILD = ("date_of_birth", "gender", "ethnicity", "primary_need", "main_urn")
_TOTALS = frozenset({"total", "totals", "grand total", "sum", "subtotal", "sub total", "count", "average", "mean"})


def _is_no_child(row: Row) -> bool:
    """A line under the list: a total, a source, a note."""
    key = row["unique_id"]
    if key is not None and key.casefold().rstrip(":") in _TOTALS:
        return True
    return all(row.values.get(name) is None for name in _CHILD)


def _far_too_long(asked: Asked) -> Iterator[Hit]:
    for row, key, text in cells_at_fault(asked, lambda _, text: len(text) > LONGEST):
        yield Hit(row=row, column=key, value=f"{text[:40]}…")


def _looks_like_name(row: Row) -> bool:
    value = row["unique_id"]
    return value is not None and bool(_NAME.fullmatch(str(value)))


IDENTITY_RULES: tuple[Rule, ...] = (
    *rules(
        "S111 S211", _ERROR, ("unique_id",),
        "The Unique ID is blank.", "Give the row the council's own pseudonymous key.",
        blank("unique_id"), Source.LAYOUT,
    ),
    *rules(
        "S112 S212", _ERROR, ("unique_id",),
        "The same Unique ID stands in more than one row of this list.",
        "Keep one row for each child, or give the second child a key of their own.",
        lambda asked: repeated(asked.index.by_unique_id),
    ),
    *rules(
        "S113 S213", _ERROR, ("unique_id",),
        "This Unique ID stands on the other list too.",
        "A child has an EHC plan or is at SEN support: take the row out of one list.",
        _on_other_list("unique_id"), needs=frozenset({Need.OTHER_LIST}),
    ),
    *rules(
        "S114 S214", _ERROR, ("upn",),
        "This UPN stands on the other list too.",
        "If it is one child, take the row out of one list; else correct the number.",
        _on_other_list("upn"), needs=frozenset({Need.OTHER_LIST}),
    ),
    *rules(
        "S115 S215", _ERROR, ("uln",),
        "This ULN stands on the other list too.",
        "If it is one child, take the row out of one list; else correct the number.",
        _on_other_list("uln"), needs=frozenset({Need.OTHER_LIST}),
    ),
    *rules(
        "S116 S216", _ERROR, ("uln",),
        "The same ULN stands in more than one row of this list.",
        "Keep one row for each young person; correct the number where two were given one.",
        lambda asked: repeated(asked.index.by_uln),
    ),
    *rules(
        "S117 S217", _QUERY, ("unique_id", "date_of_birth", "gender", "main_urn"),
        "Another row has the same date of birth, gender and school.",
        "Check whether it is one child twice; twins are no fault.",
        lambda asked: repeated(asked.index.by_likeness),
    ),
    *rules(
        "S118 S218", _ERROR, ("unique_id",),
        "The Unique ID looks like a name.", "Put the pseudonymous key there: no name may stand in these lists.",
        each_row(_looks_like_name), Source.LAYOUT,
    ),
    *rules(
        "S119 S219", _ERROR, ("unique_id", *_CHILD),
        "This row looks like a total or a note, not like a child.",
        "Delete it: everything under the headers is read as a child.",
        each_row(_is_no_child),
    ),
    *rules(
        "S192 S292", _QUERY, (),
        f"The value is longer than {LONGEST} characters.",
        "Shorten it; a quotation mark that was never closed may have swallowed other cells.",
        _far_too_long,
    ),
    *rules(
        "S121 S221", _ERROR, ("upn",),
        "The UPN is not formed as one.", "It has 13 characters: a letter, eleven digits, and a digit or a letter.",
        malformed("upn", is_upn), Source.NUMBERS,
    ),
    *rules(
        "S122 S222", _ERROR, ("upn",),
        "The first letter of the UPN does not fit its digits.", "Copy the number again from the school's record.",
        each_row(lambda row: (upn := row["upn"]) is not None and is_upn(upn) and not has_right_letter(upn)),
        Source.NUMBERS,
    ),
    *rules(
        "S123 S223", _QUERY, ("upn",),
        "The UPN is a temporary one: it ends in a letter.", "Ask the school for the permanent number.",
        each_row(lambda row: (upn := row["upn"]) is not None and is_upn(upn) and upn[-1].isalpha()),
        Source.NUMBERS,
    ),
    *rules(
        "S124 S224", _ERROR, ("uln",),
        "The ULN is not formed as one.", "It has ten digits. A leading nought that Excel dropped has to come back.",
        malformed("uln", is_uln), Source.NUMBERS,
    ),
    *rules(
        "S125 S225", _ERROR, ("uln",),
        "The last digit of the ULN does not fit the others.", "Copy the number again from the college's record.",
        each_row(lambda row: (uln := row["uln"]) is not None and is_uln(uln) and not has_right_digit(uln)),
        Source.NUMBERS,
    ),
    *rules(
        "S126 S226", _ERROR, ("main_urn",),
        "The URN is not formed as one.", "It has six digits; look the school up on Get Information about Schools.",
        malformed("main_urn", lambda urn: bool(_URN.fullmatch(urn))), Source.NUMBERS,
    ),
)  # fmt: skip
