from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence.loaders import codes_of, load_evidence, numbers_by_key
from framework.readers.lines import UnusableFile
from selfeval.consultation_loaders import check_criteria, load_consultation
from selfeval.loaders import check_self_evaluation, load_self_evaluation
from sendready.areas.answers import load_answers, request_items
from sendready.areas.figures import load_own_figures
from sendready.areas.lists import load_lists
from sendready.areas.loading import OtherArea, load_area
from sendready.areas.reading import read_area_folder
from strategy.loaders import load_strategy
from strategy.plan_loaders import load_plans, points_of

# Everybody in a demonstration signs in with it; a real installation never sees it.
DEMONSTRATION_PASSWORD = "Demonstration-2026"  # noqa: S105  # printed on the screen of every demonstration


class Command(BaseCommand):
    help = "Loads a local area from a folder of files. Loading again doubles nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of fixtures/areas")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        at = timezone.now()
        password = DEMONSTRATION_PASSWORD if settings.DEMO else ""
        try:
            values = read_area_folder(folder)
            request_items(values)
            if values.plans:
                points_of(values.plans, values.framework)
            codes_of(values.evidence, values.framework)
            if values.self_evaluation:
                check_self_evaluation(values.self_evaluation)
            check_criteria(values.consultation, values.framework)
            load = load_area(at=at, folder=values, password=password)
            answers = load_answers(at=at, folder=values)
            evidence = load_evidence(at=at, items=values.evidence, framework_code=values.framework)
            figures = load_own_figures(at=at, folder=values)
            strategy = load_strategy(at=at, file=values.strategy) if values.strategy else None
            plans = (
                load_plans(at=at, file=values.plans, strategy=strategy, framework_code=values.framework)
                if values.plans and strategy
                else None
            )
            self_evaluation = (
                load_self_evaluation(at=at, file=values.self_evaluation, numbers=numbers_by_key())
                if values.self_evaluation
                else None
            )
            consultation = load_consultation(at=at, file=values.consultation)
            lists = load_lists(at=at, folder=values)
        except (UnusableFile, OtherArea) as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self.stdout.write(
            f"{load.area.name}: {load.organisations} organisations, {load.holidays} school holidays, "
            f"{load.people} people ({load.new_people} new)."
        )
        for kept in load.kept:
            self.stdout.write(f"Left as it is: {kept}.")
        self.stdout.write(
            f"Request items: {answers.owners} got an owner, {answers.answers} an answer; "
            f"{answers.kept} had an answer already and were left as they are."
        )
        self.stdout.write(figures)
        self.stdout.write(str(evidence) if values.evidence else "The folder has no evidence.")
        self.stdout.write(str(strategy or "The folder has no strategy."))
        if plans:
            self.stdout.write(str(plans))
        if self_evaluation:
            self.stdout.write(str(self_evaluation))
        self.stdout.write(consultation)
        self.stdout.write(lists)
        if load.new_people:
            self.stdout.write(
                f"Each signs in with the password {DEMONSTRATION_PASSWORD}."
                if settings.DEMO
                else "Each chooses a password through “I have forgotten my password” on the sign-in page."
            )
