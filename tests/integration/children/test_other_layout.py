"""A layout that the code has never heard of: one YAML file, filled in as .ods, read, checked, shown, exported."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from children import actions, reading_upload
from children.models import ListFinding, ListRow
from documents import making
from documents.actions import order_export
from documents.files import open_stored
from tests.factories.lists import AT, EXTRACTED_ON
from tests.factories.workbooks import ods_table, write_ods

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LAYOUT = """\
schema: invented-2025
title: An invented layout of 2025
source: a test
columns:
  unique_id: {header: Person key, type: identifier}
  date_of_birth: {header: Born on, type: date}
  primary_need: {header: Main need, type: code, codes: need}
  plan_initial_on: {header: Plan first issued, type: date}
  transport: {header: School transport, type: code, codes: yes_no}
sheets:
  - {name: Plans 2025, list: ehc_plan, title: Plans,
     columns: [unique_id, date_of_birth, primary_need, plan_initial_on, transport]}
  - {name: Support 2025, list: sen_support, title: Support, columns: [unique_id, date_of_birth, primary_need]}
code_lists:
  need:
    title: Main need
    codes:
      - {code: AUT, label: Autism}
      - {code: ASD, label: Autistic spectrum disorder, to: 2025-08-31}
  yes_no:
    title: Yes or no
    codes:
      - {code: "yes", label: "Yes"}
      - {code: "no", label: "No"}
"""
PLANS = [
    ["Person key", "Born on", "Main need", "Plan first issued", "School transport"],
    ["SYN1", EXTRACTED_ON.replace(year=2015), "AUT", EXTRACTED_ON.replace(year=2020), "yes"],
    ["SYN2", "31/02/2015", "ASD", EXTRACTED_ON.replace(year=2020), "taxi"],
]
SUPPORT = [["Person key", "Born on", "Main need"], ["SYN3", "04/05/2016", ""]]


@pytest.fixture
def upload(data_lead, settings, tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "invented-2025.yaml").write_text(LAYOUT, encoding="utf-8")
    settings.FIXTURES_DIR = tmp_path
    content = ods_table("Plans 2025", PLANS) + ods_table("Support 2025", SUPPORT)
    path = write_ods(tmp_path / "lists.ods", content)
    ordered = actions.upload_lists(
        by=data_lead,
        at=AT,
        uploads=[SimpleUploadedFile("lists.ods", path.read_bytes())],
        extracted_on=EXTRACTED_ON,
        schema_code="invented-2025",
    )
    return reading_upload.read_upload(ordered.pk)


def test_rules_are_asked_wherever_their_columns_are(upload):
    found = set(ListFinding.objects.values_list("sheet", "excel_row", "rule", "column"))

    assert upload.is_done, upload.error
    assert found == {
        ("Plans 2025", 3, "unreadable value", "Born on"),
        ("Plans 2025", 3, "S133", "Main need"),
        ("Plans 2025", 3, "S130", "School transport"),
        ("Support 2025", 2, "201d", "Main need"),
    }
    assert upload.rules_not_run == []


def test_rows_and_pages_use_the_words_of_the_layout(client, upload):
    row = client.get(reverse("children:row-show", args=[upload.pk, "Plans 2025", 3])).content.decode()
    form = client.get(reverse("children:upload-add")).content.decode()

    assert "School transport" in row
    assert 'value="invented-2025"' in form
    assert ListRow.objects.get(unique_id="SYN1").cells["transport"] == "yes"


def test_person_level_workbook_has_the_sheets_of_the_layout(data_lead, upload):
    export = making.make_export(order_export(by=data_lead, at=AT, kind="person-level-lists", params={}).pk)

    with open_stored(export) as source, zipfile.ZipFile(io.BytesIO(source.read())) as archive:
        book = load_workbook(io.BytesIO(archive.read("person-level-lists.xlsx")))
    assert book.sheetnames == ["Plans 2025", "Support 2025"]
    assert [cell.value for cell in book["Plans 2025"][1]] == PLANS[0]
