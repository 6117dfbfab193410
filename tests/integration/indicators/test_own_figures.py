"""Own figures by template, counts of the lists, and what people say of an indicator."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from indicators.models import Indicator, Observation, Release, SeriesNote, Target
from tests.factories.accounts import make_area, make_user
from tests.factories.children import plan_cells
from tests.factories.indicators import make_indicator, make_local_area, make_observation, make_release
from tests.factories.lists import read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
HEADER = "Indicator,Name,Period,Kind of period,Value\n"


@pytest.fixture
def data_lead(client):
    here = make_area()
    here.la_code = "901"
    here.save()
    make_local_area()
    person = make_user(Role.DATA_LEAD)
    client.force_login(person)
    return person


@pytest.fixture
def waits(data_lead) -> Indicator:
    return make_indicator(code="autism-wait", name="Waiting for autism", unit="count", is_local=True)


def look(client, rows: str, *, name: str = "own.csv"):
    return client.post("/data/imports/own/", {"file": SimpleUploadedFile(name, (HEADER + rows).encode())})


def keep(client, rows: str) -> str:
    held = look(client, rows).context["held"]
    return client.post("/data/imports/own/keep/", {"held": held}, follow=True).content.decode()


def test_template_has_a_row_for_each_indicator_without_a_published_figure(client, waits):
    published = make_indicator(code="ehc-plans")
    make_observation(indicator=published, area=make_local_area(), release=make_release(), value=5)

    content = client.get("/data/imports/own/template/").content

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Figures").to_python()
    assert sheet[0] == ["Indicator", "Name", "Period", "Kind of period", "Value"]
    assert [row[0] for row in sheet[1:]] == ["autism-wait"]


def test_filled_in_template_is_shown_before_it_is_stored(client, waits):
    page = look(client, "autism-wait,,September 2021,,160\nautism-wait,,,,\n").content.decode()

    assert "1 figure would be stored" in page
    assert "is added" in page
    assert not Observation.objects.exists()


def test_kept_figures_count_and_a_second_upload_replaces_with_history(client, waits):
    keep(client, "autism-wait,,September 2021,,160\nautism-wait,,30/06/2022,,c\n")
    page = keep(client, "autism-wait,,September 2021,,158\nautism-wait,,30/06/2022,,c\n")

    assert "1 own figures are stored" in page
    found = Observation.objects.current().order_by("period_to_on").values_list("period_label", "value", "symbol")
    assert [(label, value and int(value), symbol) for label, value, symbol in found] == [
        ("September 2021", 158, ""),
        ("30 June 2022", None, "c"),
    ]
    assert Observation.objects.filter(is_current=False).count() == 1


def test_published_figure_is_never_replaced_by_an_own_one(client, waits):
    make_observation(indicator=waits, area=make_local_area(), release=make_release(), year=2024, value=10)

    page = look(client, "autism-wait,,2024,,12\n").content.decode()

    assert "a published figure stands there" in page
    assert "Nothing would be stored" in page


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("unknown,,2024,,1", "is no indicator"),
        ("autism-wait,,sometime,,1", "Say in"),
        ("autism-wait,,202425,,1", "an academic or a financial year"),
        ("autism-wait,,2024,,many", "neither a number nor a symbol"),
        ("autism-wait,,2024,,-4", "below 0"),
        ("autism-wait,,13,Month,4", "Write it as September 2021"),
        ("autism-wait,,2024,,1\nautism-wait,,2024,,2", "Row 2 gives a figure"),
    ],
)
def test_row_that_can_not_be_used_is_named_with_what_to_do(client, waits, row, said):
    page = look(client, row + "\n").content.decode()

    assert "can’t be used" in page
    assert said in page


def test_template_without_a_column_is_refused(client, waits):
    file = SimpleUploadedFile("own.csv", b"Indicator,Value\nautism-wait,4\n")

    page = client.post("/data/imports/own/", {"file": file}).content.decode()

    assert "The column “Period” is missing" in page


def test_page_that_was_changed_on_the_way_stores_nothing(client, waits):
    held = look(client, "autism-wait,,2024,,12\n").context["held"]

    client.post("/data/imports/own/keep/", {"held": held + "x"})

    assert not Observation.objects.exists()


def test_counts_of_the_lists_are_followed_and_small_ones_stay_hidden(client, data_lead):
    many = [plan_cells(unique_id=f"SYN{n}", upn="", uln="", date_of_birth=date(2016, 1, 1)) for n in range(10, 32)]
    read_lists_of(by=data_lead, plans=[*many, plan_cells(unique_id="SYN9", upn="", primary_need="HI")])
    page = client.get("/data/imports/own/")
    keys = [each.key for each in page.context["open_counts"] if "need" in each.key.casefold()]
    assert keys

    client.post("/data/imports/own/follow/", {"count": keys})

    counts = Observation.objects.current()
    assert counts.count() == len(keys)
    assert "c" in set(counts.values_list("symbol", flat=True))
    assert not counts.filter(value__gt=0, value__lte=5).exists()
    assert Release.objects.get().kind == "lists"
    assert "stored before" in client.post("/data/imports/own/take/", follow=True).content.decode()


def test_indicator_is_edited_and_a_conflict_loses_neither_text(client, waits):
    words = {"name": "Autism waits", "unit": "count", "decimals": "0", "direction": "lower", "version": "0"}
    client.post("/data/autism-wait/edit/", words)
    second = client.post("/data/autism-wait/edit/", words | {"name": "Waits"})

    waits.refresh_from_db()
    assert (waits.name, waits.direction, waits.version) == ("Autism waits", "lower", 1)
    assert second.status_code == 409
    assert "Autism waits" in second.content.decode()
    assert "Waits" in second.content.decode()
    assert AuditEvent.objects.filter(action="indicator.changed").exists()


def test_notes_and_targets_come_and_go(client, waits):
    client.post("/data/autism-wait/notes/", {"note-text": "Paused", "note-period_label": "2021"})
    client.post(
        "/data/autism-wait/targets/", {"target-value": "90", "target-by_on": "31/12/2027", "target-set_by": "Strategy"}
    )
    page = client.get("/data/autism-wait/edit/").content.decode()
    assert "Paused" in page
    assert "90 by 31/12/2027" in page

    client.post(f"/data/autism-wait/notes/{SeriesNote.objects.get().pk}/remove/")
    client.post(f"/data/autism-wait/targets/{Target.objects.get().pk}/remove/")

    assert not SeriesNote.objects.exists()
    assert not Target.objects.exists()


def test_empty_note_is_refused_with_what_to_do(client, waits):
    response = client.post("/data/autism-wait/notes/", {"note-text": ""})

    assert response.status_code == 422
    assert "Enter the note." in response.content.decode()


def test_own_indicator_is_added_and_put_away(client, data_lead):
    client.post(
        "/data/add/", {"name": "Places at summer clubs", "unit": "count", "decimals": "0", "direction": "higher"}
    )
    client.post("/data/places-at-summer-clubs/archive/")

    indicator = Indicator.objects.get(code="places-at-summer-clubs")
    assert (indicator.is_local, indicator.is_archived) == (True, True)
    assert "Take it back" in client.get("/data/places-at-summer-clubs/edit/").content.decode()


@pytest.mark.parametrize("path", ["add/", "autism-wait/edit/", "imports/own/", "imports/own/template/"])
def test_readers_change_nothing(client, waits, path):
    client.force_login(make_user(Role.VIEWER))

    assert client.get(f"/data/{path}").status_code == 403
