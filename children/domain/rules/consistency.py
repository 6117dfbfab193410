"""Values that can't be right by themselves or beside each other."""

from collections.abc import Iterator

from children.domain.rows import Level, Row
from children.domain.rules.rule import Asked, Hit, Need, Rule, SheetCheck, Source, after, each_row, rules

_ERROR, _QUERY = Level.ERROR, Level.QUERY
BORN = "date_of_birth"
INITIAL, UPDATED, REVIEWED = "plan_initial_on", "plan_updated_on", "plan_reviewed_on"
# A list that grew or shrank by more than this since the last upload is asked about.
CHANGE, LEAST_CHANGE = 0.2, 10
OLDEST_EXTRACT_DAYS = 31


def _not_a_count(key: str) -> SheetCheck:
    return each_row(lambda row: (number := row[key]) is not None and (number < 0 or not isinstance(number, int)))


def _before_birth(key: str) -> SheetCheck:
    return each_row(after(BORN, key))


def _reviewed_long_ago(asked: Asked) -> Iterator[Row]:
    for row in asked.rows:
        reviewed = row[REVIEWED]
        if reviewed is not None and _is_over_a_year(asked, reviewed):
            yield row


def _never_reviewed(asked: Asked) -> Iterator[Row]:
    for row in asked.rows:
        issued = row[INITIAL]
        if issued is not None and row.values[REVIEWED] is None and _is_over_a_year(asked, issued):
            yield row


def _is_over_a_year(asked: Asked, day: object) -> bool:
    as_at = asked.as_at
    try:
        limit = as_at.replace(year=as_at.year - 1)
    except ValueError:  # 29 February
        limit = as_at.replace(year=as_at.year - 1, day=28)
    return bool(day < limit)  # type: ignore[operator]  # both are dates


def _phase_against_age(key: str) -> SheetCheck:
    def check(asked: Asked) -> list[Row]:
        codes = asked.layout.column(key).codes
        ages = {code.code: code.ages for code in codes.codes if code.ages} if codes else {}
        return [
            row
            for row in asked.rows
            if row.age is not None
            and row.age >= 0
            and (span := ages.get(row[key]))
            and not span[0] <= row.age <= span[1]
        ]

    return check


def _changed_much(asked: Asked) -> Iterator[Hit]:
    before, now = asked.earlier_rows, len(asked.rows)
    if before is not None and abs(now - before) > max(CHANGE * before, LEAST_CHANGE):
        yield Hit(wrong=f"The list has {now:,} rows; the last upload had {before:,}.")


def _is_old(asked: Asked) -> Iterator[Hit]:
    if asked.today is not None and (days := (asked.today - asked.as_at).days) > OLDEST_EXTRACT_DAYS:
        yield Hit(wrong=f"The extract is {days} days old.")


CONSISTENCY_RULES: tuple[Rule, ...] = (
    *rules(
        "S141 S241", _ERROR, ("suspensions",),
        "Suspensions are not a whole number from 0 up.", "Enter how many there were in the last six months.",
        _not_a_count("suspensions"), Source.LAYOUT,
    ),
    *rules(
        "S142 S242", _ERROR, ("exclusions",),
        "Permanent exclusions are not a whole number from 0 up.",
        "Enter how many there were in the last six months.",
        _not_a_count("exclusions"), Source.LAYOUT,
    ),
    *rules(
        "S143 S243", _ERROR, ("absence",),
        "Absence is outside 0 to 100.", "Enter the percentage of sessions missed in the last six months.",
        each_row(lambda row: (number := row["absence"]) is not None and not 0 <= number <= 100), Source.LAYOUT,
    ),
    *rules(
        "S151 S251", _ERROR, ("social_care_team", "social_care"),
        "A social care team is named for a child who is not marked as known to social care.",
        "Mark the child as known, or clear the team.",
        each_row(lambda row: row["social_care_team"] is not None and row["social_care"] != "yes"), Source.LAYOUT,
    ),
    *rules(
        "S152 S252", _QUERY, ("social_care_team", "social_care"),
        "The child is known to social care and no team is named.", "Enter the team that works with the child.",
        each_row(lambda row: row.values["social_care_team"] is None and row["social_care"] == "yes"), Source.LAYOUT,
    ),
    *rules(
        "S160", _ERROR, (INITIAL,),
        "There is no date of the first plan.", "Every child on this list has a plan: enter when it was first issued.",
        each_row(lambda row: row.values[INITIAL] is None), Source.LAYOUT,
    ),
    *rules(
        "S161", _ERROR, (INITIAL, BORN),
        "The first plan is dated before the birth.", "Correct whichever date is wrong.", _before_birth(INITIAL),
    ),
    *rules(
        "S162", _ERROR, (UPDATED, BORN),
        "The updated plan is dated before the birth.", "Correct whichever date is wrong.", _before_birth(UPDATED),
    ),
    *rules(
        "S163", _ERROR, (REVIEWED, BORN),
        "The last review is dated before the birth.", "Correct whichever date is wrong.", _before_birth(REVIEWED),
    ),
    *rules(
        "S164", _QUERY, (UPDATED, REVIEWED),
        "The plan was updated after its last review.",
        "Check that the last review is on record. For up to twelve weeks after a review this is usual.",
        each_row(after(UPDATED, REVIEWED)),
    ),
    *rules(
        "S165", _QUERY, (REVIEWED,),
        "The last review was more than twelve months before the extract.",
        "Enter the latest review, or be ready to explain why it is late.",
        _reviewed_long_ago,
    ),
    *rules(
        "S166", _QUERY, (REVIEWED, INITIAL),
        "The plan is more than a year old and no review is on record.",
        "Enter the latest review, or be ready to explain why there was none.",
        _never_reviewed,
    ),
    *rules(
        "S171", _QUERY, ("home_education", "main_urn"),
        "Home educated, and a school's URN is given.",
        "Correct one of the two. A child may attend a school for part of the week: be ready to explain.",
        each_row(lambda row: row["home_education"] == "yes" and row["main_urn"] is not None),
    ),
    *rules(
        "S173 S273", _QUERY, ("main_phase", BORN),
        "The age does not go with the phase of the main establishment.",
        "Check the date of birth and the phase.",
        _phase_against_age("main_phase"),
    ),
    *rules(
        "S174 S274", _QUERY, ("subsidiary_phase", BORN),
        "The age does not go with the phase of the subsidiary establishment.",
        "Check the date of birth and the phase.",
        _phase_against_age("subsidiary_phase"),
    ),
    *rules(
        "S181 S281", _QUERY, (),
        "The list has far more or far fewer rows than in the last upload.",
        "Check that the export took in everybody, and nobody twice.",
        _changed_much, needs=frozenset({Need.EARLIER_UPLOAD}),
    ),
    *rules(
        "S182 S282", _QUERY, (),
        "The extract is more than a month old.", "Take a fresh one: inspectors ask for the lists a day after the call.",
        _is_old, needs=frozenset({Need.TODAY}),
    ),
)  # fmt: skip
