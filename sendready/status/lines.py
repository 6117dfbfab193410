"""What to say of how the service is: values in, words out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

GIGABYTE = 1024**3
# Under this the disk counts as nearly full: a pack of 1 GB, its parts and a back-up of the database must fit.
LOW_DISK_BYTES = 5 * GIGABYTE
FULL_DISK_BYTES = GIGABYTE // 2
# A job that waits longer than this while a worker is alive is worth a look.
LONG_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What the installation is like at a moment. `worker_seen`: when a worker last spoke, in words; empty for never."""

    at: datetime
    version: str
    is_worker_alive: bool
    worker_seen: str
    waiting_jobs: int
    oldest_waiting_at: datetime | None
    running_jobs: int
    failed_jobs: int
    free_bytes: int
    total_bytes: int
    database: str
    database_bytes: int
    broker: str
    has_mail_server: bool
    waiting_mails: int
    has_virus_scanner: bool
    framework: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing, how it is (a word with its colour), and a sentence."""

    thing: str
    word: str
    colour: str
    sentence: str


def status_lines(condition: Condition) -> tuple[Line, ...]:
    """What to say of each thing, in the order in which it would be looked at."""
    return (
        _worker(condition),
        _jobs(condition),
        _disk(condition),
        _well("Database", f"{condition.database}, {size_words(condition.database_bytes)}."),
        _broker(condition),
        _mail(condition),
        _scanner(condition),
        _rulebook(condition),
        Line(
            thing="Back-ups",
            word="Not by sendready",
            colour="yellow",
            sentence="This version makes no back-ups of its own. Have the database and the folder of SENDREADY_VAR, "
            "with its files and keys, backed up each night by the machine they are on, and try a restore.",
        ),
        _well("Version", f"sendready {condition.version}."),
    )


def _well(thing: str, sentence: str, word: str = "Good") -> Line:
    return Line(thing=thing, word=word, colour="green", sentence=sentence)


def _worker(condition: Condition) -> Line:
    if condition.is_worker_alive:
        return _well("Background worker", "It runs, and looks for work every few seconds.", "Running")
    since = f" since {condition.worker_seen}" if condition.worker_seen else " yet"
    return Line(
        thing="Background worker",
        word="Not running",
        colour="red",
        sentence=f"Nothing was heard of it{since}. Packs and checks wait in the database and go on when it is back. "
        "Start it: script/demo and script/serve do so by themselves; elsewhere restart the worker service.",
    )


def _jobs(condition: Condition) -> Line:
    counts = (
        f"{condition.waiting_jobs} waiting, {condition.running_jobs} running, {condition.failed_jobs} failed in 7 days."
    )
    if condition.oldest_waiting_at and condition.at - condition.oldest_waiting_at > LONG_WAIT:
        sentence = f"{counts} One has waited for over 10 minutes."
        return Line(thing="Background work", word="Slow", colour="yellow", sentence=sentence)
    if condition.failed_jobs:
        return Line(
            thing="Background work",
            word="Look at it",
            colour="yellow",
            sentence=f"{counts} The page of each failed export says why, and can start it again.",
        )
    return _well("Background work", counts)


def _disk(condition: Condition) -> Line:
    sentence = f"{size_words(condition.free_bytes)} free of {size_words(condition.total_bytes)}."
    if condition.free_bytes < FULL_DISK_BYTES:
        return Line(
            thing="Disk",
            word="Full",
            colour="red",
            sentence=f"{sentence} Uploads and packs will fail. Make the disk larger, or remove old exports.",
        )
    if condition.free_bytes < LOW_DISK_BYTES:
        return Line(
            thing="Disk", word="Low", colour="yellow", sentence=f"{sentence} Make room before the next large pack."
        )
    return _well("Disk", sentence)


def _broker(condition: Condition) -> Line:
    return _well("Broker", f"{condition.broker}. Should it be away, work waits in the database and is found there.")


def _mail(condition: Condition) -> Line:
    if not condition.has_mail_server:
        return Line(
            thing="Mail",
            word="By hand",
            colour="grey",
            sentence="No mail server is set up: each mail stands in the outbox, to be copied. "
            "Set SENDREADY_MAIL_URL to have them sent.",
        )
    if condition.waiting_mails:
        words = "mail waits" if condition.waiting_mails == 1 else "mails wait"
        return Line(
            thing="Mail", word="Waiting", colour="yellow", sentence=f"{condition.waiting_mails} {words} to be sent."
        )
    return _well("Mail", "Nothing waits to be sent.")


def _scanner(condition: Condition) -> Line:
    if condition.has_virus_scanner:
        return _well("Virus scanner", "Each upload is scanned; while the scanner is away, uploads are refused.")
    return Line(
        thing="Virus scanner",
        word="None",
        colour="grey",
        sentence="Uploads are checked for type, macros, encryption and size, but not for viruses. "
        "Set SENDREADY_CLAMAV to have them scanned.",
    )


def _rulebook(condition: Condition) -> Line:
    if condition.framework:
        return _well("Rulebook", f"{condition.framework}.")
    return Line(
        thing="Rulebook",
        word="Missing",
        colour="red",
        sentence="No framework is loaded. Run manage.py load_framework with a file of fixtures/frameworks/.",
    )


def size_words(count: int) -> str:
    """Bytes as people say them: "1.4 GB", "312 MB", "18 kB"."""
    for unit, size in (("GB", GIGABYTE), ("MB", 1024**2), ("kB", 1024)):
        if count >= size:
            number = count / size
            return f"{number:.1f} {unit}" if number < 10 else f"{number:,.0f} {unit}"
    return f"{count} bytes"
