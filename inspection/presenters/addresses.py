"""Addresses of pages that another app owns."""

from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse


def address(*names: str, args: Sequence[object] = ()) -> str:
    """The address of the first name that exists; empty where none does."""
    for name in names:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""
