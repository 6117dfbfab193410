"""What a readiness check says: a sentence that an officer can act on, never a score."""

from dataclasses import dataclass

from accounts.domain.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend.

    `code` names the check and stays the same for ever; `sentence` is what the reader sees; `fix_url` opens the page
    that mends it, or `ask` names the role to ask where the reader may not open that page; `threatens` is the code of
    the deadline it endangers ("lists", "six", "annex-a"; empty = standing).
    Use a subclass: the type says how bad it is.
    """

    code: str
    sentence: str
    owner_role: Role
    fix_url: str
    fix_label: str = "Open"
    threatens: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker(Finding):
    """The pack would fail or be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Finding):
    """Something is missing, out of date or without an owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Finding):
    """Worth knowing; nothing fails."""
