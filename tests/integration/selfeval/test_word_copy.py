"""Out to Word and back in: the same file changes nothing, an edited one changes what was edited."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from accounts.domain.roles import Role
from documents.exports import kind_of
from documents.models import Export
from selfeval.models import Evaluation, EvaluationVersion, Section, WordImport
from tests.factories.accounts import make_area, make_user
from tests.factories.selfeval import make_evaluation, make_section, make_system_lead
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Beat:
    def __call__(self, progress: float, stage: str = "") -> None:
        """Nobody watches."""


@pytest.fixture
def evaluation():
    make_area()
    evaluation = make_evaluation(know="Known [E1].\nSecond line.", meaning="Meant.")
    make_section(cycle=evaluation.self_evaluation, text="- One figure\n- Another")
    return evaluation


def copy_of(evaluation, tmp_path: Path, **params) -> bytes:
    kind = kind_of("self-evaluation-copy")
    out = tmp_path / "copy.docx"
    kind.write(kind.gather({"of": evaluation.self_evaluation_id, **params}), out, Beat())
    return out.read_bytes()


def edited(content: bytes, before: str, after: str) -> bytes:
    document = Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        if paragraph.text == before:
            paragraph.text = after
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read_in(client, evaluation, content: bytes):
    upload = SimpleUploadedFile("copy.docx", content)
    return client.post(
        reverse("selfeval:word-start", args=[evaluation.self_evaluation_id]), {"upload": upload}, follow=True
    )


def test_copy_that_comes_back_as_it_was_changes_nothing(evaluation, tmp_path):
    client = client_of(make_user(Role.SEND_TEAM))

    words = words_of(read_in(client, evaluation, copy_of(evaluation, tmp_path)))

    assert "0 texts would change" in words
    assert "Left out" not in words


def test_edited_copy_is_shown_first_and_then_taken_over(evaluation, tmp_path):
    client = client_of(make_user(Role.SEND_TEAM))
    content = edited(copy_of(evaluation, tmp_path), "Meant.", "Meant for families.")

    preview = words_of(read_in(client, evaluation, content))
    standing = Evaluation.objects.get().meaning
    client.post(reverse("selfeval:word-take", args=[WordImport.objects.get().pk]))

    row = Evaluation.objects.get()
    assert "1 text would change" in preview
    assert standing == "Meant."
    assert (row.meaning, row.know) == ("Meant for families.", "Known [E1].\nSecond line.")
    assert EvaluationVersion.objects.get().texts["meaning"] == "Meant for families."


def test_save_since_the_preview_shows_it_again(evaluation, tmp_path):
    client = client_of(make_user(Role.SEND_TEAM))
    read_in(client, evaluation, edited(copy_of(evaluation, tmp_path), "Meant.", "Mine."))
    Evaluation.objects.update(version=7, meaning="Theirs.")

    response = client.post(reverse("selfeval:word-take", args=[WordImport.objects.get().pk]), follow=True)

    assert "Somebody saved since this preview" in words_of(response)
    assert Evaluation.objects.get().meaning == "Theirs."


def test_system_lead_takes_out_and_brings_back_own_criterion_alone(evaluation, tmp_path):
    lead = make_user(Role.SYSTEM_LEAD)
    make_system_lead(evaluation=evaluation, user=lead)
    client = client_of(lead)
    cycle = evaluation.self_evaluation_id
    own = client.post(reverse("selfeval:word-order", args=[cycle]), {"criterion": evaluation.pk})
    whole = client.post(reverse("selfeval:word-order", args=[cycle]))
    content = copy_of(evaluation, tmp_path)
    content = edited(edited(content, "Meant.", "Meant well."), "- One figure", "- None")

    words = words_of(read_in(client, evaluation, content))
    client.post(reverse("selfeval:word-take", args=[WordImport.objects.get().pk]))

    assert own.status_code == 302
    assert whole.status_code == 403
    assert Export.objects.count() == 1
    assert "1 text would change" in words
    assert "Left out" in words
    assert Evaluation.objects.get().meaning == "Meant well."
    assert Section.objects.get().text == "- One figure\n- Another"


def test_import_of_somebody_else_is_not_found(evaluation, tmp_path):
    read_in(client_of(make_user(Role.SEND_TEAM)), evaluation, copy_of(evaluation, tmp_path))

    response = client_of(make_user(Role.LANO)).get(reverse("selfeval:word-show", args=[WordImport.objects.get().pk]))

    assert response.status_code == 404


def test_file_that_is_no_word_document_is_refused(evaluation):
    words = words_of(read_in(client_of(make_user(Role.SEND_TEAM)), evaluation, b"not a document"))

    assert "Accepted: Word (.docx)" in words
    assert not WordImport.objects.exists()
