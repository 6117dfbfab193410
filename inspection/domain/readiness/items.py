"""Checks over the request items that are answered with documents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.domain.findings import Blocker, Finding, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.readiness.table import Check
from inspection.domain.submissions import REASON_MIN_LENGTH, REVIEW_AFTER_DAYS, Answer, State


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFact:
    """One version of an answer. `lost_files` names files whose bytes are erased or gone, `moved_on` says what
    has changed in the evidence log since its files were taken from there, `confidential` which of it is closed now."""

    number: int
    state: State
    answer: Answer
    as_at_on: date | None = None
    review_by_on: date | None = None
    none_reason: str = ""
    return_reason: str = ""
    submitted_by_id: int | None = None
    submitted_by: str = ""
    decided_by_id: int | None = None
    decided_by: str = ""
    is_decided_by_health: bool = False
    file_count: int = 0
    lost_files: tuple[str, ...] = ()
    moved_on: tuple[str, ...] = ()
    confidential: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact:
    """One request item with the version that stands approved and the newest one, if it is another."""

    code: str
    title: str
    url: str
    threatens: str
    is_health_item: bool
    responsible_role: Role
    owner: str = ""
    owner_is_active: bool = True
    approved: VersionFact | None = None
    newest: VersionFact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """`is_live` while a visit runs: what is merely missing all year then sinks the pack."""

    today: date
    items: tuple[ItemFact, ...]
    is_live: bool = False
    items_url: str = ""
    # Items of an earlier rulebook that hold versions, and the page that carries them over.
    left_behind: int = 0
    carry_url: str = ""


Sentence = Callable[[ItemFact, ItemFacts], str | None]


def _finding(
    kind: type[Finding], code: str, item: ItemFact, sentence: str, *, role: Role | None = None, label: str = "Open"
) -> Finding:
    return kind(
        code=code,
        sentence=f"{item.title}: {sentence}",
        owner_role=role or item.responsible_role,
        fix_url=item.url,
        fix_label=label,
        threatens=item.threatens,
    )


def approver_of(item: ItemFact) -> Role:
    return Role.HEALTH_LEAD if item.is_health_item else Role.LANO


def no_items(facts: ItemFacts) -> Iterator[Finding]:
    if not facts.items:
        yield Blocker(
            code="items-none-asked",
            sentence="No request items are loaded, so nothing can be collected: load a rulebook.",
            owner_role=Role.ADMINISTRATOR,
            fix_url=facts.items_url,
            threatens="annex-a",
        )


def left_behind(facts: ItemFacts) -> Iterator[Finding]:
    if facts.left_behind:
        items = "1 item" if facts.left_behind == 1 else f"{facts.left_behind} items"
        yield Blocker(
            code="items-left-behind",
            sentence=f"{items} of an earlier rulebook still hold documents: they count for nothing until carried over.",
            owner_role=Role.LANO,
            fix_url=facts.carry_url,
            fix_label="Carry them over",
            threatens="annex-a",
        )


def empty(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        if item.approved is None and item.newest is None:
            # What no deadline of the visit hands over sinks no pack.
            kind = Blocker if facts.is_live and item.threatens else Gap
            yield _finding(kind, "item-empty", item, "nothing supplied yet.", label="Supply")


def returned(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        if item.newest and item.newest.state is State.RETURNED:
            yield _finding(
                Gap, "item-returned", item, f"returned by {item.newest.decided_by}, waits for a new version."
            )


def draft_only(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        if item.newest and item.newest.state is State.DRAFT and item.approved is None:
            yield _finding(Gap, "item-draft", item, "started, but not submitted.", label="Finish")


def awaiting_approval(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        if item.newest and item.newest.state is State.SUBMITTED and item.newest.answer is not Answer.NONE:
            sentence = f"version {item.newest.number} awaits approval."
            yield _finding(Gap, "item-awaiting", item, sentence, role=approver_of(item), label="Decide")


def newer_not_approved(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        if item.approved and item.newest and item.newest.state is State.DRAFT:
            sentence = f"version {item.newest.number} is a draft; a pack still takes version {item.approved.number}."
            yield _finding(Note, "item-newer-draft", item, sentence)


def review_passed(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        due = item.approved.review_by_on if item.approved else None
        if due and due < facts.today:
            yield _finding(Gap, "item-review-passed", item, f"was to be reviewed by {due:%-d %B %Y}.", label="Renew")


def older_than_a_year(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        as_at = item.approved.as_at_on if item.approved else None
        review_is_told = bool(item.approved and item.approved.review_by_on and item.approved.review_by_on < facts.today)
        if as_at and not review_is_told and facts.today - as_at > timedelta(days=REVIEW_AFTER_DAYS):
            sentence = f"stands as at {as_at:%-d %B %Y}, more than a year ago."
            yield _finding(Gap, "item-old", item, sentence, label="Renew")


def no_owner(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        if not item.owner:
            yield _finding(Gap, "item-no-owner", item, "nobody answers for it.", role=Role.LANO, label="Name an owner")


def owner_left(facts: ItemFacts) -> Iterator[Finding]:
    kind = Blocker if facts.is_live else Gap
    for item in facts.items:
        if item.owner and not item.owner_is_active:
            sentence = f"its owner, {item.owner}, can no longer sign in."
            yield _finding(kind, "item-owner-left", item, sentence, role=Role.LANO, label="Name an owner")


def link_only(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        version = item.approved or item.newest
        if version and version.answer is Answer.LINK and not version.file_count:
            yield _finding(
                Gap, "item-link-only", item, "only a link, which may be gone on the day.", label="Attach the file"
            )


def none_without_reason(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        version = item.approved
        if version and version.answer is Answer.NONE and len(version.none_reason.strip()) < REASON_MIN_LENGTH:
            yield _finding(Blocker, "item-none-unexplained", item, "answered with none, and no reason stands there.")


def none_not_approved(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        version = item.newest
        if version and version.answer is Answer.NONE and version.state is State.SUBMITTED:
            sentence = "answered with none; somebody has to agree to that."
            yield _finding(Gap, "item-none-unapproved", item, sentence, role=approver_of(item), label="Decide")


def health_not_by_health(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        if item.is_health_item and item.approved and not item.approved.is_decided_by_health:
            sentence = f"a health item, approved by {item.approved.decided_by or 'nobody'}, not by the health lead."
            yield _finding(Gap, "item-health-unseen", item, sentence, role=Role.HEALTH_LEAD)


def approved_by_supplier(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        version = item.approved
        if version and version.decided_by_id is not None and version.decided_by_id == version.submitted_by_id:
            sentence = f"{version.decided_by} approved their own submission; a second pair of eyes would help."
            yield _finding(Note, "item-own-approval", item, sentence, role=Role.LANO)


def file_lost(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        version = item.approved or item.newest
        if version and version.lost_files:
            names = ", ".join(version.lost_files)
            sentence = f"the bytes of {names} are gone, so the pack cannot hold it."
            yield _finding(Blocker, "item-file-lost", item, sentence, label="Attach it again")


def evidence_moved_on(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        version = item.approved
        if version and version.moved_on:
            sentence = f"its evidence moved on: {'; '.join(version.moved_on)}. Take it into a new version."
            yield _finding(Gap, "item-evidence-moved", item, sentence)


def evidence_confidential(facts: ItemFacts) -> Iterator[Finding]:
    for item in facts.items:
        version = item.approved
        if version and version.confidential:
            are = "is" if len(version.confidential) == 1 else "are"
            sentence = (
                f"{', '.join(version.confidential)} {are} confidential now, and version {version.number} still holds "
                "the files. Approve a version without them."
            )
            yield _finding(Blocker, "item-evidence-confidential", item, sentence)


CHECKS: tuple[Check[ItemFacts], ...] = (
    Check(
        code="items-none-asked",
        title="No request items",
        basis="Without the request items of the rulebook there is no Annex A to collect.",
        find=no_items,
    ),
    Check(
        code="items-left-behind",
        title="Left with an earlier rulebook",
        basis="A pack holds what stands under the items of the rulebook that is followed now.",
        find=left_behind,
    ),
    Check(
        code="item-file-lost",
        title="A file is gone",
        basis="The pack would lack a document that is shown as approved.",
        find=file_lost,
    ),
    Check(
        code="item-evidence-confidential",
        title="Its evidence is confidential now",
        basis="The pack would hand on, and the page of the item show, what the log keeps for a few.",
        find=evidence_confidential,
    ),
    Check(
        code="item-evidence-moved",
        title="Its evidence moved on",
        basis="The pack would hold an older document than the evidence log.",
        find=evidence_moved_on,
    ),
    Check(
        code="item-none-unexplained",
        title="None, without a reason",
        basis="Inspectors ask why something does not exist.",
        find=none_without_reason,
    ),
    Check(
        code="item-empty",
        title="Nothing supplied yet",
        basis="Annex A is asked for by the Friday of week 1.",
        find=empty,
    ),
    Check(
        code="item-returned",
        title="Returned, not yet mended",
        basis="A returned version never goes into a pack.",
        find=returned,
    ),
    Check(
        code="item-draft",
        title="Started, not submitted",
        basis="A draft never goes into a pack.",
        find=draft_only,
    ),
    Check(
        code="item-awaiting",
        title="Awaiting approval",
        basis="Only approved versions go into a pack.",
        find=awaiting_approval,
    ),
    Check(
        code="item-none-unapproved",
        title="Answered with none, awaiting approval",
        basis="That something does not exist is a statement of the partnership.",
        find=none_not_approved,
    ),
    Check(
        code="item-review-passed",
        title="Review date passed",
        basis="A stale paper is easily challenged.",
        find=review_passed,
    ),
    Check(
        code="item-old",
        title="More than a year old",
        basis="A year is our default for how long a paper stands without a look.",
        find=older_than_a_year,
    ),
    Check(
        code="item-no-owner",
        title="No owner",
        basis="Nobody knows who holds what, and how fast it can be pulled.",
        find=no_owner,
    ),
    Check(
        code="item-owner-left",
        title="Owner has left",
        basis="Nobody would answer for it on the day.",
        find=owner_left,
    ),
    Check(
        code="item-link-only",
        title="Only a link",
        basis="Links rot; a pack holds files.",
        find=link_only,
    ),
    Check(
        code="item-health-unseen",
        title="Health items that health has not approved",
        basis="The health lead signs off the health items.",
        find=health_not_by_health,
    ),
    Check(
        code="item-newer-draft",
        title="A newer draft is waiting",
        basis="A pack takes the approved version.",
        find=newer_not_approved,
    ),
    Check(
        code="item-own-approval",
        title="Approved by the person who supplied it",
        basis="Two people see more than one.",
        find=approved_by_supplier,
    ),
)
