"""Two rulebooks with a mapping between them, and what stands under the earlier one."""

from datetime import timedelta

from accounts.domain.roles import Role
from evidence.actions.items import link_point
from framework.models import CriterionMapping
from selfeval.actions.carry_over import carry_answer, carry_link
from selfeval.actions.judgements import save_evaluation
from selfeval.models import Carried, Evaluation
from tests.factories.accounts import make_area, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved
from tests.factories.framework import make_framework
from tests.factories.selfeval import make_evaluation, make_self_evaluation

LATER = AT + timedelta(hours=1)
LATEST = AT + timedelta(hours=2)
SENTENCE = "It counts who waited."


class TwoRulebooks:
    """Two rulebooks: A1 with its points A1.1 and A1.2 has become B1 with B1.1; A2 has kept its code."""

    def __init__(self) -> None:
        make_area()
        self.lano = make_user(Role.LANO)
        self.old = make_framework(code="old-2023", name="Rulebook of 2023", is_current=False)
        self.new = make_framework(code="new-2027", name="Rulebook of 2027")
        a1 = make_criterion(framework=self.old, code="A1", title="Needs are found", order=1)
        a2 = make_criterion(framework=self.old, code="A2", title="Views are heard", order=2)
        self.point = make_point(criterion=a1, code="A1.1", title="Needs are found without delay")
        self.unmapped = make_point(criterion=a1, code="A1.2", title="Needs are written down", order=1)
        self.same = make_point(criterion=a2, code="A2.1", title="Families are heard")
        b1 = make_criterion(framework=self.new, code="B1", title="Needs are found early", order=1)
        new_a2 = make_criterion(framework=self.new, code="A2", title="Views are heard", order=2)
        self.new_point = make_point(criterion=b1, code="B1.1", title="Needs are found early, without delay")
        # The code of an old point that means something else: its criterion went elsewhere.
        self.decoy = make_point(criterion=new_a2, code="A1.2", title="Something else", order=5)
        self.new_same = make_point(criterion=new_a2, code="A2.1", title="Families are heard")
        self.lead("A1", "B1")
        self.lead("A1.1", "B1.1")
        self.evidence = make_approved(by=self.lano)
        self.link = link_point(by=self.lano, at=AT, evidence=self.evidence, point=self.point, relevance=SENTENCE)
        self.before = make_self_evaluation(title="The cycle of 2026", framework=self.old, is_current=False)
        self.after = make_self_evaluation(title="The cycle of 2027", framework=self.new)
        self.source = make_evaluation(
            cycle=self.before, criterion=a1, know=f"Waits are long [{self.evidence.code}].", meaning="We are late."
        )
        self.place = make_evaluation(cycle=self.after, criterion=b1)

    def lead(self, old_code: str, new_code: str) -> None:
        CriterionMapping.objects.create(
            framework=self.new, code=f"m-{old_code}", title=old_code, old_framework=self.old,
            old_code=old_code, new_code=new_code,
        )  # fmt: skip

    def carry(self) -> Carried:
        return carry_link(by=self.lano, at=LATER, link=self.link, place=self.new_point)

    def answer(self, field: str = "know", *, is_beneath: bool = False) -> Carried:
        return carry_answer(
            by=self.lano, at=LATER, source=self.source, place=self.place, field=field, is_beneath=is_beneath
        )

    def write(self, text: str, field: str = "know") -> None:
        now = Evaluation.objects.get(pk=self.place.pk)
        save_evaluation(by=self.lano, at=LATEST, evaluation=now, version=now.version, fields={field: text})

    def said(self, field: str = "know") -> str:
        return str(getattr(Evaluation.objects.get(pk=self.place.pk), field))
