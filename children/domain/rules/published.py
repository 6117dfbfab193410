"""The 29 working rules of the sector's validator, under its codes.

17 for the list of EHC plans: 101a–d, 102a–b, 103, 105a–d, 106a–b, 107, 108a–b, 109. 12 for the list of SEN support:
201a–d, 202a–b, 203, 205a, 207, 208a–b, 209. Its two left-over test rules, which flag every row, are left out.
"""

from functools import partial

from children.domain.rows import Level, Row
from children.domain.rules.rule import (
    Rule,
    Source,
    after,
    aged,
    all_blank,
    blank,
    both,
    each_row,
    in_future,
    repeated,
    rules,
)

BORN = "date_of_birth"
MAIN = "main_urn"
SUBSIDIARY = "subsidiary_phase"
INITIAL, UPDATED, REVIEWED = "plan_initial_on", "plan_updated_on", "plan_reviewed_on"

# "Aged 5–16" is read with both ages included, as "aged 25" is.
SCHOOL_AGE = aged(5, 16)


def _is_home_educated(row: Row) -> bool:
    return bool(row["home_education"] == "yes")


def _subsidiary_alone(row: Row) -> bool:
    return row.values[MAIN] is None and row.values[SUBSIDIARY] is not None


_rules = partial(rules, source=Source.SECTOR)
_ERROR, _QUERY = Level.ERROR, Level.QUERY

PUBLISHED_RULES: tuple[Rule, ...] = (
    *_rules(
        "101a 201a", _ERROR, (BORN,),
        "The date of birth is blank.", "Enter it as DD/MM/YYYY.",
        blank(BORN),
    ),
    *_rules(
        "101b 201b", _ERROR, ("gender",),
        "Gender is blank.", "Enter the code; there is one for not known and one for not specified.",
        blank("gender"),
    ),
    *_rules(
        "101c 201c", _ERROR, ("ethnicity",),
        "Ethnicity is blank.", "Enter the school census code; NOBT where it was never obtained, REFU where refused.",
        blank("ethnicity"),
    ),
    *_rules(
        "101d 201d", _ERROR, ("primary_need",),
        "The primary need is blank.", "Enter the SEN type code of the main need.",
        blank("primary_need"),
    ),
    *_rules(
        "102a 202a", _QUERY, (BORN,),
        "This young person is 25.",
        "Check the date of birth, and whether the plan or support still runs; a plan may last to the end of the "
        "academic year of the 25th birthday.",
        each_row(aged(25, 25)),
    ),
    *_rules(
        "102b 202b", _ERROR, (BORN,),
        "This person is 26 or older.", "Correct the date of birth, or take the row out of the list.",
        each_row(aged(26)),
    ),
    *_rules(
        "103 203", _ERROR, ("disability",),
        "Nothing says whether the child or young person has a disability.", "Enter the answer that is on record.",
        blank("disability"),
    ),
    *_rules(
        "105a 205a", _QUERY, (BORN,),
        "The date of birth is in the future.", "Check it against the record; day and month may be swapped.",
        in_future(BORN),
    ),
    *_rules(
        "105b", _QUERY, (INITIAL,),
        "The date of the first plan is in the future.", "Enter the day on which the plan was issued.",
        in_future(INITIAL),
    ),
    *_rules(
        "105c", _QUERY, (UPDATED,),
        "The date of the updated plan is in the future.", "Enter the day on which it was issued, or leave it blank.",
        in_future(UPDATED),
    ),
    *_rules(
        "105d", _QUERY, (REVIEWED,),
        "The date of the last review is in the future.", "Enter the last review that was held, not the next one due.",
        in_future(REVIEWED),
    ),
    *_rules(
        "106a", _ERROR, (INITIAL, UPDATED),
        "The first plan is dated after the updated plan.", "Correct whichever date is wrong.",
        each_row(after(INITIAL, UPDATED)),
    ),
    *_rules(
        "106b", _ERROR, (INITIAL, REVIEWED),
        "The first plan is dated after its last review.", "Correct whichever date is wrong.",
        each_row(after(INITIAL, REVIEWED)),
    ),
    *_rules(
        "107 207", _ERROR, ("upn", "uln", BORN),
        "Aged 6 or more, with neither UPN nor ULN.", "Enter one of the two; the school or college holds it.",
        each_row(both(aged(6), all_blank("upn", "uln"))),
    ),
    *_rules(
        "108a 208a", _ERROR, (MAIN, SUBSIDIARY, BORN),
        "Of school age (5 to 16), with neither a main nor a subsidiary establishment.",
        "Enter the URN of the school. Where there is truly none, say so in the home education column and be ready "
        "to explain.",
        each_row(both(SCHOOL_AGE, all_blank(MAIN, SUBSIDIARY))),
        softer=_is_home_educated,
        softer_fix="Recorded as home educated, so the blank may be right: check it.",
    ),
    *_rules(
        "108b 208b", _ERROR, (MAIN, SUBSIDIARY, BORN),
        "Of school age (5 to 16), with a subsidiary establishment but no main one.",
        "Enter the URN of the main establishment.",
        each_row(both(SCHOOL_AGE, _subsidiary_alone)),
    ),
    *_rules(
        "109 209", _ERROR, ("upn",),
        "The same UPN stands in more than one row of this list.",
        "Keep the row with the current plan or support; correct the UPN where two children were given one number.",
        lambda asked: repeated(asked.index.by_upn),
    ),
)  # fmt: skip
