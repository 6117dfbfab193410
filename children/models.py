"""Uploads of person-level lists, their rows and what is wrong with them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from children.domain.rows import Level
from documents.models import Job, StoredFile

LEVELS = [(level.value, level.value.capitalize()) for level in Level]


class ListUploadQuerySet(models.QuerySet["ListUpload"]):
    def with_rows(self) -> ListUploadQuerySet:
        return self.filter(state="done", rows_erased_at__isnull=True)

    def standing(self) -> ListUploadQuerySet:
        """Those that were read to the end, without those whose file was read again since."""
        again = ListUpload.objects.filter(replaces=models.OuterRef("pk"), state="done")
        return self.filter(~models.Exists(again), state="done")

    def due(self, today: object) -> ListUploadQuerySet:
        """Uploads that were kept long enough and that no hold keeps longer."""
        return self.filter(keep_until_on__lt=today, rows_erased_at__isnull=True, has_legal_hold=False)


class ListUpload(Job):
    """One extract of the lists and the job that reads it.

    Rows and findings are stored in batches under an upload that is not current; one short update makes it current.
    The totals outlive the rows: they name nobody.
    """

    schema_code = models.CharField(max_length=80)
    extracted_on = models.DateField("day of the extract")
    files: models.ManyToManyField[StoredFile, StoredFile] = models.ManyToManyField(StoredFile, related_name="+")
    is_current = models.BooleanField(default=False)
    became_current_at = models.DateTimeField(null=True, blank=True)
    row_counts = models.JSONField("number of rows by sheet", default=dict)
    rule_counts = models.JSONField("rule, level, sheet and count, most first", default=list)
    rules_not_run = models.JSONField("rule, sheet and why", default=list)
    rules_run = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    query_count = models.PositiveIntegerField(default=0)
    waived_count = models.PositiveIntegerField(default=0)
    difference = models.JSONField("what changed since the upload before, in numbers", default=dict)
    local_columns = models.JSONField("the council's own columns that were read, by sheet", default=dict)
    mapped_headers = models.JSONField("headers that were read under another name", default=list)
    seen_headers = models.JSONField("headers by sheet, where some are unknown or missing", default=list)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="reads again the file of"
    )
    keep_until_on = models.DateField(db_index=True)
    has_legal_hold = models.BooleanField(default=False)
    rows_erased_at = models.DateTimeField(null=True, blank=True)

    objects = ListUploadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-ordered_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_list_upload"
            )
        ]

    def __str__(self) -> str:
        return f"Lists as at {self.extracted_on:%d/%m/%Y}, upload {self.pk}"

    @property
    def has_rows(self) -> bool:
        return self.is_done and self.rows_erased_at is None

    @property
    def has_findings(self) -> bool:
        """Whether there is a finding to look at, waived ones counted."""
        return bool(self.rule_counts or self.waived_count)

    @property
    def row_count(self) -> int:
        return sum(self.row_counts.values())


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def active(self, today: object) -> WaiverQuerySet:
        return self.filter(withdrawn_at__isnull=True, until_on__gte=today)


class Waiver(models.Model):
    """Somebody looked at a finding, or at all of a rule, and lets it stand for a time.

    `subject` is a keyed digest of rule, sheet, column, Unique ID and value, so that nobody is named here and a changed
    value brings the finding back; empty means the whole rule on the sheet.
    """

    rule = models.CharField(max_length=40)
    sheet = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.CharField(max_length=300)
    until_on = models.DateField()
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-waived_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["rule", "sheet", "subject"], name="waiver_by_subject")]

    def __str__(self) -> str:
        return f"Waiver {self.pk} of {self.rule} in {self.sheet}"

    @property
    def is_whole_rule(self) -> bool:
        return not self.subject


class ListRow(models.Model):
    """One child's row as it stood in the workbook. `cells` has the shown text by column key; blanks are left out.

    Columns that the layout doesn't know are not kept: they may hold names. The council's own columns (officer and their
    team, source, as-at) stand apart from `cells`, so that no export made of cells can carry them to inspectors.
    """

    upload = models.ForeignKey(ListUpload, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=40)
    excel_row = models.PositiveIntegerField()
    unique_id = models.CharField(max_length=80, blank=True)
    cells = models.JSONField(default=dict)
    born_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    primary_need = models.CharField(max_length=20, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    team = models.CharField("social care team", max_length=120, blank=True)
    officer = models.CharField("responsible officer", max_length=120, blank=True)
    officer_team = models.CharField("responsible team", max_length=120, blank=True)
    source = models.CharField("system it came from", max_length=120, blank=True)
    as_at_on = models.DateField("last known to be right", null=True, blank=True)
    change = models.CharField("since the upload before", max_length=10, blank=True)
    changed_columns = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["sheet", "excel_row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "sheet", "excel_row"], name="list_row_place_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["upload", "unique_id"], name="list_row_by_unique_id"),
            models.Index(fields=["upload", "change"], name="list_row_by_change"),
            # Who owns how many rows, and how old the oldest is, is answered out of this one alone.
            models.Index(fields=["upload", "officer", "officer_team", "as_at_on"], name="list_row_by_owner"),
        ]

    def __str__(self) -> str:
        # No identifier: this label goes into the audit trail.
        return f"{self.sheet}, row {self.excel_row}, upload {self.upload_id}"


class ListFinding(models.Model):
    """What a rule found in one place. `excel_row` is empty where a whole sheet is meant.

    Phase, teams and officer are the row's own, kept here as well so that findings are filtered without a join.
    """

    upload = models.ForeignKey(ListUpload, models.CASCADE, related_name="findings")
    sheet = models.CharField(max_length=40)
    excel_row = models.PositiveIntegerField(null=True, blank=True)
    unique_id = models.CharField(max_length=80, blank=True)
    column = models.CharField(max_length=200, blank=True)
    columns = models.JSONField(default=list)
    rule = models.CharField(max_length=40)
    level = models.CharField(max_length=5, choices=LEVELS)
    message = models.TextField()
    value = models.CharField(max_length=200, blank=True)
    is_new = models.BooleanField("not in the upload before", default=False)
    phase = models.CharField(max_length=40, blank=True)
    team = models.CharField("social care team", max_length=120, blank=True)
    officer = models.CharField("responsible officer", max_length=120, blank=True)
    officer_team = models.CharField("responsible team", max_length=120, blank=True)
    waiver = models.ForeignKey(Waiver, models.SET_NULL, null=True, blank=True, related_name="findings")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["upload", "rule", "sheet"], name="list_finding_by_rule"),
            models.Index(fields=["upload", "sheet", "excel_row"], name="list_finding_by_row"),
            # Counts, choices and groups of the findings page are answered out of this one alone.
            models.Index(
                fields=["upload", "waiver", "officer", "officer_team", "phase", "team", "level", "sheet", "rule"],
                name="list_finding_by_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} in {self.sheet}, row {self.excel_row}"


class HeaderMapping(models.Model):
    """What this council calls a sheet (`column` empty) or a column of a layout: confirmed once, read ever after."""

    schema_code = models.CharField(max_length=80)
    sheet = models.CharField(max_length=40)
    column = models.CharField("column key", max_length=60, blank=True)
    header = models.CharField("as the export calls it", max_length=200)
    header_key = models.CharField("as it is compared", max_length=200, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["schema_code", "sheet", "column", "header_key"]
        constraints: ClassVar = [
            # One header can't mean two columns of a sheet, nor one name two sheets.
            models.UniqueConstraint(
                fields=["schema_code", "sheet", "header_key"],
                condition=~models.Q(column=""),
                name="list_header_mapped_once",
            ),
            models.UniqueConstraint(
                fields=["schema_code", "header_key"], condition=models.Q(column=""), name="list_sheet_mapped_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.header} in {self.sheet}" if self.column else f"{self.header} for {self.sheet}"


class RowErasure(models.Model):
    """Rows of an upload that were erased: how many and why, never whose. A restored backup is put through it again."""

    upload_id = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    rows = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Erasure of upload {self.upload_id}"


class ListComposition(models.Model):
    """Counts of an upload by need, age and so on, made once when it is read.

    `counts` are exact and go with the rows; what stays then is `suppressed`: the tables of one dimension with small
    numbers hidden, which name and single out nobody.
    """

    upload = models.OneToOneField(ListUpload, models.CASCADE, related_name="+")
    counted_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    suppressed = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"Composition of upload {self.upload_id}"
