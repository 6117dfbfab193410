"""Frozen versions and their reports; the reading page of a version beneath /read/."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
READING: list[URLPattern] = []
