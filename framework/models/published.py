from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

CODE_HELP = "Stays the same for ever: other pages and files point at it."
SOURCE_HELP = "The document that says so, with its date."
CONFIRMED_HELP = "The day on which somebody last checked this against its source. Leave empty for our own default."


class Framework(models.Model):
    """One published rulebook: what is inspected, what is asked for and when."""

    code = models.SlugField(max_length=60, unique=True, help_text=CODE_HELP)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True, help_text="What a reader should know before relying on it.")
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True, help_text="The last day. Leave empty while it is in force.")
    source = models.TextField(help_text=SOURCE_HELP)
    confirmed_on = models.DateField(null=True, blank=True, help_text=CONFIRMED_HELP)
    list_layouts = models.CharField(
        max_length=300,
        blank=True,
        help_text="Codes of the person-level list layouts that it uses, with commas between them.",
    )
    is_current = models.BooleanField(
        "current",
        default=False,
        help_text="The one that the next visit follows. Only one framework can be current.",
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-in_force_from", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_framework"
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_to__isnull=True) | models.Q(in_force_to__gte=models.F("in_force_from")),
                name="framework_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def list_layout_codes(self) -> tuple[str, ...]:
        return tuple(code.strip() for code in self.list_layouts.split(",") if code.strip())


class PublishedRow(models.Model):
    """What every row of a rulebook has: a code within its framework, words, a source, and who has the last word.

    `edited_at` is set by saves on the admin site: loading the file again leaves such a row alone. `is_local` marks
    a row that the council added. `is_archived` takes the place of deleting.
    """

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60, help_text=CODE_HELP)
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first.")
    official_wording = models.TextField(
        blank=True, help_text="The publisher's own sentence, pasted from the document in force. Starts empty."
    )
    reference = models.CharField(
        max_length=80, blank=True, help_text="The paragraph or section of the official document, where it is known."
    )
    source = models.CharField(max_length=300, blank=True, help_text=SOURCE_HELP)
    confirmed_on = models.DateField(null=True, blank=True, help_text=CONFIRMED_HELP)
    is_local = models.BooleanField(
        "local", default=False, help_text="Added by this area, not part of what is published."
    )
    is_archived = models.BooleanField(
        "archived", default=False, help_text="Hides the row without losing what already points at it."
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["order", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "code"], name="%(class)s_code_once_in_framework")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    # Fields that point at another row, which has to be of the same framework.
    LINKS_WITHIN: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> None:
        super().clean()
        for name in self.LINKS_WITHIN:
            other = getattr(self, name) if getattr(self, f"{name}_id") else None
            if other and other.framework_id != self.framework_id:
                raise ValidationError({name: "Choose one of the same framework."})

    @property
    def is_confirmed(self) -> bool:
        """Checked against a source; otherwise a default that the area should confirm."""
        return self.confirmed_on is not None
