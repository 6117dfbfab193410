"""Check characters of pupil and learner numbers (from general knowledge; the layout's notes say so), and amounts."""

import re

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# A temporary number ends in a letter, whose value is its place here.
_VALUES = {character: value for value, character in enumerate("0123456789")} | {
    letter: value for value, letter in enumerate(UPN_LETTERS)
}
_UPN = re.compile(rf"[A-Z]\d{{11}}[\d{UPN_LETTERS}]", re.ASCII)
_ULN = re.compile(r"\d{10}", re.ASCII)


def upn_letter(serial: str) -> str:
    """The check letter of the twelve characters that follow it."""
    total = sum(_VALUES[character] * weight for weight, character in enumerate(serial, start=2))
    return UPN_LETTERS[total % 23]


def is_upn(text: str) -> bool:
    return bool(_UPN.fullmatch(text))


def has_right_letter(upn: str) -> bool:
    """`upn` must be formed as one (`is_upn`)."""
    return upn[0] == upn_letter(upn[1:])


def uln_digit(digits: str) -> str | None:
    """The check digit of nine digits, or None where they can't start a number."""
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return None if remainder == 0 else str(10 - remainder)


def is_uln(text: str) -> bool:
    return bool(_ULN.fullmatch(text))


def has_right_digit(uln: str) -> bool:
    """`uln` must be formed as one (`is_uln`)."""
    return uln[9] == uln_digit(uln[:9])


def possible_count(number: float | None) -> int | None:
    """How often something happened; None where the number can't say so: below 0, or not whole (rules S141, S142)."""
    return int(number) if number is not None and number >= 0 and float(number).is_integer() else None


def possible_percent(number: float | None) -> float | None:
    """A share of 100; None where the number can't be one (rule S143)."""
    return float(number) if number is not None and 0 <= number <= 100 else None
