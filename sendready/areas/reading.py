"""The files of an area's folder → values, strictly: the faults of all files are told together."""

import re
from pathlib import Path

from accounts.domain.roles import Role
from accounts.models import OrganisationKind
from evidence.readers.folder import EvidenceWords, read_evidence_file
from framework.readers.days import Day
from framework.readers.lines import Entry, Fault, Faults, UnusableFile, read_entry
from indicators.domain.catalogue import AreaFigures
from indicators.readers.catalogue import read_area_figures
from selfeval.readers.consultation import ConsultationFile, read_consultation_file
from selfeval.readers.folder import SelfEvaluationFile, read_self_evaluation_file
from sendready.areas.values import (
    AreaFolder,
    AreaWords,
    DatedName,
    DocumentWords,
    HolidayWords,
    ItemWords,
    PersonWords,
    SyntheticLists,
)
from strategy.readers.folder import StrategyFile, read_strategy_file
from strategy.readers.plans import Known, PlansFile, read_plans

AREA_FILE, PEOPLE_FILE, ITEMS_FILE, DOCUMENTS = "area.yaml", "people.yaml", "items.yaml", "documents"
FIGURES_FILE = "indicators.yaml"
STATES = ("draft", "submitted", "approved", "returned")
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
MOST_ROWS = 50_000


def read_area_folder(path: Path) -> AreaFolder:
    """Everything that the folder says. Raises UnusableFile with the faults of all its files."""
    if not path.is_dir():
        raise UnusableFile([Fault(str(path), 1, "There is no such folder.")])
    found: list[Fault] = []
    top, faults = _open(path, AREA_FILE, found)
    folder = _area(path, top) if top and faults else None
    _close(top, faults, found)
    organisations = {each.name for each in folder.organisations} if folder else set()
    people = _read_people(path, organisations, found)
    emails = {person.email for person in people}
    strategy, plans = _read_strategy(path, emails, organisations, found)
    figures = _read_figures(path, found)
    items = _read_items(path, emails, found)
    self_evaluation = _read_self_evaluation(path, emails, organisations, found)
    evidence = _read_evidence(path, emails, organisations, found)
    consultation = _read_consultation(path, organisations, found)
    if folder and folder.area.safeguarding_lead not in {"", *emails}:
        found.append(Fault(AREA_FILE, 1, f"The safeguarding lead isn't in {PEOPLE_FILE}."))
    if found or folder is None:
        raise UnusableFile(found)
    return AreaFolder(
        path=path,
        framework=folder.framework,
        area=folder.area,
        boards=folder.boards,
        organisations=folder.organisations,
        holidays=folder.holidays,
        lists=folder.lists,
        people=people,
        items=items,
        strategy=strategy,
        plans=plans,
        figures=figures,
        self_evaluation=self_evaluation,
        consultation=consultation,
        evidence=evidence,
    )


def _open(path: Path, name: str, found: list[Fault]) -> tuple[Entry | None, Faults | None]:
    try:
        return read_entry(path / name)
    except UnusableFile as refusal:
        found.extend(refusal.faults)
        return None, None


def _close(top: Entry | None, faults: Faults | None, found: list[Fault]) -> None:
    if top and faults:
        top.finish()
        found.extend(faults.found)


# -- area.yaml


def _area(path: Path, top: Entry) -> AreaFolder | None:
    words = top.entry("area", required=True)
    boards = tuple(_dated(entry) for entry in top.entries("boards", what="this board"))
    organisations = tuple(_organisation(entry) for entry in top.entries("organisations", what="this organisation"))
    holidays = tuple(_holiday(entry) for entry in top.entries("school_holidays", what="this holiday"))
    lists = top.entry("synthetic_lists")
    framework = top.code("framework")
    synthetic = _synthetic(lists) if lists else None
    if words is None:
        return None
    area = AreaWords(
        name=words.text("name", required=True, longest=120),
        partnership_name=words.text("partnership_name", longest=160),
        la_code=_shaped(words, "la_code", r"\d{3}", "'201', in quotes"),
        ons_code=_shaped(words, "ons_code", r"E\d{8}", "E06000001"),
        region_name=words.text("region_name", required=True, longest=60),
        short_code=_shaped(words, "short_code", r"[A-Z0-9]{2,20}", "capital letters and digits"),
        marking=words.text("marking", longest=60) or "OFFICIAL-SENSITIVE",
        safeguarding_lead=words.text("safeguarding_lead").lower(),
    )
    words.finish()
    return AreaFolder(
        path=path,
        framework=framework,
        area=area,
        boards=boards,
        organisations=organisations,
        holidays=tuple(holiday for holiday in holidays if holiday),
        lists=synthetic,
    )


def _shaped(entry: Entry, key: str, shape: str, example: str) -> str:
    value = entry.text(key, required=True)
    if value and not re.fullmatch(shape, value):
        entry.fault(key, f"“{value}” can't be a “{key}”. It looks like {example}.")
    return value


def _dated(entry: Entry, kind: str = "") -> DatedName:
    dated = DatedName(
        name=entry.text("name", required=True, longest=160),
        kind=kind,
        from_on=entry.day("from_on"),
        to_on=entry.day("to_on"),
    )
    if dated.from_on and dated.to_on and dated.to_on < dated.from_on:
        entry.fault("to_on", "It ends before it starts.")
    entry.finish()
    return dated


def _organisation(entry: Entry) -> DatedName:
    return _dated(entry, entry.choice("kind", OrganisationKind.values))


def _holiday(entry: Entry) -> HolidayWords | None:
    name = entry.text("name", required=True, longest=80)
    starts, ends = entry.day("starts_on", required=True), entry.day("ends_on", required=True)
    entry.finish()
    if starts is None or ends is None:
        return None
    if ends < starts:
        entry.fault("ends_on", "The holiday ends before it starts.")
    return HolidayWords(name=name, starts_on=starts, ends_on=ends)


def _synthetic(entry: Entry) -> SyntheticLists:
    lists = SyntheticLists(
        seed=entry.whole("seed", required=True, least=0, most=999_999_999) or 0,
        list_1=entry.whole("list_1", required=True, least=1, most=MOST_ROWS) or 1,
        list_2=entry.whole("list_2", required=True, least=1, most=MOST_ROWS) or 1,
        faults=entry.whole("faults", least=0, most=MOST_ROWS) or 0,
    )
    entry.finish()
    return lists


# -- people.yaml


def _read_people(path: Path, organisations: set[str], found: list[Fault]) -> tuple[PersonWords, ...]:
    if not (path / PEOPLE_FILE).exists():
        return ()
    top, faults = _open(path, PEOPLE_FILE, found)
    if top is None:
        return ()
    entries = top.entries("people", what="this person", required=True)
    people = tuple(_person(entry, organisations) for entry in entries)
    lines: dict[str, int] = {}
    for entry, person in zip(entries, people, strict=True):
        if person.email in lines:
            entry.fault("email", f"{person.email} stands twice: first on line {lines[person.email]}.")
        lines.setdefault(person.email, entry.line)
    for entry, person in zip(entries, people, strict=True):
        if person.deputy_for and person.deputy_for not in lines:
            entry.fault("deputy_for", f"{person.deputy_for} isn't in this file.")
    _close(top, faults, found)
    return people


def _person(entry: Entry, organisations: set[str]) -> PersonWords:
    email = _shaped(entry, "email", EMAIL, "lano@council.example").lower()
    organisation = entry.text("organisation")
    if organisation and organisation not in organisations:
        entry.fault("organisation", f"“{organisation}” isn't an organisation of {AREA_FILE}.")
    roles = entry.texts("roles", required=True)
    known = {role.value for role in Role}
    for role in roles:
        if role not in known:
            entry.fault("roles", f"“{role}” isn't a role. Choose from: {', '.join(sorted(known))}.")
    person = PersonWords(
        email=email,
        name=entry.text("name", required=True, longest=120),
        job_title=entry.text("job_title", longest=120),
        organisation=organisation,
        roles=tuple(Role(role) for role in roles if role in known),
        deputy_for=entry.text("deputy_for").lower(),
    )
    entry.finish()
    return person


# -- strategy.yaml


def _read_figures(path: Path, found: list[Fault]) -> AreaFigures | None:
    """`indicators.yaml` where there is one."""
    if not (path / FIGURES_FILE).exists():
        return None
    try:
        return read_area_figures(path / FIGURES_FILE)
    except UnusableFile as refusal:
        found.extend(refusal.faults)
        return None


def _read_self_evaluation(
    path: Path, emails: set[str], organisations: set[str], found: list[Fault]
) -> SelfEvaluationFile | None:
    try:
        return read_self_evaluation_file(path, emails=emails, organisations=organisations)
    except UnusableFile as refusal:
        found.extend(refusal.faults)
        return None


def _read_strategy(
    path: Path, emails: set[str], organisations: set[str], found: list[Fault]
) -> tuple[StrategyFile | None, PlansFile | None]:
    try:
        file = read_strategy_file(path)
        if file is None:
            return None, None
        boards = {board.row.key for board in file.boards}
        plans = read_plans(file.later, Known(emails=emails, organisations=organisations, boards=boards))
        file.faults.stop_if_any()
    except UnusableFile as refusal:
        found.extend(refusal.faults)
        return None, None
    return file, plans


# -- consultation.yaml


def _read_consultation(path: Path, organisations: set[str], found: list[Fault]) -> ConsultationFile | None:
    try:
        return read_consultation_file(path, organisations=organisations)
    except UnusableFile as refusal:
        found.extend(refusal.faults)
        return None


# -- evidence.yaml


def _read_evidence(
    path: Path, emails: set[str], organisations: set[str], found: list[Fault]
) -> tuple[EvidenceWords, ...]:
    try:
        return read_evidence_file(path, organisations=organisations, emails=emails)
    except UnusableFile as refusal:
        found.extend(refusal.faults)
        return ()


# -- items.yaml


def _read_items(path: Path, emails: set[str], found: list[Fault]) -> tuple[ItemWords, ...]:
    if not (path / ITEMS_FILE).exists():
        return ()
    top, faults = _open(path, ITEMS_FILE, found)
    if top is None:
        return ()
    items = tuple(_item(entry, path / DOCUMENTS, emails) for entry in top.entries("items", what="this item"))
    _close(top, faults, found)
    return items


def _item(entry: Entry, documents: Path, emails: set[str]) -> ItemWords:
    item = ItemWords(
        line=entry.line,
        item=entry.own_code("item", "item"),
        owner=_email(entry, "owner", emails, required=True),
        state=entry.choice("state", STATES, required=False),
        documents=tuple(_document(each, documents) for each in entry.entries("documents", what="this document")),
        link=entry.text("link", longest=500),
        none_reason=entry.text("none_because"),
        note=entry.text("note"),
        as_at=_day(entry, "as_at"),
        review_by=_day(entry, "review_by"),
        approver=_email(entry, "decided_by", emails, required=False),
        return_reason=entry.text("returned_because"),
    )
    entry.finish()
    answers = sum(bool(answer) for answer in (item.documents, item.link, item.none_reason))
    if item.state and answers != 1:
        entry.fault("state", "An item with a state needs one of “documents”, “link” and “none_because”.")
    if answers and not item.state:
        entry.fault("item", f"Say how far it has got: “state” is one of {', '.join(STATES)}.")
    if item.state in {"approved", "returned"} and not item.approver:
        entry.fault("state", "Say who approved or returned it: “decided_by”.")
    if (item.state == "returned") != bool(item.return_reason):
        entry.fault("state", "“returned” and “returned_because” belong together.")
    return item


def _email(entry: Entry, key: str, emails: set[str], *, required: bool) -> str:
    email = entry.text(key, required=required).lower()
    if email and email not in emails:
        entry.fault(key, f"{email} isn't in {PEOPLE_FILE}.")
    return email


def _day(entry: Entry, key: str) -> Day | None:
    """`as_at: 2026-10-01`, or `as_at_days: -30` for thirty days before the day of loading."""
    days = entry.whole(f"{key}_days", least=-3660, most=3660)
    on = entry.day(key)
    if on and days is not None:
        entry.fault(key, f"Give “{key}” or “{key}_days”, not both.")
    if on:
        return Day(on=on)
    return Day(days=days) if days is not None else None


def _document(entry: Entry, documents: Path) -> DocumentWords:
    name, title = entry.text("file", required=True), entry.text("title", required=True, longest=200)
    entry.finish()
    if name and Path(name).name != name:
        entry.fault("file", f"“{name}” has to be the name of a file in {DOCUMENTS}/, without a folder.")
    elif name and not (documents / name).is_file():
        entry.fault("file", f"There is no file “{name}” in {DOCUMENTS}/.")
    return DocumentWords(file=documents / name, title=title)
