"""An upload comes in, an export goes out, through the real engine."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from documents import actions, exports, files, intake, making
from documents.exports import ExportKind
from documents.models import JobState, StoredFile
from documents.press.zip import ZipWriter

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Words:
    text: str
    as_at: datetime = AT

    @property
    def fingerprint(self):
        return self.text


def write_words(inputs, out, beat):
    with ZipWriter(out) as archive:
        archive.add_bytes("words.txt", inputs.text.encode())
        beat(50, "Half")
    return archive.written


WORDS = ExportKind(
    code="words",
    title="Words",
    sentence="Some words in an archive.",
    extension=".zip",
    content_type="application/zip",
    check=lambda user, params: None,
    gather=lambda params: Words(params["text"]),
    write=write_words,
    fingerprint_now=lambda params: params["text"],
)
KINDS = {
    "words": WORDS,
    "secret": WORDS.__class__(**{**{f: getattr(WORDS, f) for f in WORDS.__slots__}, "is_child_data": True}),
}


@pytest.fixture
def kinds(settings):
    settings.EXPORT_KINDS = f"{__name__}.KINDS"
    exports._table.cache_clear()


@pytest.fixture
def person(db):
    return User.objects.create_user("lano@example.org", "a long enough password", name="LANO")


@pytest.mark.parametrize("vault", [False, True])
def test_upload_stored_and_read_back(person, vault):
    upload = SimpleUploadedFile("../plan.exe", b"what we plan\n" * 50_000)

    stored = actions.store_upload(by=person, at=AT, upload=upload, vault=vault)

    assert stored.original_name == "plan.txt"
    with files.open_stored(stored) as source:
        assert source.read() == b"what we plan\n" * 50_000
        source.seek(13)
        assert source.read(4) == b"what"


def test_upload_same_bytes_twice_share_a_path(person):
    first = actions.store_upload(by=person, at=AT, upload=SimpleUploadedFile("a.txt", b"same"))

    second = actions.store_upload(by=person, at=AT, upload=SimpleUploadedFile("b.txt", b"same"))

    assert second.path == first.path
    assert list(StoredFile.objects.twins_of(second)) == [first]


def test_upload_program_refused(person):
    with pytest.raises(intake.Refused, match="program"):
        actions.store_upload(by=person, at=AT, upload=SimpleUploadedFile("a.pdf", b"MZ\x90\x00\x03" + b"\0" * 100))


@pytest.mark.parametrize("kind", ["words", "secret"])
def test_export_made_and_stored(person, kinds, kind):
    export = actions.order_export(by=person, at=AT, kind=kind, params={"text": "hello"})

    made = making.make_export(export.pk)

    assert made.state == JobState.DONE, made.error
    assert made.file_name == "AREA_WORDS_2026-11-23_v1.zip"
    with files.open_stored(made) as source:
        assert files.digest(source) == (made.sha256, made.size)
    assert actions.order_export(by=person, at=AT, kind=kind, params={"text": "hello"}) == made
