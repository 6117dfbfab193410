"""Reports: one gather and one build for each, and three ways to take it. Each way is a kind of export."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from accounts.models import User
from documents.charts import drawing_of
from documents.exports import ExportKind, Making, Params
from documents.intake import DOCX, PDF, XLSX, FileType
from documents.press.charts import Chart
from documents.press.drawing import picture
from documents.press.printed import print_report
from documents.press.report_sheets import sheets_of
from documents.press.sections import Report
from documents.press.word import write_word
from documents.press.workbook import write_workbook

FORMATS: Mapping[str, FileType] = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX}
FORMAT_NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


class ReportInputs(Protocol):
    """What `gather` returns, frozen: everything that the report says is worked out from it."""

    @property
    def as_at(self) -> datetime: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def marking(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """One report. `build` is pure: gathered values → sections.

    Params hold `on`, the day for which it is made (ISO), and `of`, the key of its subject where there are several.
    `standing_params(on)` are those of the command line when nobody names a subject.
    """

    code: str
    title: str
    sentence: str
    check: Callable[[User, Params], None]
    gather: Callable[[Params], Any]
    build: Callable[[Any], Report]
    fingerprint_now: Callable[[Params], str]
    subject: Callable[[Params], str]
    file_name: Callable[[Params], str]
    standing_params: Callable[[date], Params]

    def code_of(self, form: str) -> str:
        return f"{self.code}-{form}"


def exports_of(kind: ReportKind) -> Iterable[ExportKind]:
    """The three kinds of export of a report."""
    for form, file_type in FORMATS.items():
        yield ExportKind(
            code=kind.code_of(form),
            title=f"{kind.title} ({FORMAT_NAMES[form]})",
            sentence=kind.sentence,
            extension=file_type.extension,
            content_type=file_type.content_type,
            check=kind.check,
            gather=kind.gather,
            write=_writer(kind, form),
            fingerprint_now=kind.fingerprint_now,
            subject=_subject(kind, form),
            file_name=kind.file_name,
        )


def _subject(kind: ReportKind, form: str) -> Callable[[Params], str]:
    return lambda params: f"{kind.subject(params)} ({FORMAT_NAMES[form]})"


def _writer(kind: ReportKind, form: str) -> Callable[[Any, Path, Making], None]:
    def write(inputs: ReportInputs, out: Path, beat: Making) -> None:
        beat(5, "Putting the report together")
        report = kind.build(inputs)
        beat(20, "Drawing and writing")
        write_report(report, form, out, marking=inputs.marking)

    return write


def write_report(report: Report, form: str, out: Path, *, marking: str) -> None:
    """Writes a report in one of FORMATS."""
    match form:
        case "pdf":
            out.write_bytes(print_report(report, marking=marking, drawing=drawing_of))
        case "docx":
            out.write_bytes(write_word(report, marking=marking, picture=_picture))
        case "xlsx":
            write_workbook(out, sheets_of(report), marking=marking, title=report.title)
        case _:
            raise ValueError(form)


def _picture(chart: Chart) -> bytes:
    return picture(drawing_of(chart))
