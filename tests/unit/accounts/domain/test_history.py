"""Lines of the trail as people read them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from accounts.domain.history import history_lines

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class Event:
    action: str
    fields: list[str] = field(default_factory=list)
    text: str = ""
    actor_label: str = "SEND team (team@wexcombe.example)"
    at: datetime = AT


def test_verbs_and_fields_are_said_in_their_words():
    (line,) = history_lines(
        [Event("evidence.changed", ["shows"])], verbs={"evidence.changed": "Changed"}, fields={"shows": "what it shows"}
    )

    assert (line.words, line.fields) == ("Changed", ("what it shows",))


def test_code_without_words_is_never_shown_as_a_code():
    (line,) = history_lines([Event("action.taken_out", ["is_impact", "due_on"])], verbs={}, fields={})

    assert (line.words, line.fields) == ("Taken out", ("impact", "due"))
