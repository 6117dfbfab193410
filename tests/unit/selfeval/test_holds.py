"""Which comments a person reads first: a truth table over the shipped lists, and over lists that people spoil."""

import pytest
import yaml
from django.conf import settings

from selfeval.domain.holds import MOST_LINES, Lists, faults_of, lines_of, look, reason_of

SHIPPED = yaml.safe_load((settings.FIXTURES_DIR / "consultation" / "holds.yaml").read_text())
LISTS = Lists(
    child=tuple(SHIPPED["child"]),
    harm=tuple(SHIPPED["harm"]),
    ordinary=(*SHIPPED["ordinary"], "Wexcombe", "Harbour Learning Hub"),
)

NAMES_A_CHILD = {
    "a first name after my son": "My son Alfie waits for a place.",
    "a comma between": "Our daughter, Mia, was refused.",
    "capitals throughout": "MY SON ALFIE WAITS",
    "a name with a plan": "Nobody read Alfie's EHCP.",
    "a curly apostrophe": "Nobody read Alfie’s EHC plan.",
    "a name and an age": "Alfie (7) sits at home.",
    "aged": "Mia, aged 9, has no school.",
    "two spaces and a line": "my  child\nAlfie is tired",
    "a hyphenated name": "My son Jean-Luc is in year 4.",
    "a name with an accent": "My son Élie is late.",
    "a date of birth": "born on 12/03/2015",
    "a date in words": "She was born on 3 March 2015.",
    "a pupil number": "His number is A823200015001.",
    "a health number": "NHS 943 476 5919",
}
TELLS_OF_HARM = {
    "a word that goes on": "There was abusive behaviour at the setting.",
    "hit by": "He was hit by a member of staff.",
    "self-harm": "She has begun to self-harm.",
    "suicide": "He talks of suicide",
    "afraid to go home": "The child is scared to go home.",
    "capitals": "DOMESTIC VIOLENCE",
}
FREE = {
    "a wait": "Families wait 18 months for an assessment.",
    "a sentence that begins after son": "My son has waited long.",
    "a place": "Wexcombe's plan is late.",
    "an organisation": "Harbour's EHC plan reads well.",
    "everybody": "Everyone has ADHD on their mind.",
    "a month": "My child May have to move.",
    "a number that checks wrongly": "Ring 943 476 5910.",
    "a word inside another": "The disabuse of power is a phrase.",
    "nothing": "",
}


@pytest.mark.parametrize("text", NAMES_A_CHILD.values(), ids=NAMES_A_CHILD)
def test_comment_that_may_name_a_child_is_seen(text):
    seen = look(text, LISTS)

    assert seen.child
    assert not seen.harm
    assert reason_of(seen).startswith("It may name a child: “")


@pytest.mark.parametrize("text", TELLS_OF_HARM.values(), ids=TELLS_OF_HARM)
def test_comment_that_may_tell_of_harm_is_seen(text):
    seen = look(text, LISTS)

    assert seen.harm
    assert not seen.child


@pytest.mark.parametrize("text", FREE.values(), ids=FREE)
def test_comment_about_services_is_free(text):
    assert look(text, LISTS).is_free


def test_both_are_seen_and_harm_is_said_first():
    seen = look("My son Alfie was hit by a teacher.", LISTS)

    assert seen.child == ("my son {Name}",)
    assert seen.harm == ("hit by",)
    assert reason_of(seen) == "It may tell of harm: “hit by”. It may name a child: “my son {Name}”."


def test_reason_repeats_no_word_of_the_comment():
    assert "Alfie" not in reason_of(look("My son Alfie waits.", LISTS))


def test_name_behind_an_ordinary_word_is_still_seen():
    assert look("my son School, my son Alfie", LISTS).child


def test_long_comment_is_looked_at_in_no_time():
    assert look("My Son The Son My " * 300, LISTS).child == ()


@pytest.mark.parametrize(
    ("lines", "is_plain", "word"),
    [
        (("ab",), False, "too short"),
        (("{Name}",), False, "every comment"),
        (("my {Nme}",), False, "not known"),
        (("my {Name",), False, "no partner"),
        (("x" * 121,), False, "too long"),
        (("word*",), True, "no *"),
        (tuple(f"word {n}" for n in range(MOST_LINES + 1)), False, "is the most"),
    ],
    ids=["two letters", "a bare name", "an unknown brace", "half a brace", "long", "a star", "many"],
)
def test_spoilt_list_says_what_to_mend(lines, is_plain, word):
    assert any(word in fault for fault in faults_of(lines, is_plain=is_plain))


def test_shipped_lists_are_whole():
    assert not faults_of(LISTS.child)
    assert not faults_of(LISTS.harm)
    assert not faults_of(tuple(SHIPPED["ordinary"]), is_plain=True)


def test_lines_are_trimmed_and_told_once():
    assert lines_of("  my  son {Name}\r\n\n my son {Name}\nabus*") == ("my son {Name}", "abus*")
