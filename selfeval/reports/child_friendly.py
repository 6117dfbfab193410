"""The edition for children and young people: their own text of each criterion, in large type, without notes."""

from pathlib import Path
from typing import Any

from accounts.permissions import NotAllowed
from documents.exports import ExportKind, Making, Params
from documents.intake import PDF
from documents.press.pdf import render_template
from selfeval.reports.parts import child_friendly
from selfeval.reports.self_evaluation import VersionInputs, check, fingerprint, gather, subject, version_of

NO_WORDS = "This version has no words for children and young people yet. Write them on the pages of the criteria."


def _gather(params: Params) -> VersionInputs:
    inputs = gather(params)
    if not child_friendly(inputs.document):
        raise NotAllowed(NO_WORDS)
    return inputs


def _write(inputs: VersionInputs, out: Path, beat: Making) -> None:
    beat(20, "Setting the pages")
    document = inputs.document
    words = [{"title": title, "paragraphs": text.splitlines()} for _, title, text in child_friendly(document)]
    context: dict[str, Any] = {"document": document, "words": words}
    out.write_bytes(
        render_template(
            "press/child_friendly.html",
            context,
            title=f"How we are doing: {document.area or document.title}",
            marking=inputs.marking,
            watermark=document.watermark,
        )
    )


def _subject(params: Params) -> str:
    return f"{subject(params)}: for children and young people"


def _file_name(params: Params) -> str:
    version = version_of(params)
    return f"for-children-{version.kind}-{version.number}-{version.pk}"


CHILD_FRIENDLY = ExportKind(
    code="self-evaluation-children",
    title="The self-evaluation for children and young people (PDF)",
    sentence="Plain words of each criterion, in large type.",
    extension=PDF.extension,
    content_type=PDF.content_type,
    check=check,
    gather=_gather,
    write=_write,
    fingerprint_now=fingerprint,
    subject=_subject,
    file_name=_file_name,
)
