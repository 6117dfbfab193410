"""`manage.py check_lists F`: checks person-level lists without storing anything."""

import argparse
import json
import zipfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from children.domain.cells import read_date
from children.domain.check import Report, check
from children.domain.headers import with_mapping
from children.domain.reading import RawSheet, read_lists
from children.domain.rows import Level, Workbook
from children.domain.schema import ListSchema
from children.loaders import DEFAULT_SCHEMA, SchemaRefused, load_map, load_schema
from children.readers.workbook import read_file
from documents.spreadsheets.refusal import Unusable

GOOD, BLOCKED, UNUSABLE = 0, 1, 2
SHOWN = 200


class Command(BaseCommand):
    help = "Checks person-level lists (.xlsx, .ods or .csv) against a layout and every rule. Stores nothing."
    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own name
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="F", help="a workbook, or one .csv for each sheet")
        parser.add_argument(
            "--schema", default=DEFAULT_SCHEMA, help="the code of a layout, or the path of its YAML file"
        )
        mapping = parser.add_mutually_exclusive_group()
        mapping.add_argument(
            "--map",
            metavar="FILE",
            help="a YAML file that says what your own headers stand for (sheets, columns: see docs/data-in.md)",
        )
        mapping.add_argument(
            "--stored-map", action="store_true", help="reads with the headers that were confirmed in this installation"
        )
        parser.add_argument("--as-at", metavar="DATE", help="the day of the extract (2026-11-23 or 23/11/2026); today")
        parser.add_argument("--json", metavar="OUT", help="writes the report as one JSON object; - prints it")

        parser.add_argument("--marked", metavar="OUT.xlsx", help="writes a copy of the .xlsx with each finding marked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            as_at = day_of(options["as_at"]) if options["as_at"] else timezone.localdate()
            schema = self._schema(options)
            paths = [Path(name) for name in options["files"]]
            workbook = self._read(paths, schema, as_at)
            report = check(workbook, today=timezone.localdate())
            if options["marked"]:
                self._mark(paths, Path(options["marked"]), workbook, report)
            text = json.dumps(as_json(report, as_at), ensure_ascii=False, indent=1) if options["json"] else ""
            if options["json"] and options["json"] != "-":
                Path(options["json"]).write_text(text + "\n", encoding="utf-8")
        except (Unusable, SchemaRefused) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(UNUSABLE) from refusal
        except OSError as error:
            self.stderr.write(f"The report can't be written: {error}.")
            raise SystemExit(UNUSABLE) from error
        if options["json"] == "-":
            self.stdout.write(text)
        else:
            self._print(report, as_at)
        raise SystemExit(BLOCKED if report.blocks else GOOD)

    def _schema(self, options: dict[str, Any]) -> ListSchema:
        schema = load_schema(options["schema"])
        if options["map"]:
            return with_mapping(schema, load_map(Path(options["map"]), schema))
        if options["stored_map"]:
            from children.mapping import schema_in_use  # the only way here that asks the database

            return schema_in_use(options["schema"])
        return schema

    def _read(self, paths: list[Path], schema: ListSchema, as_at: date) -> Workbook:
        sheets: list[RawSheet] = []
        with ExitStack() as open_files:
            for path in paths:
                try:
                    stream = open_files.enter_context(path.open("rb"))
                except OSError as error:
                    raise Unusable(f"{path} can't be opened: {error.strerror}.") from error
                sheets.extend(read_file(path.name, stream, schema))
            return read_lists(sheets, schema, as_at=as_at)

    def _mark(self, paths: list[Path], out: Path, workbook: Workbook, report: Report) -> None:
        from children.marking import LOSSES, mark_lists  # the library that reopens workbooks is slow to import

        with paths[0].open("rb") as source:
            if len(paths) > 1 or not zipfile.is_zipfile(source) or out.suffix.lower() != ".xlsx":
                raise Unusable("--marked marks one .xlsx and writes an .xlsx. Use --json for other formats.")
            if "xl/workbook.xml" not in zipfile.ZipFile(source).namelist():
                raise Unusable("--marked marks .xlsx workbooks only. Use --json for other formats.")
            source.seek(0)
            out.touch()
            comments = mark_lists(source, out, workbook=workbook, report=report, marking="OFFICIAL-SENSITIVE")
        self.stderr.write(f"{out}: {comments:,} comments. {LOSSES}")

    def _print(self, report: Report, as_at: date) -> None:
        for finding in report.findings[:SHOWN]:
            place = f"{finding.sheet} row {finding.row}" if finding.row else finding.sheet
            column = f", {finding.column}" if finding.column else ""
            value = f" “{finding.value}”" if finding.value else ""
            self.stdout.write(f"{finding.level.value:5} {finding.rule:8} {place}{column}:{value} {finding.message}")
        if len(report.findings) > SHOWN:
            self.stdout.write(f"… and {len(report.findings) - SHOWN:,} more findings; --json lists them all.")
        for not_run in report.not_run:
            self.stdout.write(f"not run {not_run.rule}: {not_run.why}")
        rows = ", ".join(f"{name} {count:,}" for name, count in report.rows.items())
        self.stdout.write(
            f"As at {as_at:%d/%m/%Y}. Rows: {rows}. {report.errors:,} errors, {report.queries:,} queries, "
            f"{report.rules_run} rules run, {len(report.not_run)} not run."
        )


def as_json(report: Report, as_at: date) -> dict[str, object]:
    """The report as the one JSON object that the command promises. Dates are ISO, `row` is Excel's row number."""
    return {
        "as_at": as_at.isoformat(),
        "rows": report.rows,
        "findings": [
            {
                "sheet": finding.sheet,
                "row": finding.row,
                "unique_id": finding.unique_id,
                "column": finding.column,
                "columns": list(finding.columns),
                "rule": finding.rule,
                "level": finding.level.value,
                "message": finding.message,
                "value": finding.value,
            }
            for finding in report.findings
        ],
        "not_run": [{"rule": not_run.rule, "sheet": not_run.sheet, "why": not_run.why} for not_run in report.not_run],
        "counts": {
            Level.ERROR.value: report.errors,
            Level.QUERY.value: report.queries,
            "rules_run": report.rules_run,
            "rules_not_run": len(report.not_run),
            "by_rule": report.by_rule,
        },
    }


def day_of(text: str) -> date:
    """The day that an option names. Raises Unusable."""
    day = read_date(text)
    if not isinstance(day, date):
        raise Unusable(f"--as-at {text}: write the day as 2026-11-23 or 23/11/2026.")
    return day
