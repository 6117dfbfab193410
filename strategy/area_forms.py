"""What people choose about an area for improvement."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout
from django import forms

from accounts.models import User
from evidence.fields import EvidenceNumberField
from evidence.gather import points_by_criterion
from evidence.permissions import evidence_of
from framework.models import CriterionPoint
from indicators.models import Indicator
from strategy.models import Action


class TieForm(forms.Form):
    """What answers an area: actions, indicators, points."""

    actions = forms.ModelMultipleChoiceField(
        label="Actions that answer it",
        queryset=Action.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    indicators = forms.ModelMultipleChoiceField(
        label="Indicators that show whether it changes",
        queryset=Indicator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    points = forms.ModelMultipleChoiceField(
        label="Points of the criteria that it lies at",
        queryset=CriterionPoint.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["actions"].queryset = Action.objects.filter(archived_at=None).select_related("aim__priority")
        fields["indicators"].queryset = Indicator.objects.in_use()
        keys = [point.pk for _, under in points_by_criterion() for point in under]
        fields["points"].queryset = CriterionPoint.objects.filter(pk__in=keys).order_by("criterion__order", "order")
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class AreaProofForm(forms.Form):
    """An item of the evidence log that shows how an area stands."""

    evidence = EvidenceNumberField(
        label="Number in the evidence log",
        help_text="For example E12.",
        error_messages={"required": "Give the number of an item of the evidence log."},
    )
    relevance = forms.CharField(
        label="What does it show of this area?",
        max_length=500,
        help_text="One sentence.",
        error_messages={"required": "Say in a sentence what it shows of this area."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["evidence"].permitted = evidence_of(user).standing()
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field.text("evidence", field_width=Fluid.ONE_QUARTER), Field.text("relevance"))
