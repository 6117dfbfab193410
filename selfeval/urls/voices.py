"""Consultation rounds, comments and voices; what members and families open beneath /read/."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
READING: list[URLPattern] = []
