"""What people type about lists, cleaned to domain types."""

from datetime import date
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from children.domain.cells import read_date
from children.loaders import DEFAULT_SCHEMA, load_schema, schema_files

MOST_FILES = 4


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ListFilesField(forms.FileField):
    """One workbook, or one .csv per sheet."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files):
            raise forms.ValidationError("Choose the workbook that holds the two lists (.xlsx or .ods, or .csv files).")
        if len(files) > MOST_FILES:
            raise forms.ValidationError("Choose one workbook, or one .csv file for each list.")
        return list(files)


class DayField(forms.CharField):
    """A day typed as people type days."""

    def clean(self, value: Any) -> date:
        day = read_date(super().clean(value))
        if not isinstance(day, date):
            raise forms.ValidationError("Enter the day as in 23/11/2026.")
        return day


class UploadForm(forms.Form):
    workbooks = ListFilesField(
        label="Workbook", help_text="Excel (.xlsx), OpenDocument (.ods), or one CSV file (.csv) for each list."
    )
    extracted_on = DayField(
        label="Day of the extract",
        help_text="The day on which the lists were taken out of the source system, such as 23/11/2026. Ages are "
        "counted on this day.",
        error_messages={"required": "Enter the day on which the lists were taken out of the source system."},
    )
    schema_code = forms.ChoiceField(label="Layout", help_text="How the sheets and columns are named.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        layouts = [(code, load_schema(code).title) for code in schema_files()]
        field = self.fields["schema_code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker
        field.choices = layouts
        codes = [code for code, _ in layouts]
        field.initial = DEFAULT_SCHEMA if DEFAULT_SCHEMA in codes else codes[0]
        if len(layouts) == 1:
            field.widget = forms.HiddenInput()
        self.initial.setdefault("extracted_on", f"{timezone.localdate():%d/%m/%Y}")
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def clean_extracted_on(self) -> date:
        day: date = self.cleaned_data["extracted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day of the extract is in the future. Enter the day it was taken.")
        return day


class KeepForm(forms.Form):
    keep_until_on = DayField(
        label="Keep the rows until", help_text="After this day rows, findings and files are erased; totals stay."
    )
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="Stands in the audit trail. Name no child.",
        error_messages={"required": "Say why the day changes."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class EraseForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="Stands in the audit trail. Name no child.",
        error_messages={"required": "Say why the rows are erased."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class HoldForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="Stands in the audit trail and beside the lists. Name no child.",
        error_messages={"required": "Say why."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class WaiveForm(forms.Form):
    scope = forms.ChoiceField(
        label="What do you let stand?",
        widget=forms.RadioSelect,
        choices=[("finding", "This finding alone"), ("rule", "Every finding of this rule on this sheet")],
        initial="finding",
        error_messages={"required": "Choose what you let stand."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="Inspectors may read it in the notice beside the lists. Name no child.",
        error_messages={"required": "Say why it may stand."},
    )
    until_on = DayField(
        label="Until",
        help_text="After this day the next upload raises it again.",
        error_messages={"required": "Enter the day until which it may stand."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
