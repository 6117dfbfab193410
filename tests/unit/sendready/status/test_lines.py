"""What the status page says of each thing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sendready.status.lines import GIGABYTE, Condition, size_words, status_lines

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
WELL = Condition(
    at=AT,
    version="0.1.0",
    is_worker_alive=True,
    worker_seen="09:00 on 23 November 2026",
    waiting_jobs=0,
    oldest_waiting_at=None,
    running_jobs=0,
    failed_jobs=0,
    free_bytes=80 * GIGABYTE,
    total_bytes=100 * GIGABYTE,
    database="SQLite",
    database_bytes=2_000_000,
    broker="Redis",
    has_mail_server=True,
    waiting_mails=0,
    has_virus_scanner=True,
    framework="Area SEND inspections, from January 2023",
)


def test_lines_of_a_service_that_is_well_have_nothing_red():
    assert {line.colour for line in status_lines(WELL) if line.thing != "Back-ups"} == {"green"}


@pytest.mark.parametrize(
    ("change", "thing", "word", "colour"),
    [
        ({"is_worker_alive": False}, "Background worker", "Not running", "red"),
        ({"failed_jobs": 1}, "Background work", "Look at it", "yellow"),
        ({"waiting_jobs": 1, "oldest_waiting_at": AT - timedelta(minutes=11)}, "Background work", "Slow", "yellow"),
        ({"waiting_jobs": 1, "oldest_waiting_at": AT - timedelta(minutes=9)}, "Background work", "Good", "green"),
        ({"free_bytes": 4 * GIGABYTE}, "Disk", "Low", "yellow"),
        ({"free_bytes": GIGABYTE // 4}, "Disk", "Full", "red"),
        ({"has_mail_server": False}, "Mail", "By hand", "grey"),
        ({"waiting_mails": 2}, "Mail", "Waiting", "yellow"),
        ({"has_virus_scanner": False}, "Virus scanner", "None", "grey"),
        ({"framework": ""}, "Rulebook", "Missing", "red"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else None,
)
def test_line_of_what_is_not_well(change, thing, word, colour):
    line = next(line for line in status_lines(replace(WELL, **change)) if line.thing == thing)

    assert (line.word, line.colour) == (word, colour)


def test_line_of_a_worker_that_fell_silent_says_since_when():
    silent = replace(WELL, is_worker_alive=False)

    assert "since 09:00 on 23 November 2026" in status_lines(silent)[0].sentence
    assert "Nothing was heard of it yet." in status_lines(replace(silent, worker_seen=""))[0].sentence


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (2048, "2.0 kB"),
        (18 * 1024**2, "18 MB"),
        (3 * GIGABYTE // 2, "1.5 GB"),
        (1234 * GIGABYTE, "1,234 GB"),
    ],
)
def test_size_in_words(count, words):
    assert size_words(count) == words
