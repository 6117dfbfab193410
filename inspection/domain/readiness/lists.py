"""Checks over the person-level lists, from totals alone: no row and no Unique ID comes near this page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.domain.findings import Blocker, Finding, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.readiness.table import Check

# Lists go out the day after the call: an extract older than this is pulled again anyway (our default).
EXTRACT_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsFacts:
    """The current upload of the lists. `as_at_on` is None where nothing was uploaded."""

    today: date
    lists_url: str
    findings_url: str
    as_at_on: date | None = None
    uploaded_on: date | None = None
    row_count: int = 0
    empty_lists: tuple[str, ...] = ()
    error_count: int = 0
    query_count: int = 0
    rules_not_run: tuple[str, ...] = ()
    is_live: bool = False


def _finding(kind: type[Finding], code: str, sentence: str, url: str, label: str) -> Finding:
    return kind(
        code=code,
        sentence=sentence,
        owner_role=Role.DATA_LEAD,
        fix_url=url,
        fix_label=label,
        threatens="lists",
    )


def never_uploaded(facts: ListsFacts) -> Iterator[Finding]:
    if facts.as_at_on is None:
        yield _finding(
            Blocker if facts.is_live else Gap,
            "lists-never-uploaded",
            "The person-level lists have never been uploaded; they are due by noon on the day after the call.",
            facts.lists_url,
            "Upload the lists",
        )


def empty_list(facts: ListsFacts) -> Iterator[Finding]:
    if facts.as_at_on is not None:
        for name in facts.empty_lists:
            sentence = f"{name} holds no rows."
            yield _finding(Blocker, "lists-empty", sentence, facts.lists_url, "Upload the lists")


def rules_not_run(facts: ListsFacts) -> Iterator[Finding]:
    if facts.as_at_on is not None and facts.rules_not_run:
        count = len(facts.rules_not_run)
        many = "1 rule" if count == 1 else f"{count} rules"
        sentence = f"{many} could not run on the lists, because a column is missing or has another name."
        yield _finding(Blocker, "lists-rules-not-run", sentence, facts.findings_url, "See which")


def with_errors(facts: ListsFacts) -> Iterator[Finding]:
    if facts.as_at_on is not None and facts.error_count:
        many = "1 error" if facts.error_count == 1 else f"{facts.error_count:,} errors"
        sentence = f"The lists hold {many} to correct in the source system."
        yield _finding(Gap, "lists-with-errors", sentence, facts.findings_url, "See the errors")


def with_queries(facts: ListsFacts) -> Iterator[Finding]:
    if facts.as_at_on is not None and facts.query_count:
        many = "1 query" if facts.query_count == 1 else f"{facts.query_count:,} queries"
        yield _finding(Note, "lists-with-queries", f"The lists hold {many}.", facts.findings_url, "See the queries")


def out_of_date(facts: ListsFacts) -> Iterator[Finding]:
    if facts.as_at_on is not None and facts.today - facts.as_at_on > timedelta(days=EXTRACT_DAYS):
        sentence = f"The lists stand as at {facts.as_at_on:%-d %B %Y}: pull a new extract."
        kind = Blocker if facts.is_live else Gap
        yield _finding(kind, "lists-out-of-date", sentence, facts.lists_url, "Upload the lists")


CHECKS: tuple[Check[ListsFacts], ...] = (
    Check(
        code="lists-never-uploaded",
        title="No person-level lists",
        basis="The lists are due by noon on the day after the call.",
        find=never_uploaded,
    ),
    Check(
        code="lists-empty",
        title="A list is empty",
        basis="Inspectors choose the six from both lists.",
        find=empty_list,
    ),
    Check(
        code="lists-rules-not-run",
        title="Rules that could not run",
        basis="A rule whose column is missing has not been passed.",
        find=rules_not_run,
    ),
    Check(
        code="lists-with-errors",
        title="Errors in the lists",
        basis="The sector's validator refuses or questions such rows.",
        find=with_errors,
    ),
    Check(
        code="lists-out-of-date",
        title="The lists are out of date",
        basis="Children, plans and placements move every week.",
        find=out_of_date,
    ),
    Check(
        code="lists-with-queries",
        title="Queries in the lists",
        basis="A query may be right; somebody should know why.",
        find=with_queries,
    ),
)
