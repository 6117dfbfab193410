"""Mails about consultation. None of them repeats a comment, a child's data or a name of a child."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.models import LocalArea, User
from selfeval.models import Comment, ConsultationRound, RoundInvite


def invite_words(invite: RoundInvite, asked: ConsultationRound, link: str) -> tuple[str, str]:
    """Subject and body of the mail with somebody's own link."""
    area = LocalArea.objects.only("name", "partnership_name").first()
    who = (area.partnership_name or area.name) if area else "The local area partnership"
    body = (
        f"Dear {invite.name},\n\n"
        f"{who} asks what you think: {asked.title}.\n\n"
        f"You can read and comment from {_say(asked.opens_on)} to {_say(asked.closes_on)}, on a phone or a computer. "
        f"You need no account and no password. This link is yours alone:\n\n{link}\n\n"
        "Please do not pass it on: what is written by it stands under your name.\n"
        "Please do not write a child's name or anything by which a child can be recognised.\n\n"
        "Later the same link shows what came of it."
    )
    return f"Tell us what you think: {asked.title}", body


def disclosure_words(comment: Comment, lead: User) -> tuple[str, str]:
    """Subject and body for the safeguarding lead: that something is there, never what."""
    link = settings.SITE_URL.rstrip("/") + reverse("selfeval:disclosure-show", args=[comment.pk])
    body = (
        f"Dear {lead.name},\n\n"
        f"Somebody wrote a comment that may tell of harm. It was passed to you as safeguarding lead, and nobody else "
        f"but the LANO can read it.\n\n"
        f"Please sign in, read it and say that you have it:\n\n{link}\n\n"
        "This e-mail holds nothing of the comment."
    )
    return "A comment may tell of harm: please look now", body


def nobody_words(comment: Comment, lano: User) -> tuple[str, str]:
    """For the LANO where no safeguarding lead is named."""
    link = settings.SITE_URL.rstrip("/") + reverse("selfeval:disclosure-show", args=[comment.pk])
    body = (
        f"Dear {lano.name},\n\n"
        "Somebody wrote a comment that may tell of harm, and no safeguarding lead is named. Nobody else but you can "
        f"read it.\n\nPlease look now, and pass it to whoever leads on safeguarding:\n\n{link}\n\n"
        "This e-mail holds nothing of the comment."
    )
    return "A comment may tell of harm, and nobody has it: please look now", body


def _say(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
