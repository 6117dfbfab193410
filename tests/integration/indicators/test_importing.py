"""From the bytes of a file to figures that count."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from documents.intake import Refused
from indicators.actions import SeenBefore, import_file, read_again
from indicators.importing import read_import
from indicators.models import CatalogueEntry, FileFamily, Indicator, Observation, Release, StatisticsImport
from tests.factories.accounts import make_user
from tests.factories.indicators import (
    make_england,
    make_entry,
    make_family,
    make_indicator,
    make_local_area,
    make_region,
)
from tests.factories.statistics_files import FAMILIES, absence_rows, csv_bytes, row

pytestmark = [pytest.mark.database, pytest.mark.django_db]
TOTAL = {"who": "Total"}
# Real files stand beside the checkout where somebody keeps them; they are never part of it.
REAL = next(
    (found for each in Path(__file__).resolve().parents if (found := each / "shared/reference/dfe-sen2").is_dir()), None
)


@pytest.fixture(autouse=True)
def _areas(db):
    make_england()
    make_region()
    make_local_area()
    make_local_area(code="902")


@pytest.fixture
def share() -> Indicator:
    """A percentage in the column `share` where `who` is Total."""
    indicator = make_indicator(code="share")
    family = make_family(code="shares", filters={"who": []}, columns=["share", "number"])
    make_entry(indicator=indicator, family=family, value_column="share", filters=TOTAL)
    return indicator


def shares(**values: str) -> list[dict[str, str]]:
    return [row(f"{place[1:]}", who="Total", share=value, number="10") for place, value in values.items()]


def take(content: bytes | Sequence[dict[str, str]], *, name: str = "shares.csv") -> StatisticsImport:
    content = content if isinstance(content, bytes) else csv_bytes(content)
    job = import_file(by=None, at=timezone.now(), upload=SimpleUploadedFile(name, content))
    read_import(job.pk)
    job.refresh_from_db()
    return job


def current(indicator: Indicator) -> dict[tuple[str, str], str]:
    rows = Observation.objects.current().filter(indicator=indicator).select_related("area")
    return {(each.area.code, each.period_label): each.symbol or f"{each.value.normalize():f}" for each in rows}


def test_figures_of_a_confirmed_column_are_taken_for_every_kind_of_area(share):
    rows = [row(place, who="Total", share=value, number="9") for place, value in
            (("England", "46.4"), ("Nowhere", "38.2"), ("901", "97.5"), ("902", "c"))]  # fmt: skip

    job = take(rows)

    assert job.is_done
    assert current(share) == {
        ("E92000001", "2023/24"): "46.4",
        ("E12999999", "2023/24"): "38.2",
        ("901", "2023/24"): "97.5",
        ("902", "2023/24"): "c",
    }
    assert job.release.report["symbols"] == {"c": 1}
    assert AuditEvent.objects.filter(action="statistics.imported").exists()


@pytest.mark.parametrize("name", FAMILIES)
def test_unknown_family_is_remembered_and_nothing_is_taken_from_it(name):
    job = take(csv_bytes(FAMILIES[name]()), name=f"{name}.csv")

    assert job.is_done
    assert job.release.figures == 0
    assert not Observation.objects.exists()
    assert FileFamily.objects.get().columns


def test_unknown_column_of_a_known_name_is_proposed_with_the_totals_of_its_filters():
    absence = make_indicator(code="absence", direction="lower")
    other = make_family(code="older", filters={"old": []}, columns=["sess_overall_percent"])
    make_entry(indicator=absence, family=other, value_column="sess_overall_percent", filters={"old": "Total"})

    job = take(absence_rows())

    proposal = CatalogueEntry.objects.get(state="proposed")
    assert (proposal.indicator, proposal.value_column) == (absence, "sess_overall_percent")
    assert proposal.filters == {"education_phase": "Total", "characteristic": "Total"}
    assert job.release.report["proposed"] == 1


def test_proposals_take_the_filter_values_that_the_indicator_names():
    for code, name in (("a", "Absence of pupils with an EHC plan, secondary"), ("b", "Absence in primary schools")):
        indicator = make_indicator(code=code, name=name, direction="lower")
        indicator.also_called = ["sess_overall_percent"]
        indicator.save()

    take(absence_rows())

    found = {each.indicator.code: each.filters for each in CatalogueEntry.objects.select_related("indicator")}
    assert found == {
        "a": {"education_phase": "State-funded secondary", "characteristic": "EHC plan"},
        "b": {"education_phase": "State-funded primary", "characteristic": "Total"},
    }


def test_same_bytes_are_recognised_and_stored_once(share):
    first = take(shares(_901="50"))

    with pytest.raises(SeenBefore) as seen:
        take(shares(_901="50"), name="another name.csv")

    assert seen.value.job == first
    assert Release.objects.count() == 1


def test_corrected_file_replaces_and_leaves_the_history(share):
    first = take(shares(_901="50", _902="60"))
    second = take(shares(_901="55", _902="60"))

    assert current(share) == {("901", "2023/24"): "55", ("902", "2023/24"): "60"}
    assert second.release.supersedes == first.release
    assert second.release.report["moved"]["replaced"] == 2
    assert second.release.report["moved"]["changed"] == 1
    history = Observation.objects.filter(release=first.release, is_current=False)
    assert sorted(history.values_list("value", flat=True)) == [Decimal(50), Decimal(60)]


def test_figure_that_a_whole_new_edition_leaves_out_counts_no_longer(share):
    names = [f"{number}" for number in range(910, 932)]
    for name in names:
        make_local_area(code=name)
    rows = [
        row("901", who="Total", share="5", number="1")
        | {"old_la_code": name, "new_la_code": f"E06999{name}", "la_name": f"Area {name}"}
        for name in names
    ]
    take(rows)

    job = take(rows[1:])

    assert job.release.report["moved"]["taken_back"] == 1
    assert len(current(share)) == len(names) - 1


def test_file_with_a_part_of_the_areas_leaves_the_others_as_they_are(share):
    take(shares(_901="50", _902="60"))

    job = take(shares(_901="51"))

    assert current(share) == {("901", "2023/24"): "51", ("902", "2023/24"): "60"}
    assert "still count" in " ".join(job.release.report["warnings"])


def test_last_years_file_under_this_years_name_displaces_nothing_and_is_told(share):
    take(shares(_901="50"), name="shares_2024.csv")
    old = [each | {"time_period": "202223"} for each in shares(_901="44")]

    first = take(old, name="shares_2026.csv")
    assert current(share) == {("901", "2023/24"): "50", ("901", "2022/23"): "44"}
    assert "older edition" in " ".join(first.release.report["warnings"])
    assert "The name of the file says 2026" in " ".join(first.release.report["warnings"])

    again = take([*old, row("England", time="202223", who="Nobody", share="1", number="1")])
    assert "it seems to be that file again" not in " ".join(again.release.report["warnings"])

    older_again = [each | {"share": "45"} for each in old]
    take(older_again)
    assert current(share)[("901", "2022/23")] == "45"


def test_same_figures_in_other_bytes_are_told(share):
    rows = shares(_901="50", _902="60")
    take(rows)

    job = take(list(reversed(rows)), name="newer.csv")

    assert "seems to be that file again" in " ".join(job.release.report["warnings"])


def test_contradicting_rows_are_kept_out_and_named(share):
    job = take([*shares(_901="50", _902="60"), *shares(_902="61"), *shares(_901="50")])

    assert current(share) == {("901", "2023/24"): "50"}
    report = job.release.report
    assert report["kept_out"]["contradicting"] == 1
    assert report["repeated"] == 1
    assert "Line 3" in report["faults"][0]["why"]


def test_percentage_of_140_is_kept_out_and_named(share):
    job = take(shares(_901="140", _902="60"))

    assert current(share) == {("902", "2023/24"): "60"}
    fault = job.release.report["faults"][0]
    assert (fault["line"], fault["what"]) == (2, "share")
    assert "140" in fault["why"]


def test_figure_that_can_not_be_right_leaves_the_one_before(share):
    names = [f"{number}" for number in range(910, 932)]
    for name in names:
        make_local_area(code=name)
    rows = [
        row("901", who="Total", share="5", number="1")
        | {"old_la_code": name, "new_la_code": f"E06999{name}", "la_name": f"Area {name}"}
        for name in names
    ]
    take(rows)

    job = take([rows[0] | {"share": "140"}, *rows[1:]])

    assert current(share)[("910", "2023/24")] == "5"
    assert job.release.report["moved"]["taken_back"] == 0


def test_unreadable_cell_is_kept_out_and_named(share):
    years = [each | {"time_period": f"20{y}{y + 1}"} for y in range(10, 20) for each in shares(_901=f"{y}.5")]

    job = take([*shares(_901="about 40", _902="60"), *years])

    assert ("901", "2023/24") not in current(share)
    assert job.release.report["kept_out"]["unreadable"] == 1


def test_unknown_area_is_named_counted_and_left_out(share):
    lost = row("901", who="Total", share="5", number="1")
    lost |= {"old_la_code": "999", "new_la_code": "E06999999", "la_name": "Atlantis"}

    job = take([*shares(_901="50"), lost])

    assert current(share) == {("901", "2023/24"): "50"}
    assert job.release.report["unknown_areas"] == [["Atlantis (E06999999)", 1]]


def test_missing_column_is_named_and_the_others_are_taken(share):
    number = make_indicator(code="number", unit="count")
    make_entry(indicator=number, family=FileFamily.objects.get(), value_column="number", filters=TOTAL)

    job = take(csv_bytes(shares(_901="50"), without=["share"]))

    assert current(number) == {("901", "2023/24"): "10"}
    assert current(share) == {}
    assert job.release.report["left_entries"][0]["why"] == "The column “share” is missing in this file."


def test_file_with_another_filter_is_another_family(share):
    rows = [each | {"sex": sex} for each in shares(_901="50") for sex in ("Total", "Boys")]

    job = take(rows)

    assert current(share) == {}
    assert job.release.family.code != "shares"


def test_rows_of_schools_are_left_out_and_counted():
    job = take(csv_bytes(FAMILIES["exclusions"]()))

    assert job.release.report["other_places"] == [["School", 1]]


def test_file_that_is_no_data_file_fails_with_a_sentence_and_leaves_nothing():
    job = take(b"name,age\nAnn,4\n")

    assert job.state == "failed"
    assert "time_period" in job.error
    assert not Release.objects.exists()
    # It may be sent again: nothing of it was stored.
    assert take(b"name,age\nAnn,4\n").state == "failed"


def test_reading_again_takes_what_was_confirmed_since(share):
    job = take(shares(_901="50"))
    number = make_indicator(code="number", unit="count")
    make_entry(indicator=number, family=FileFamily.objects.get(), value_column="number", filters=TOTAL)

    again = read_again(by=None, at=timezone.now(), release=job.release)
    read_import(again.pk)

    assert current(number) == {("901", "2023/24"): "10"}
    assert current(share) == {("901", "2023/24"): "50"}
    release = Release.objects.get()
    assert [each["code"] for each in release.report["taken"]] == ["share", "number"]
    assert release.figures == 2


def test_attempt_that_died_leaves_nothing_double(share):
    job = import_file(by=None, at=timezone.now(), upload=SimpleUploadedFile("s.csv", csv_bytes(shares(_901="50"))))
    release = Release.objects.create(title="Half", sha256=job.stored.sha256, imported_at=timezone.now())
    area = make_local_area()
    Observation.objects.create(
        indicator=share, area=area, release=release, value=1, period_kind="academic",
        period_from_on="2023-09-01", period_to_on="2024-08-31", period_label="2023/24",
    )  # fmt: skip

    read_import(job.pk)

    assert current(share) == {("901", "2023/24"): "50"}
    assert Observation.objects.count() == 1


def test_file_above_the_limit_is_refused_before_it_is_read(settings):
    settings.UPLOAD_LIMIT_MB = 1

    with pytest.raises(Refused) as refusal:
        take(b"x" * (1024 * 1024 + 1))

    assert "1 MB is the most" in refusal.value.sentence
    assert not StatisticsImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (csv_bytes([row("901", who="Total", share="50", number="1")]), 0, "taken"),
        (csv_bytes([row("901", who="Total", share="140", number="1")]), 1, "140"),
        (csv_bytes([row("901", other="1")]), 1, "nobody has said yet"),
        (b"name,age\nAnn,4\n", 2, "time_period"),
        (b"", 2, "empty"),
    ],
)
def test_command_tells_what_came_of_a_file_by_its_exit_code(share, tmp_path, capsys, content, code, said):
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    try:
        call_command("import_statistics", str(path), "--area", "901")
        found = 0
    except SystemExit as ended:
        found = ended.code

    assert found == code
    assert said in capsys.readouterr().out


def test_command_prints_one_object_with_the_figures_of_an_area(share, tmp_path, capsys):
    path = tmp_path / "file.csv"
    path.write_bytes(csv_bytes(shares(_901="97.5", _902="c")))

    call_command("import_statistics", str(path), "--area", "902", "--json")

    told = json.loads(capsys.readouterr().out)["files"][0]
    assert told["state"] == "taken"
    assert [(each["indicator"], each["symbol"]) for each in told["area"]["figures"]] == [("share", "c")]


def test_command_refuses_an_area_that_nobody_knows(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("import_statistics", "any.csv", "--area", "999")

    assert refusal.value.returncode == 2


def test_only_those_who_edit_indicators_may_import():
    with pytest.raises(NotAllowed):
        import_file(by=make_user(Role.VIEWER), at=timezone.now(), upload=SimpleUploadedFile("s.csv", b"a"))


@pytest.mark.skipif(REAL is None, reason="the real files are not on this machine")
def test_real_files_give_the_published_figures(db):
    from django.core.management import call_command  # only here

    call_command("load_areas", verbosity=0)
    call_command("load_figures", verbosity=0)

    for name in ("timeliness_20_week", "requests", "assessments", "sen_needs_all_plans"):
        assert take((REAL / f"{name}.csv").read_bytes(), name=f"{name}.csv").is_done

    found = dict(
        Observation.objects.current()
        .filter(area__code="852", period_to_on__year__in=[2024, 2025], release__kind="published")
        .exclude(value=None)
        .values_list("indicator__code", "value")
    )
    assert found["ehc-plans"] == 2785
    assert found["plans-within-20-weeks"] == Decimal("97.5")
    assert found["requests-refused"] == Decimal("4.9")
    assert found["plans-need-asd"] == Decimal("30.3")
    assert sum(found[f"ehc-plans-{age}"] for age in ("under-5", "5-to-10", "11-to-15", "16-to-19", "20-to-25")) == 2785
