"""`manage.py make_lists`: a workbook of invented children, for demonstrations and tests."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from children.domain.schema import ListKind
from children.loaders import DEFAULT_SCHEMA, SchemaRefused, load_schema
from children.management.commands.check_lists import UNUSABLE, day_of
from children.sheets import FORMATS, LayoutRows, sheet_of, write_sheets
from children.spoiling import spoil
from children.synthetic import add_local_columns, synthetic_lists
from documents.spreadsheets.refusal import Unusable

MOST = 100_000


class Command(BaseCommand):
    help = "Writes person-level lists of invented children (.xlsx or .ods). Same numbers, seed and day: same bytes."
    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own name

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--list1", type=int, required=True, metavar="N", help="children with an EHC plan")
        parser.add_argument("--list2", type=int, required=True, metavar="N", help="children at SEN support")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed gives other children")
        parser.add_argument("--faults", type=int, default=0, metavar="N", help="spoils so many rows; none if left out")
        parser.add_argument(
            "--local-columns",
            action=argparse.BooleanOptionalAction,
            default=False,
            help="adds a council's own columns (officer, team, source, as at); left out unless asked for",
        )
        parser.add_argument("--out", required=True, metavar="F.xlsx", help="a name that ends in .xlsx or .ods")
        parser.add_argument("--schema", default=DEFAULT_SCHEMA, help="the code of a layout, or its YAML file")
        parser.add_argument("--as-at", metavar="DATE", help="the day on which the lists stand like this; today")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = {ListKind.EHC_PLAN: options["list1"], ListKind.SEN_SUPPORT: options["list2"]}
        try:
            if not all(0 <= count <= MOST for count in counts.values()):
                raise Unusable(f"--list1 and --list2 take a number from 0 to {MOST:,}.")
            schema = load_schema(options["schema"])
            as_at = day_of(options["as_at"]) if options["as_at"] else timezone.localdate()
            lists = synthetic_lists(
                plans=counts[ListKind.EHC_PLAN],
                support=counts[ListKind.SEN_SUPPORT],
                seed=options["seed"],
                as_at=as_at,
            )
            if options["local_columns"]:
                add_local_columns(lists, seed=options["seed"], as_at=as_at)
            spoil(lists, faults=max(0, options["faults"]), seed=options["seed"])
            sheets = [
                sheet_of(LayoutRows(layout, lists.rows[layout.kind], with_local=options["local_columns"]))
                for layout in schema.sheets
            ]
            out = Path(options["out"])
            ending = out.suffix.removeprefix(".").casefold() or "xlsx"
            if ending not in FORMATS:
                raise Unusable(f"--out {out}: end the name in {' or '.join(f'.{known}' for known in FORMATS)}.")
            out.touch()  # says now, and in the system's words, that a place can't be written
            write_sheets(out, sheets, format=ending, marking="SYNTHETIC – NO REAL CHILD")
        except (Unusable, SchemaRefused) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(UNUSABLE) from refusal
        except OSError as error:
            self.stderr.write(f"{options['out']} can't be written: {error}.")
            raise SystemExit(UNUSABLE) from error
        rows = ", ".join(f"{layout.name} {counts[layout.kind]:,}" for layout in schema.sheets)
        self.stdout.write(f"{options['out']}: {rows} rows, all invented.")
