import json
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents.files import DiskFull
from documents.intake import Refused
from indicators.actions import SeenBefore, import_file
from indicators.gather.imports import figures_from
from indicators.importing import read_import
from indicators.models import Area, StatisticsImport

# DESIGN 8: nothing is wrong, something a person has to look at, a file that can't be used.
GOOD, FINDINGS, UNUSABLE = 0, 1, 2
WAIT_SECONDS = 600


class Command(BaseCommand):
    help = (
        "Imports data files (CSV) of explore education statistics. Exit code 0: taken; 1: taken in part, or nothing of "
        "the file is known yet; 2: a file can't be used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--area", default="", metavar="CODE", help="print the figures of this area (its code)")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, files: list[Path], area: str, **options: Any) -> None:
        own = None
        if area:
            own = Area.objects.filter(code=area).first()
            if own is None:
                raise CommandError(
                    f"“{area}” is no code of an area. A local authority code has three digits.", returncode=UNUSABLE
                )
        told = [self._import(path, own) for path in files]
        if options["json"]:
            self.stdout.write(json.dumps({"files": told}, indent=1))
        else:
            for each in told:
                self.stdout.write(_in_words(each))
        worst = max(each["exit_code"] for each in told)
        if worst != GOOD:
            raise SystemExit(worst)

    def _import(self, path: Path, area: Area | None) -> dict[str, Any]:
        told: dict[str, Any] = {"file": path.name}
        try:
            job = _read(path)
        except SeenBefore as seen:
            told |= {"state": "seen before", "message": seen.sentence}
            job = seen.job
        except (Refused, DiskFull) as refusal:
            return told | {"state": "refused", "message": refusal.sentence, "exit_code": UNUSABLE}
        except OSError as error:
            reason = f"The file can't be read: {error.strerror}."
            return told | {"state": "refused", "message": reason, "exit_code": UNUSABLE}
        job.refresh_from_db()
        if not job.is_done or job.release is None:
            message = job.error or "The background worker is reading it just now."
            return told | {"state": job.state, "message": message, "exit_code": UNUSABLE}
        report = job.release.report
        told = {"state": "taken" if report["taken"] else "nothing known"} | told
        told |= {"release": job.release.pk, "title": job.release.title, "report": report}
        told["exit_code"] = _exit_code(report)
        if area is not None:
            told["area"] = {"code": area.code, "name": area.name, "figures": figures_from(job.release, area)}
        return told


def _read(path: Path) -> StatisticsImport:
    with path.open("rb") as source:
        job = import_file(by=None, at=timezone.now(), upload=File(source, name=path.name))
    # Here and now; a worker that heard the bell first has it, and is waited for.
    read_import(job.pk)
    job.refresh_from_db()
    until = time.monotonic() + WAIT_SECONDS
    while job.is_unfinished and time.monotonic() < until:
        time.sleep(0.3)
        job.refresh_from_db()
    return job


def _exit_code(report: Mapping[str, Any]) -> int:
    is_whole = report["taken"] and not any(report["kept_out"].values()) and not report["left_entries"]
    return GOOD if is_whole else FINDINGS


def _in_words(told: Mapping[str, Any]) -> str:
    lines = [f"{told['file']}: {told.get('message') or told['state']}"]
    report = told.get("report")
    if report:
        rows = report["rows"]
        lines.append(
            f"  {rows['read']:,} rows read, {report['figures']:,} figures of {len(report['taken'])} indicators taken; "
            f"{', '.join(report['periods'])}; {report['areas']} areas."
        )
        lines += [f"  {warning}" for warning in report["warnings"]]
        lines += [f"  {left['name']}: {left['why']}" for left in report["left_entries"]]
        lines += [f"  Line {fault['line']}, {fault['what']}: {fault['why']}" for fault in report["faults"][:20]]
        if report["proposed"]:
            lines.append(f"  {report['proposed']} proposals wait on its page: which column is which indicator.")
        if not report["taken"]:
            lines.append("  Nothing was taken: nobody has said yet which column is which indicator. Do so on its page.")
    for figure in told.get("area", {}).get("figures", []):
        shown = figure["value"] if figure["symbol"] == "" else figure["symbol"]
        lines.append(f"  {told['area']['name']}, {figure['name']}, {figure['period']}: {shown}")
    return "\n".join(lines)
