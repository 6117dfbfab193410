"""The background work on an uploaded report: read it, keep what was read for a person to look at."""

import tempfile
from pathlib import Path

from documents import jobs
from documents.files import copy_stored
from inspection.domain.reports.taken import as_json
from inspection.gather.published_lists import known_from_rows
from inspection.models import ReportReading
from inspection.readers.report_files import read_file
from inspection.readers.reports import Unreadable


def read_upload(pk: int) -> ReportReading | None:
    """Claims and reads one report; None when there was nothing to do."""
    return jobs.perform(ReportReading, pk, _read)


def _read(job: ReportReading, beat: jobs.Beat) -> dict[str, object]:
    beat(10, "Opening the report")
    known = known_from_rows()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(job.stored.original_name).name
        with path.open("wb") as out:
            copy_stored(job.stored, out)
        beat(30, "Reading its pages")
        try:
            report = read_file(path, known.lists.wording)
        except Unreadable as refusal:
            raise jobs.JobFailed(refusal.sentence) from refusal
    beat(90, "Tying it to criteria")
    return {"result": as_json(known.take(report, file=job.stored.original_name))}
