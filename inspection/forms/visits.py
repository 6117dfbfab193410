"""The call, its days, and its end."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout, Size
from django import forms

from accounts.domain.roles import ROLE_NAMES
from accounts.models import User
from accounts.typed_fields import TypedDayField
from inspection.domain.clock import VisitDays
from inspection.models import Deadline, Inspection, VisitKind

DAY_HELP = "For example, 27/11/2026"


def _helper(form: forms.Form, *fields: Any) -> FormHelper:
    helper = FormHelper(form)
    helper.form_tag = False
    helper.layout = Layout(*fields)
    return helper


class CallForm(forms.Form):
    """What the caller said. One of the two days is enough."""

    notified_on = TypedDayField(label="Day of the call", help_text=DAY_HELP, required=False)
    on_site_on = TypedDayField(
        label="First day on site",
        help_text="The Monday of week 3. Leave it empty if the caller didn't say: it follows from the call.",
        required=False,
    )
    kind = forms.ChoiceField(
        label="What kind of visit is it?",
        choices=VisitKind.choices,
        initial=VisitKind.FULL,
        widget=forms.RadioSelect,
    )
    is_rehearsal = forms.BooleanField(
        label="This is a rehearsal: nobody has called. Every page will say so", required=False
    )
    takes_any_weekday = forms.BooleanField(
        label="The letter names a first day on site that is not a Monday", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            self,
            Field.text("notified_on", field_width=Fluid.ONE_HALF),
            Field.text("on_site_on", field_width=Fluid.ONE_HALF),
            Field.radios("kind", legend_size=Size.SMALL, small=True),
            Field.checkbox("is_rehearsal", small=True),
            Field.checkbox("takes_any_weekday", small=True),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = ("notified_on", "on_site_on")
        if not any(self.errors.get(name) for name in days) and not any(cleaned.get(name) for name in days):
            self.add_error("notified_on", "Give the day of the call, the first day on site, or both.")
        return cleaned


class DaysForm(forms.Form):
    """Other days for a visit, and why."""

    notified_on = TypedDayField(label="Day of the call")
    on_site_on = TypedDayField(label="First day on site")
    last_day_on = TypedDayField(label="Last day on site")
    draft_on = TypedDayField(label="Draft report received", required=False, help_text="Leave empty until it comes.")
    published_on = TypedDayField(label="Report published", required=False, help_text="Leave empty until it is.")
    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="For example, “Letter of 24 November, page 1”. It stays in the history of each deadline that moves.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("notified_on", "on_site_on", "last_day_on", "draft_on", "published_on")
        for name in names:
            self.fields[name].error_messages["required"] = f"Give the {str(self.fields[name].label).lower()}."
        self.fields["reason"].error_messages["required"] = "Say why the days change, in a few words."
        self.helper = _helper(
            self,
            *(Field.text(name, field_width=Fluid.ONE_HALF) for name in names),
            Field.text("reason"),
            "version",
        )

    @staticmethod
    def initial_of(visit: Inspection) -> dict[str, Any]:
        return {
            "notified_on": visit.notified_on,
            "on_site_on": visit.on_site_on,
            "last_day_on": visit.last_day_on,
            "draft_on": visit.draft_on,
            "published_on": visit.published_on,
            "version": visit.version,
        }

    @property
    def days(self) -> VisitDays:
        return VisitDays(
            notified_on=self.cleaned_data["notified_on"],
            on_site_on=self.cleaned_data["on_site_on"],
            last_day_on=self.cleaned_data["last_day_on"],
            draft_on=self.cleaned_data["draft_on"],
            published_on=self.cleaned_data["published_on"],
        )


class ReasonForm(forms.Form):
    """Why something is done that others will ask about."""

    reason = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence for whoever asks later. No child's name.",
        error_messages={"required": "Say why, in a sentence."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(self, Field.textarea("reason", rows=3))


class AssignForm(forms.Form):
    """Who answers for a deadline."""

    person = forms.ModelChoiceField(User.objects.none(), label="Person", required=False, empty_label="")
    deputy = forms.ModelChoiceField(
        User.objects.none(), label="Deputy", required=False, empty_label="Whoever stands in for that person"
    )

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"person": deadline.person_id, "deputy": deadline.deputy_id})
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True)
        role = ROLE_NAMES[deadline.role]
        for name, empty in (("person", f"Whoever is {role}"), ("deputy", "Whoever stands in for that person")):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
            field.queryset = people
            field.empty_label = empty
        self.helper = _helper(self, Field.select("person"), Field.select("deputy"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person") and cleaned.get("person") == cleaned.get("deputy"):
            self.add_error("deputy", "Choose a deputy who is somebody else.")
        return cleaned


class TaskForm(forms.Form):
    """One more thing to do in the first hour."""

    title = forms.CharField(
        label="What is to be done",
        max_length=200,
        error_messages={"required": "Write what is to be done."},
        help_text="No child's name.",
    )
    owner_role = forms.ChoiceField(
        label="By whom", choices=[(role.value, name) for role, name in ROLE_NAMES.items()], initial="lano"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(self, Field.text("title"), Field.select("owner_role"))
