"""Each check of the strategy: one case that it finds and one that it lets be, in the order of the table."""

from decimal import Decimal

import pytest

from strategy.domain.findings.checks import CHECKS, find_all, home_finding
from strategy.domain.findings.facts import (
    ActionFact,
    AimFact,
    AnswerFact,
    AreaFact,
    FigureFact,
    IndicatorFact,
    MeasureFact,
    PriorityFact,
    SaidFact,
    StrategyFacts,
)


def measure(text: str = "Plans on time", kind: str = "figure", **fields) -> MeasureFact:
    whole = {"indicator": "on-time", "baseline": "80", "target": "95"}
    return MeasureFact(text=text, kind=kind, url="/m", **{**whole, **fields})


def action(text: str = "Train staff", **fields) -> ActionFact:
    return ActionFact(text=text, url="/a", **fields)


def aim(ref: str = "1.1", text: str = "Plans come on time", measures=None, actions=()) -> AimFact:
    own = (measure(),) if measures is None else measures
    return AimFact(ref=ref, text=text, url="/aim", measures=own, actions=actions)


def facts(*aims: AimFact, **fields) -> StrategyFacts:
    answers = fields.pop("answers", ())
    priority = PriorityFact(number=1, title="Plans", url="/p", aims=aims or (aim(),), answers=answers)
    return StrategyFacts(priorities=(priority,), findings_url="/findings/", **fields)


def figures(*values: float) -> tuple[FigureFact, ...]:
    return tuple(FigureFact(period=str(2021 + place), value=Decimal(str(value))) for place, value in enumerate(values))


def indicator(*values: float, is_higher_better: bool | None = True, **fields) -> dict[str, IndicatorFact]:
    fact = IndicatorFact(
        code="on-time",
        name="Plans issued on time",
        url="/i",
        is_higher_better=is_higher_better,
        figures=figures(*values),
        **fields,
    )
    return {"on-time": fact}


def answer(result: str, figure: str = "", you_asked: str = "Quicker plans") -> AnswerFact:
    return AnswerFact(you_asked=you_asked, result=result, figure=figure, verdict="partly", url="/answer")


def said(*texts: str) -> tuple[SaidFact, ...]:
    return tuple(SaidFact(where="Challenge", text=text, url="/c") for text in texts)


ON_TARGET = (action(state="on_target"), action("Hire staff", state="not_started"))
BEHIND = (action(state="on_target"), action("Hire staff", state="behind"))
CASES = [
    (
        "strategy-area-unanswered",
        facts(areas=(AreaFact(name="Waits", url="/area", actions=0),)),
        facts(areas=(AreaFact(name="Waits", url="/area", actions=1),)),
        "“Waits” is answered by no action",
    ),
    (
        "strategy-indicator-wrong-way",
        facts(aim(actions=ON_TARGET), indicators=indicator(90, 85)),
        facts(aim(actions=BEHIND), indicators=indicator(90, 85)),
        "went from 90 (2021) to 85 (2022), and higher is better",
    ),
    (
        "strategy-aim-unmeasured",
        facts(aim(measures=())),
        facts(aim()),
        "Aim 1.1 “Plans come on time” has no measure",
    ),
    (
        "strategy-figure-open",
        facts(aim(measures=(measure(indicator="", target=""), measure(baseline="")))),
        facts(aim(measures=(measure(), measure("Feedback", kind="survey", indicator="", baseline="", target="")))),
        "2 measures by figure: 1 without indicator (1.1); 1 without baseline (1.1); 1 without target (1.1).",
    ),
    (
        "strategy-measure-repeated",
        facts(aim(), aim("1.2", "Friends and trust", measures=(measure(),))),
        facts(aim(), aim("1.2", "Quicker plans", measures=(measure(),))),
        "measures the aims 1.1 and 1.2. With 1.2 it shares no telling word",
    ),
    (
        "strategy-action-misfit",
        facts(aim(actions=(action("Found a youth forum"),)), aim("1.2", "A youth forum is heard")),
        facts(aim(actions=(action("Hand out plans sooner"),)), aim("1.2", "A youth forum is heard")),
        "shares no telling word with it or its measures, but with aim 1.2 (youth, forum)",
    ),
    (
        "strategy-statements-differ",
        facts(
            aim(measures=(measure(baseline="80", baseline_period="2021"),)),
            indicators=indicator(82, 90),
        ),
        facts(
            aim(measures=(measure(baseline="82", baseline_period="2021"),)),
            indicators=indicator(82, 90),
        ),
        "starts from 80 in 2021; published for that period is 82",
    ),
    (
        "strategy-series-spiky",
        facts(indicators=indicator(80, 20, 81, spikes=figures(20))),
        facts(indicators=indicator(80, 81, 82)),
        "leaps to 20 in 2021",
    ),
    (
        "strategy-action-unowned",
        facts(aim(actions=(action(has_lead=False), action(has_due=False)))),
        facts(aim(actions=(action(),))),
        "Priority 1, 2 actions: 1 without a lead and 1 without a date.",
    ),
]
IDS = [case[0] for case in CASES]


def found(code: str, given: StrategyFacts) -> list[str]:
    return [finding.sentence for group in find_all(given) if group.check.code == code for finding in group.findings]


def test_each_check_has_its_cases_in_the_order_of_the_table():
    assert [check.code for check in CHECKS] == IDS


@pytest.mark.parametrize(("code", "bad", "good", "sentence"), CASES, ids=IDS)
def test_check_finds_what_is_wrong(code, bad, good, sentence):
    assert any(sentence in each for each in found(code, bad)), found(code, bad)


@pytest.mark.parametrize(("code", "bad", "good", "sentence"), CASES, ids=IDS)
def test_check_lets_be_what_is_right(code, bad, good, sentence):
    assert found(code, good) == []


@pytest.mark.parametrize(("code", "bad", "good", "sentence"), CASES, ids=IDS)
def test_every_finding_carries_code_and_a_page_that_mends_it(code, bad, good, sentence):
    for group in find_all(bad):
        for finding in group.findings:
            assert finding.code == group.check.code
            assert finding.fix_url


DIFFER = "strategy-statements-differ"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            facts(aim(measures=(measure(target="95"),)), aim("1.2", measures=(measure(target="90"),))),
            "two targets: 95 under 1.1 and 90 under 1.2",
            id="two targets",
        ),
        pytest.param(
            facts(answers=(answer("The share rose", "85 to 80 %"),)), "but the figure is 85 to 80 %", id="rose"
        ),
        pytest.param(
            facts(answers=(answer("All plans are issued on time"),), indicators=indicator(97.5, is_percent=True)),
            "“Plans issued on time” stands at 97.5 % (2021)",
            id="all",
        ),
        pytest.param(
            facts(said=said("Absence in secondary schools rose", "Absence in secondary schools fell")),
            "One says that it grows, the other that it shrinks (absence, secondary, schools)",
            id="opposites",
        ),
    ],
)
def test_statements_that_disagree_are_set_side_by_side(given, expected):
    assert any(expected in each for each in found(DIFFER, given)), found(DIFFER, given)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(facts(answers=(answer("The share fell", "85 to 80 %"),)), id="fell, as the figure says"),
        pytest.param(facts(answers=(answer("It fell, then rose", "85 to 80 %"),)), id="both ways: nobody can tell"),
        pytest.param(facts(answers=(answer("It rose", "25 schools, 8 %"),)), id="two figures of two things"),
        pytest.param(
            facts(answers=(answer("All plans are issued on time"),), indicators=indicator(100, is_percent=True)),
            id="all, and it is all",
        ),
        pytest.param(
            facts(said=said("Absence in secondary schools rose", "Exclusions fell")), id="opposite, of other things"
        ),
    ],
)
def test_statements_that_agree_are_let_be(given):
    assert found(DIFFER, given) == []


@pytest.mark.parametrize(("is_as_extracted", "count"), [(False, 0), (True, 1)], ids=["written", "extracted"])
def test_one_word_in_common_is_enough_where_a_machine_extracted_the_row(is_as_extracted, count):
    champions = action("Have autism champions", is_as_extracted=is_as_extracted)

    given = facts(aim(actions=(champions,)), aim("1.2", "Families live well with autism"))

    assert len(found("strategy-action-misfit", given)) == count


def test_measure_by_survey_fits_anywhere():
    survey = (measure("Feedback", kind="survey"),)

    assert found("strategy-measure-repeated", facts(aim(measures=survey), aim("1.2", measures=survey))) == []


def test_indicator_where_neither_way_is_good_never_goes_wrong():
    given = facts(aim(actions=ON_TARGET), indicators=indicator(90, 85, is_higher_better=None))

    assert found("strategy-indicator-wrong-way", given) == []


def test_priority_of_which_nothing_has_begun_says_nothing_about_its_figures():
    given = facts(aim(actions=(action(state="not_started"),)), indicators=indicator(90, 85))

    assert found("strategy-indicator-wrong-way", given) == []


@pytest.mark.parametrize("check", [check for check in CHECKS if check.home], ids=lambda check: check.code)
def test_home_says_each_check_in_one_sentence_with_the_way_to_it(check):
    bad = next(case[1] for case in CASES if case[0] == check.code)

    sentences = list(home_finding(check, bad))

    assert len(sentences) == 1
    assert sentences[0].sentence.startswith("1 ")
    assert sentences[0].fix_url == f"/findings/#{check.code}"


def test_home_is_silent_about_what_was_not_found():
    assert [finding for check in CHECKS for finding in home_finding(check, facts())] == []
