"""The scorecard as a report: ordered on the page, built by the command, marked out of date when figures move on."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.domain.roles import Role
from documents import charts
from documents.exports import is_out_of_date
from documents.models import Export
from indicators.actions.scorecards import Words, add_scorecard
from indicators.models import Scorecard
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import make_england, make_indicator, make_local_area, make_observation, make_release

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
OWN = "901"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.CHART_DIR = tmp_path / "charts"
    charts._at_hand.clear()


@pytest.fixture
def scorecard(db):
    local = make_area()
    local.la_code = OWN
    local.save()
    here, england, release = make_local_area(code=OWN), make_england(), make_release()
    timeliness = make_indicator(name="Plans within 20 weeks")
    for year, value in ((2021, 80), (2024, 97.5)):
        make_observation(indicator=timeliness, area=here, release=release, year=year, value=value)
        make_observation(indicator=timeliness, area=england, release=release, year=year, value=46.4)
    small = make_indicator(code="small", name="A small number", unit="count")
    make_observation(indicator=small, area=here, release=release, symbol="c")
    make_indicator(code="none", name="Not there yet")
    from django.utils import timezone

    words = Words(
        title="Board card",
        board="Partnership board",
        note="Look at the first.",
        codes=("plans-within-20-weeks", "small", "none"),
    )
    return add_scorecard(by=make_user(Role.LANO), at=timezone.now(), words=words)


def built(tmp_path, capsys, *options):
    call_command("build_report", "scorecard", *options, "--out", str(tmp_path / "out"), "--json")
    return json.loads(capsys.readouterr().out)["reports"]


def test_command_builds_three_files_that_say_the_same(tmp_path, capsys, scorecard):
    reports = built(tmp_path, capsys, "--format", "pdf,docx,xlsx", "--on", "2026-11-22")

    files = {one["file"].rsplit(".", 1)[1]: one["file"] for one in reports}
    assert set(files) == {"pdf", "docx", "xlsx"}
    assert "WEXCOMBE_SCORECARD-" in files["pdf"]
    assert "_2026-11-22_v1" in files["pdf"]
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(files["pdf"]).pages).split())
    for words in (
        "Board card",
        "Look at the first.",
        "97.5 % against 46.4 % in England",
        "No source yet",
        "22 November",
    ):
        assert words in text
    sheet = load_workbook(files["xlsx"])["At a glance"]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=2)}
    assert rows["Plans within 20 weeks"][1] == 97.5
    assert rows["A small number"][1] == "c"


def test_command_twice_gives_the_same_file(tmp_path, capsys, scorecard):
    first, second = (built(tmp_path, capsys, "--on", "2026-11-22") for _ in range(2))

    assert first == second
    assert Export.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["nothing"], 2, "There is no report “nothing”", id="an unknown report"),
        pytest.param(["scorecard", "--format", "odt"], 2, "--format takes pdf, docx, xlsx", id="an unknown format"),
        pytest.param(["scorecard", "--of", "99"], 1, "There is no 99", id="an unknown scorecard"),
    ],
)
def test_command_refuses_with_an_instruction(scorecard, arguments, code, words):
    with pytest.raises(CommandError, match=words) as refused:
        call_command("build_report", *arguments)

    assert refused.value.returncode == code


def test_command_without_a_scorecard_says_where_to_make_one():
    make_area()
    with pytest.raises(CommandError, match="There is no scorecard yet") as refused:
        call_command("build_report", "scorecard")

    assert refused.value.returncode == 1


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_viewer_orders_it_on_the_page(client, scorecard, form):
    client.force_login(make_user(Role.VIEWER))

    response = client.post(f"/data/scorecards/{scorecard.pk}/export/", {"form": form})

    export = Export.objects.get()
    assert response["Location"] == f"/files/exports/{export.pk}/"
    assert export.kind == f"scorecard-{form}"
    assert client.get(response["Location"]).status_code == 200


def test_unknown_form_orders_nothing(client, scorecard):
    client.force_login(make_user(Role.VIEWER))

    response = client.post(f"/data/scorecards/{scorecard.pk}/export/", {"form": "exe"}, follow=True)

    assert "Choose PDF, Word or Excel." in response.content.decode()
    assert not Export.objects.exists()


def test_who_may_not_read_figures_may_not_order(client, scorecard):
    client.force_login(make_user(Role.MEMBER))

    assert client.post(f"/data/scorecards/{scorecard.pk}/export/", {"form": "pdf"}).status_code == 403


def test_report_is_out_of_date_once_the_scorecard_changes(tmp_path, capsys, scorecard):
    built(tmp_path, capsys, "--on", "2026-11-22")
    export = Export.objects.get()
    assert not is_out_of_date(export)

    Scorecard.objects.filter(pk=scorecard.pk).update(version=7)

    assert is_out_of_date(export)


def test_word_file_opens(tmp_path, capsys, scorecard):
    from docx import Document

    (made,) = built(tmp_path, capsys, "--format", "docx")

    with open(made["file"], "rb") as stream:
        document = Document(io.BytesIO(stream.read()))
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 2"] == [
        "At a glance",
        "Plans within 20 weeks",
        "A small number",
        "Not there yet",
    ]
