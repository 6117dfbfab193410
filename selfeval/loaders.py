"""The self-evaluation of a folder → rows. Loading again doubles nothing and leaves alone what somebody edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Organisation, User
from accounts.permissions import NotAllowed
from framework.models import Criterion, Framework, Lens
from framework.readers.lines import Fault, UnusableFile
from selfeval.actions.judgements import keep_version
from selfeval.citing import rebuild_citations
from selfeval.layout import lay_out
from selfeval.models import (
    AreaForDevelopment,
    CycleEvent,
    DataGap,
    Evaluation,
    LensChapter,
    PositionStatement,
    ScaleGrade,
    Section,
    SelfEvaluation,
    Strength,
    SystemLead,
)
from selfeval.models.written import WrittenRow
from selfeval.permissions import check_open
from selfeval.readers.folder import NAMED, SELF_EVALUATION_FILE, AreaWords, JudgementWords, SelfEvaluationFile

W = TypeVar("W", Strength, AreaForDevelopment, DataGap, CycleEvent)
KEY = 200


@dataclass(slots=True)
class SelfEvaluationLoad:
    """What loading did. `unknown`: keys of evidence that no item of the log has; their markers stay as written."""

    cycle: SelfEvaluation
    new: int = 0
    changed: int = 0
    left: int = 0
    unknown: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        said = (
            f"Self-evaluation: {self.new} texts are new, {self.changed} brought in line, {self.left} left as somebody "
            "edited them."
        )
        if self.unknown:
            said += f" Cited, but not in the evidence log: {', '.join(sorted(self.unknown))}. Load it, then load again."
        return said


def check_self_evaluation(file: SelfEvaluationFile) -> None:
    """Raises UnusableFile with what the file names and the rulebook doesn't have: ask before writing."""
    faults: list[Fault] = []
    framework = Framework.objects.filter(code=file.head.framework).first()
    if framework is None:
        reason = f"The framework “{file.head.framework}” isn't loaded. Run load_framework on its file first."
        raise UnusableFile([Fault(SELF_EVALUATION_FILE, 1, reason)])
    criteria = set(Criterion.objects.filter(framework=framework).values_list("code", flat=True))
    lenses = set(Lens.objects.filter(framework=framework).values_list("code", flat=True))
    named = [
        *((said.line, said.criterion) for said in file.judgements),
        *((lead.line, lead.criterion) for lead in file.leads),
        *((event.line, code) for event in file.timeline for code in event.criteria),
    ]
    for line, code in named:
        if code not in criteria:
            faults.append(Fault(SELF_EVALUATION_FILE, line, f"“{code}” is no criterion of {framework}."))
    for lens in file.lenses:
        if lens.code not in lenses:
            faults.append(Fault(SELF_EVALUATION_FILE, lens.line, f"“{lens.code}” is no lens of {framework}."))
    if faults:
        raise UnusableFile(faults)


@transaction.atomic
def load_self_evaluation(*, at: datetime, file: SelfEvaluationFile, numbers: Mapping[str, int]) -> SelfEvaluationLoad:
    """The cycle of the file, in one transaction. `numbers`: the number in the log of each item of evidence by key.

    A cycle that was signed off or followed by another meanwhile is left as it is.
    """
    loader = _Loader(at=at, file=file, numbers=numbers)
    loader.run()
    return loader.load


class _Loader:
    def __init__(self, *, at: datetime, file: SelfEvaluationFile, numbers: Mapping[str, int]) -> None:
        self.at, self.file, self.numbers = at, file, numbers
        self.today = timezone.localdate(at)
        self.framework = Framework.objects.get(code=file.head.framework)
        self.load = SelfEvaluationLoad(cycle=self._cycle())

    def run(self) -> None:
        cycle = self.load.cycle
        try:
            check_open(cycle)
        except NotAllowed:
            self.load.left += 1
            return
        self._head()
        lay_out(cycle, changed={})
        self._scale()
        self._sections()
        self._lenses()
        self._gaps()
        criteria = {row.criterion.code: row for row in self._evaluations()}
        for said in self.file.judgements:
            self._judgement(criteria[said.criterion], said)
        self._leads(criteria)
        self._timeline()
        rebuild_citations(holder=cycle, at=self.at)
        record(by=None, at=self.at, action="selfevaluation.loaded", thing=cycle, text=str(self.load))

    def text(self, words: str) -> str:
        """[E:report-2024] → [E12]; a key that no item has stays, and is told."""

        def numbered(found: Any) -> str:
            number = self.numbers.get(found[1])
            if number is None:
                self.load.unknown.add(found[1])
            return f"[E{number}]" if number else str(found[0])

        return NAMED.sub(numbered, words)

    def _cycle(self) -> SelfEvaluation:
        head = self.file.head
        known = SelfEvaluation.objects.filter(loaded_as=head.title[:KEY]).first()
        if known:
            return known
        is_first = not SelfEvaluation.objects.filter(is_current=True).exists()
        return SelfEvaluation.objects.create(
            title=head.title,
            framework=self.framework,
            started_on=head.started_on,
            loaded_as=head.title[:KEY],
            is_current=is_first,
        )

    def _head(self) -> None:
        head = self.file.head
        texts = {"journey": self.text(head.journey), "capacity_to_improve": self.text(head.capacity_to_improve)}
        self._bring(self.load.cycle, texts)

    def _bring(self, row: WrittenRow, fields: Mapping[str, Any]) -> bool:
        """Writes what differs, unless a hand changed the row; says whether anything did."""
        if row.changed_by_id is not None:
            self.load.left += 1
            return False
        changed = [name for name, value in fields.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, fields[name])
        if changed:
            self.load.changed += bool(row.changed_at)
            self.load.new += not row.changed_at
            row.changed_at = self.at
            row.version += 1
            row.save()
        return bool(changed)

    def _scale(self) -> None:
        if ScaleGrade.objects.exists():
            return
        ScaleGrade.objects.bulk_create(
            ScaleGrade(label=grade.label, description=grade.description, order=order)
            for order, grade in enumerate(self.file.scale, 1)
        )

    def _sections(self) -> None:
        rows = {row.code: row for row in Section.objects.filter(self_evaluation=self.load.cycle)}
        for order, said in enumerate(self.file.sections, 1):
            row = rows.get(said.code) or Section(
                self_evaluation=self.load.cycle, code=said.code, title=said.title or said.code, order=100 + order
            )
            fields = {"text": self.text(said.text), "title": said.title or row.title}
            if self._bring(row, fields):
                rebuild_citations(holder=row, at=self.at)

    def _lenses(self) -> None:
        rows = {
            row.lens.code: row
            for row in LensChapter.objects.filter(self_evaluation=self.load.cycle).select_related("lens")
        }
        for said in self.file.lenses:
            self._bring(rows[said.code], {"text": self.text(said.text)})

    def _gaps(self) -> None:
        rows = list(DataGap.objects.filter(self_evaluation=self.load.cycle))
        for order, gap in enumerate(self.file.gaps, 1):
            known = self._known(rows, gap.text)
            row = known or DataGap(self_evaluation=self.load.cycle, loaded_as=gap.text[:KEY])
            due = gap.due.seen_from(self.today) if gap.due and not known else row.due_on
            fields = {"text": gap.text, "owner_role": gap.owner_role, "route": gap.route, "order": order, "due_on": due}
            self._bring(row, fields)
        self._drop(rows, [gap.text for gap in self.file.gaps])

    def _known(self, rows: Iterable[W], text: str) -> W | None:
        return next((row for row in rows if row.loaded_as == text[:KEY]), None)

    def _drop(self, rows: Iterable[Strength | AreaForDevelopment | DataGap], texts: Iterable[str]) -> None:
        """What the file no longer has goes, unless a hand changed it."""
        standing = {text[:KEY] for text in texts}
        for row in rows:
            if row.loaded_as and row.loaded_as not in standing and row.changed_by_id is None:
                row.delete()

    def _evaluations(self) -> Iterable[Evaluation]:
        rows = Evaluation.objects.filter(self_evaluation=self.load.cycle)
        return rows.select_related("criterion", "self_evaluation")

    def _judgement(self, row: Evaluation, said: JudgementWords) -> None:
        fields: dict[str, Any] = {
            "know": self.text(said.know),
            "meaning": self.text(said.meaning),
            "next_steps": self.text(said.next_steps),
            "child_friendly": self.text(said.child_friendly),
        }
        if said.confidence:
            fields["confidence"] = said.confidence
        if self._bring(row, fields):
            keep_version(by=None, at=self.at, evaluation=row, note="From the folder of the area")
        strengths = list(Strength.objects.filter(evaluation=row))
        for order, text in enumerate(said.strengths, 1):
            known = self._known(strengths, text)
            strength = known or Strength(evaluation=row, loaded_as=text[:KEY])
            self._bring(strength, {"text": self.text(text), "order": order})
        self._drop(strengths, said.strengths)
        areas = list(AreaForDevelopment.objects.filter(evaluation=row))
        for order, area in enumerate(said.areas, 1):
            self._area(row, areas, area, order)
        self._drop(areas, [area.text for area in said.areas])
        rebuild_citations(holder=row, at=self.at)

    def _area(self, evaluation: Evaluation, rows: list[AreaForDevelopment], said: AreaWords, order: int) -> None:
        area = self._known(rows, said.text) or AreaForDevelopment(evaluation=evaluation, loaded_as=said.text[:KEY])
        fields = {
            "text": self.text(said.text),
            "known_since_on": said.known_since_on,
            "how_found": self.text(said.how_found),
            "done": self.text(said.done),
            "changed": self.text(said.changed),
            "order": order,
        }
        self._bring(area, fields)
        text = self.text(said.position)
        loaded = PositionStatement.objects.filter(area=area, by=None).first()
        if not text or area.changed_by_id is not None:
            return
        if loaded is None:
            PositionStatement.objects.create(area=area, as_at_on=self.file.head.started_on, text=text, at=self.at)
        elif loaded.text != text:
            loaded.text = text
            loaded.save(update_fields=["text"])

    def _leads(self, criteria: Mapping[str, Evaluation]) -> None:
        """Each named once; who was ended here is not named again."""
        people = {user.email: user for user in User.objects.filter(email__in=[each.person for each in self.file.leads])}
        for lead in self.file.leads:
            SystemLead.objects.get_or_create(
                self_evaluation=self.load.cycle,
                criterion=criteria[lead.criterion].criterion,
                user=people[lead.person],
                defaults={"from_on": self.today},
            )

    def _timeline(self) -> None:
        rows = list(CycleEvent.objects.filter(self_evaluation=self.load.cycle))
        organisations = {row.name: row for row in Organisation.objects.all()}
        criteria = {row.code: row for row in Criterion.objects.filter(framework=self.framework)}
        for said in self.file.timeline:
            known = self._known(rows, said.title)
            row = known or CycleEvent(self_evaluation=self.load.cycle, loaded_as=said.title[:KEY])
            on = said.on.seen_from(self.today) if not known or said.on.on else row.held_on
            fields = {"title": said.title, "kind": said.kind, "held_on": on, "place": said.place, "note": said.note}
            self._bring(row, fields)
            if row.changed_by_id is None:
                row.criteria.set([criteria[code] for code in said.criteria])
                row.organisations.set([organisations[name] for name in said.invited if name in organisations])
