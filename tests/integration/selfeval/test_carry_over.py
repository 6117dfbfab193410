"""Evidence and answers carried from one rulebook to another, one by one, and taken back."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from evidence.actions.items import archive_evidence, link_point, link_statement
from evidence.models import LensLink, PointLink
from framework.models import Lens, LensStatement
from selfeval.actions.carry_over import NotCarried, carry_answer, carry_link, undo_carried
from selfeval.models import Carried, Citation, Evaluation, EvaluationState, EvaluationVersion
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.carrying import LATER, LATEST, SENTENCE, TwoRulebooks
from tests.factories.criteria import make_point
from tests.factories.evidence import AT, make_approved
from tests.factories.framework import make_framework
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def world() -> TwoRulebooks:
    return TwoRulebooks()


def page(*, part: str = "criterion:A1", **more: object) -> tuple[str, dict[str, object]]:
    return reverse("selfeval:carried-list"), {"part": part, **more}


def test_link_is_carried_as_a_new_one_and_the_old_one_stays(world):
    before = PointLink.objects.filter(pk=world.link.pk).values().get()

    carried = world.carry()

    made = PointLink.objects.get(point=world.new_point)
    assert (made.pk, made.relevance, made.added_by) == (carried.made, SENTENCE, world.lano)
    assert PointLink.objects.filter(pk=world.link.pk).values().get() == before
    assert AuditEvent.objects.filter(action="evidence.linked", at=LATER).count() == 1
    assert AuditEvent.objects.get(action="carried.made").thing_id == str(carried.pk)


def test_undo_takes_out_the_new_link_and_nothing_else(world):
    carried = world.carry()

    undo_carried(by=world.lano, at=LATEST, carried=carried)

    assert list(PointLink.objects.values_list("pk", flat=True)) == [world.link.pk]
    row = Carried.objects.get()
    assert (row.undone_by, row.undone_at) == (world.lano, LATEST)
    assert AuditEvent.objects.filter(action="evidence.unlinked", at=LATEST).count() == 1
    assert AuditEvent.objects.filter(action="carried.undone").count() == 1


def test_undone_twice_is_refused_also_after_it_was_carried_again(world):
    first = world.carry()
    undo_carried(by=world.lano, at=LATEST, carried=first)
    again = world.carry()

    with pytest.raises(NotCarried, match="undone already"):
        undo_carried(by=world.lano, at=LATEST, carried=first)

    assert PointLink.objects.filter(pk=again.made).exists()


def test_undo_of_a_link_whose_sentence_was_changed_since_is_refused(world):
    carried = world.carry()
    link_point(by=world.lano, at=LATEST, evidence=world.evidence, point=world.new_point, relevance="Said otherwise.")

    with pytest.raises(NotCarried, match="changed since"):
        undo_carried(by=world.lano, at=LATEST, carried=carried)

    assert PointLink.objects.get(point=world.new_point).relevance == "Said otherwise."
    assert Carried.objects.get().undone_at is None


def test_undo_of_a_link_that_was_taken_out_since_is_refused(world):
    carried = world.carry()
    PointLink.objects.filter(pk=carried.made).delete()

    with pytest.raises(NotCarried, match="taken out since"):
        undo_carried(by=world.lano, at=LATEST, carried=carried)


def test_link_that_stands_already_keeps_its_sentence(world):
    link_point(by=world.lano, at=AT, evidence=world.evidence, point=world.new_point, relevance="Our own words.")

    with pytest.raises(NotCarried, match="already"):
        world.carry()

    assert PointLink.objects.get(point=world.new_point).relevance == "Our own words."
    assert not Carried.objects.exists()


def test_no_way_leads_to_an_equal_code_whose_criterion_went_elsewhere(world):
    link = link_point(by=world.lano, at=AT, evidence=world.evidence, point=world.unmapped, relevance="It says so.")

    with pytest.raises(NotCarried, match="No way leads"):
        carry_link(by=world.lano, at=LATER, link=link, place=world.decoy)
    words = words_of(client_of(world.lano).get(*page()))

    assert "Finds no place A1 has become B1" in words


def test_archived_evidence_is_neither_shown_nor_carried(world):
    archive_evidence(by=world.lano, at=AT, evidence=world.evidence)

    assert world.evidence.title not in words_of(client_of(world.lano).get(*page()))
    with pytest.raises(NotAllowed, match="archive"):
        world.carry()


def test_link_to_a_statement_of_a_lens_is_carried_and_undone(world):
    rows = []
    for framework in (world.old, world.new):
        lens = Lens.objects.create(framework=framework, code="outcomes", title="Outcomes")
        rows.append(LensStatement.objects.create(framework=framework, lens=lens, code="O1", title="They do well"))
    link = link_statement(by=world.lano, at=AT, evidence=world.evidence, statement=rows[0], relevance=SENTENCE)

    client = client_of(world.lano)
    fields = {"kind": "statement", "source": link.pk, "place": rows[1].pk, "part": "lens:outcomes"}
    response = client.post(reverse("selfeval:carried-make"), fields, follow=True)

    assert "Same code, no mapping" in words_of(response)
    assert LensLink.objects.get(statement=rows[1]).relevance == SENTENCE
    undo_carried(by=world.lano, at=LATEST, carried=Carried.objects.get())
    assert list(LensLink.objects.all()) == [link]


def test_answer_is_written_where_nothing_stands_with_its_citations(world):
    world.answer()

    assert world.said() == world.source.know
    assert Evaluation.objects.get(pk=world.source.pk).know == world.source.know
    assert EvaluationVersion.objects.get(evaluation=world.place).note == "From A1 in “The cycle of 2026”"
    assert Citation.objects.get(evaluation=world.place).evidence == world.evidence


def test_answer_is_not_written_over_another_and_goes_beneath_when_asked(world):
    world.write("Our new words.")

    with pytest.raises(NotCarried, match="Add beneath"):
        world.answer()
    assert world.said() == "Our new words."
    world.answer(is_beneath=True)

    assert world.said() == f"Our new words.\n\nFrom A1 in “The cycle of 2026”:\n{world.source.know}"


def test_answer_is_carried_once(world):
    world.answer()

    with pytest.raises(NotCarried, match="already"):
        world.answer(is_beneath=True)


def test_undo_of_an_answer_leaves_what_stood_before_and_goes_with_its_citation(world):
    world.write("Our new words.")
    carried = world.answer(is_beneath=True)

    undo_carried(by=world.lano, at=LATEST, carried=carried)

    assert world.said() == "Our new words."
    assert not Citation.objects.filter(evaluation=world.place).exists()
    assert EvaluationVersion.objects.filter(evaluation=world.place).count() == 3


def test_undo_of_an_answer_keeps_what_others_wrote_around_it(world):
    carried = world.answer()
    world.write(f"Above.\r\n\r\n{world.source.know}\r\n\r\nBelow.")

    undo_carried(by=world.lano, at=LATEST, carried=carried)

    assert world.said() == "Above.\n\nBelow."


def test_undo_of_an_answer_that_was_changed_since_is_refused(world):
    carried = world.answer("meaning")
    world.write("We are late, and we know why.", "meaning")

    with pytest.raises(NotCarried, match="changed since"):
        undo_carried(by=world.lano, at=LATEST, carried=carried)

    assert world.said("meaning") == "We are late, and we know why."
    assert "there is nothing to undo" in words_of(client_of(world.lano).get(*page()))


def test_answer_of_a_moderated_judgement_is_neither_written_nor_taken_back(world):
    carried = world.answer()
    Evaluation.objects.filter(pk=world.place.pk).update(state=EvaluationState.MODERATED)

    with pytest.raises(NotAllowed, match="moderated"):
        world.answer("meaning")
    with pytest.raises(NotAllowed, match="moderated"):
        undo_carried(by=world.lano, at=LATEST, carried=carried)
    assert world.said() == world.source.know


def test_page_carries_and_undoes_by_its_buttons(world):
    client = client_of(make_user(Role.SEND_TEAM))
    opened = words_of(client.get(*page()))
    fields = {"kind": "point", "source": world.link.pk, "place": world.new_point.pk, "part": "criterion:A1"}

    made = client.post(reverse("selfeval:carried-make"), fields)
    shown = words_of(client.get(made.url))
    carried = Carried.objects.get()
    undone = client.post(reverse("selfeval:carried-undo", args=[carried.pk]), {"part": "criterion:A1"}, follow=True)
    twice = client.post(reverse("selfeval:carried-undo", args=[carried.pk]), follow=True)

    assert "Mapped" in opened
    assert f"Carry over : {world.evidence.code} to B1.1" in opened
    assert made.url.endswith(f"#line-{world.link.pk}-{world.new_point.pk}")
    assert f"Undo : {world.evidence.code} to B1.1" in shown
    assert "Undone: " in words_of(undone)
    assert "undone already" in words_of(twice)
    assert not PointLink.objects.filter(point=world.new_point).exists()


def test_page_shows_both_answers_and_asks_to_add_beneath(world):
    world.write("Our new words.")
    client = client_of(world.lano)
    opened = words_of(client.get(*page()))
    fields = {"kind": "answer", "source": world.source.pk, "place": world.place.pk, "field": "know"}

    refused = client.post(reverse("selfeval:carried-make"), fields, follow=True)
    client.post(reverse("selfeval:carried-make"), fields | {"beneath": "1"})

    assert "Our new words." in opened
    assert world.source.know in opened
    assert "Add beneath : What do we know? to B1" in opened
    assert "Carry over : What does it mean? to B1" in opened
    assert "choose “Add beneath”" in words_of(refused)
    assert world.said().endswith(world.source.know)


def test_equal_code_without_a_mapping_is_said_so(world):
    link_point(by=world.lano, at=AT, evidence=world.evidence, point=world.same, relevance="They say so.")

    words = words_of(client_of(world.lano).get(*page(part="criterion:A2")))

    assert "Same code, no mapping" in words
    assert "Carry over" in words


def test_current_rulebook_is_chosen_and_the_one_that_its_mapping_names(world):
    make_framework(code="other", name="Another rulebook", is_current=False)

    response = client_of(world.lano).get(*page())

    assert (response.context["old"], response.context["new"]) == (world.old, world.new)


def test_page_says_what_to_do_with_one_rulebook_the_same_twice_or_bad_words(world):
    client = client_of(world.lano)
    same = client.get(*page(old=world.new.pk, new=world.new.pk))
    bad = client.get(*page(part="x", old="x", new="99999", page="-1"))
    unsaid = client.post(reverse("selfeval:carried-make"), {"kind": "x"}, follow=True)

    assert "Choose two different rulebooks" in words_of(same)
    assert bad.status_code == 200
    assert "did not say what to carry" in words_of(unsaid)
    fields = {"kind": "point", "source": 99999, "place": world.new_point.pk}
    assert client.post(reverse("selfeval:carried-make"), fields).status_code == 404


def test_page_with_one_rulebook_says_how_to_load_another(db):
    make_area()
    make_framework()

    assert "load_framework" in words_of(client_of(make_user(Role.LANO)).get(*page()))


@pytest.mark.parametrize(
    "role", [Role.DIRECTOR, Role.HEALTH_LEAD, Role.DATA_LEAD, Role.SYSTEM_LEAD, Role.PARTNER, Role.MEMBER, Role.VIEWER]
)
def test_nobody_else_opens_carries_or_undoes(world, role):
    carried = world.carry()
    person = make_user(role, organisation=make_organisation(name="SENDIASS", kind="sendiass"))
    client = client_of(person)
    fields = {"kind": "answer", "source": world.source.pk, "place": world.place.pk, "field": "know"}

    assert client.get(*page()).status_code == 403
    assert client.post(reverse("selfeval:carried-make"), fields).status_code == 403
    assert client.post(reverse("selfeval:carried-undo", args=[carried.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        carry_link(by=person, at=LATER, link=world.link, place=world.new_point)
    with pytest.raises(NotAllowed):
        carry_answer(by=person, at=LATER, source=world.source, place=world.place, field="know")
    with pytest.raises(NotAllowed):
        undo_carried(by=person, at=LATER, carried=carried)
    assert world.said() == ""
    assert Carried.objects.get().undone_at is None


def test_opening_an_address_of_a_button_changes_nothing(world):
    client = client_of(world.lano)

    assert client.get(reverse("selfeval:carried-make")).status_code == 405
    assert client.get(reverse("selfeval:carried-undo", args=[world.carry().pk])).status_code == 405


def test_page_takes_the_same_number_of_queries_however_much_it_shows(world, django_assert_max_num_queries):
    client = client_of(world.lano)
    with django_assert_max_num_queries(40) as few:
        client.get(*page())
    world.carry()
    world.answer()
    points = [make_point(criterion=world.point.criterion, order=number) for number in range(5, 15)]
    targets = [make_point(criterion=world.new_point.criterion, order=number) for number in range(5, 15)]
    for point, target in zip(points, targets, strict=True):
        world.lead(point.code, target.code)
    for number in range(6):
        evidence = make_approved(by=world.lano, title=f"Item {number}")
        PointLink.objects.bulk_create(
            PointLink(evidence=evidence, point=point, relevance=SENTENCE, added_at=AT) for point in points
        )

    with django_assert_max_num_queries(len(few)):
        response = client.get(*page())

    assert response.context["page"].paginator.count == 61
    assert response.content.decode().count("Carry over<span") == 49 + 1


def test_word_differences_of_a_point_stand_beside_it(world):
    content = client_of(world.lano).get(*page()).content.decode()

    assert '<ins class="app-new"><span class="govuk-visually-hidden">[new: </span>early,' in content
