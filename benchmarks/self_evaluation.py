"""A self-evaluation of some 60 pages as tagged PDF and as Word: worker time of each part, from the frozen document on.

`.venv/bin/python -m benchmarks.self_evaluation [--runs 3] [--profile] [--keep FOLDER]`. Needs no database: the document
is the worked example's shape, made up here, with 11 criteria, 48 points, 120 notes and 20 cited figures with charts.
"""

import argparse
import cProfile
import os
import pstats
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendready.settings")
django.setup()

from django.test.utils import override_settings  # noqa: E402  # after setup

from documents import charts  # noqa: E402  # after setup
from documents.press.pdf import page_count  # noqa: E402  # after setup
from documents.reports import write_report  # noqa: E402  # after setup
from selfeval.domain.freezing import FigureAt, ItemFact, Proofs, annotate  # noqa: E402  # after setup
from selfeval.domain.published import (  # noqa: E402  # after setup
    AreaText,
    CriterionText,
    Document,
    Figure,
    GapText,
    PointCovered,
    Position,
    SectionText,
    Series,
    SeriesPoint,
    VersionKind,
)
from selfeval.domain.published_json import from_json, to_json  # noqa: E402  # after setup
from selfeval.reports.self_evaluation import VersionInputs, build  # noqa: E402  # after setup

YEARS = range(2017, 2025)
KINDS = ("Lived experience", "Case study", "Aggregated data", "Quality assurance", "Policy or plan")
SENTENCE = "Children who need help early mostly get it, and where they do not the wait is what families name first"


def document() -> Document:
    """With every kind of part that a real one has."""
    codes = [f"A{n}" for n in range(1, 6)] + [f"B{n}" for n in range(1, 7)]
    bare = Document(
        kind=VersionKind.CONSULTATION,
        number=1,
        title="Self-evaluation",
        area="Anytown local area partnership",
        framework="Area SEND inspections, from January 2023",
        marking="OFFICIAL-SENSITIVE",
        watermark="Consultation version, not signed off",
        frozen_on=date(2026, 11, 22),
        journey=_text(0, 10),
        capacity_to_improve=_text(3, 6),
        sections=tuple(SectionText(code=f"s{n}", title=f"Part {n}", phase="part", text=_text(n, 12)) for n in range(7)),
        criteria=tuple(_criterion(code, number) for number, code in enumerate(codes)),
        evidence_kinds={f"k{n}": name for n, name in enumerate(KINDS)},
        gaps=tuple(GapText(text=f"{SENTENCE} {n}", owner="Data lead", route="Ask") for n in range(12)),
    )
    items = {n: _item(n) for n in range(1, 101)}
    figures = {(f"figure-{n}", ""): _at(n) for n in range(20)}
    drawn = {f"figure-{n}": _figure(n) for n in range(20)}
    return annotate(bare, Proofs(items=items, figures=figures, charts=drawn))


def _text(seed: int, sentences: int) -> str:
    return "\n".join(
        f"{SENTENCE} [E{(seed * 9 + n) % 100 + 1}]. It was [F:figure-{(seed + n) % 20}] in the year before."
        for n in range(sentences)
    )


def _criterion(code: str, number: int) -> CriterionText:
    return CriterionText(
        code=code,
        title="Needs are noticed and help comes in time",
        group=code[0],
        know=_text(number, 14),
        meaning=_text(number + 5, 7),
        next_steps="\n".join(f"- {SENTENCE}" for _ in range(6)),
        child_friendly=SENTENCE,
        grade="Developing",
        confidence="Medium",
        strengths=tuple(f"{SENTENCE} [E{number + n + 1}]" for n in range(5)),
        areas=tuple(_area(number + n) for n in range(3)),
        points=tuple(
            PointCovered(code=f"{code}.{n}", title=SENTENCE, by_kind={"k0": 1, "k2": 3}, partners=("Council", "ICB"))
            for n in range(1, 6)
        ),
    )


def _area(seed: int) -> AreaText:
    return AreaText(
        text=f"{SENTENCE} [E{seed % 100 + 1}]",
        known_since_on=date(2024, 5, 17),
        how_found="Inspection",
        done=_text(seed, 2),
        changed=SENTENCE,
        positions=(Position(as_at_on=date(2026, 10, 1), text=SENTENCE),),
    )


def _item(number: int) -> ItemFact:
    return ItemFact(
        number=number,
        title=f"Evidence item {number} with a title of usual length",
        kind=KINDS[number % 5],
        partner="Council",
        period="September 2025 to August 2026",
        source="Department for Education, explore education statistics",
        is_confidential=False,
        needs_check=False,
        reason="",
        url="",
    )


def _at(number: int) -> FigureAt:
    return FigureAt(name=f"Indicator {number}", period="2024", words=f"{number + 50}.0 %", source="DfE", is_there=True)


def _figure(number: int) -> Figure:
    series = tuple(
        Series(
            place=place,
            is_own=place == "Anytown",
            points=tuple(
                SeriesPoint(
                    label=str(year), words=f"{year % 50}.{step} %", value=Decimal(f"{year % 50 + number}.{step}")
                )
                for year in YEARS
            ),
        )
        for step, place in enumerate(("Anytown", "South East", "England"))
    )
    return Figure(
        code=f"figure-{number}",
        name=f"Indicator {number}",
        unit="percent",
        decimals=1,
        direction="Higher is better",
        source="DfE",
        sentence="Above England.",
        series=series,
    )


def timed(runs: int, work: Callable[[], object]) -> tuple[float, float]:
    """Medians of processor seconds and of seconds by the clock."""
    processor, clock = [], []
    for _ in range(runs):
        before, began = time.process_time(), time.perf_counter()
        work()
        processor.append(time.process_time() - before)
        clock.append(time.perf_counter() - began)
    return median(processor), median(clock)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="print where the time of one PDF goes")
    parser.add_argument("--keep", type=Path, help="a folder for the two files")
    options = parser.parse_args()
    held = to_json(document())
    at = datetime(2026, 11, 22, tzinfo=UTC)
    with TemporaryDirectory() as folder, override_settings(CHART_DIR=f"{folder}/charts"):
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)

        def make(form: str) -> None:
            read = from_json(held)
            inputs = VersionInputs(document=read, marking=read.marking, as_at=at, fingerprint="")
            write_report(build(inputs), form, place / f"self-evaluation.{form}", marking=read.marking)

        first, _ = timed(1, lambda: make("pdf"))
        pages = page_count((place / "self-evaluation.pdf").read_bytes())
        print(f"{pages} pages, {len(held['notes'])} notes, {len(held['figures'])} figures")
        print(f"PDF, charts drawn anew: {first:.1f} s of processor")
        for form in ("pdf", "docx"):
            processor, clock = timed(options.runs, lambda form=form: make(form))  # type: ignore[misc]  # a default binds the loop variable
            print(f"{form}, charts kept: {processor:.1f} s of processor, {clock:.1f} s by the clock")
        charts._at_hand.clear()
        if options.profile:
            profile = cProfile.Profile()
            profile.runcall(make, "pdf")
            pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
