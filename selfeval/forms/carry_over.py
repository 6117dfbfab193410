"""What the page of carrying over is asked for, and what its buttons send."""

from django import forms

from framework.models import Framework
from selfeval.citing import EVALUATION_FIELDS
from selfeval.models import CarriedKind


class ChooseForm(forms.Form):
    """Two rulebooks and the criterion or lens to show."""

    old = forms.ModelChoiceField(queryset=Framework.objects.all(), required=False)
    new = forms.ModelChoiceField(queryset=Framework.objects.all(), required=False)
    part = forms.CharField(max_length=100, required=False)
    page = forms.IntegerField(min_value=1, required=False)


class CarryForm(forms.Form):
    """One button: what is carried, where to."""

    kind = forms.ChoiceField(choices=CarriedKind.choices)
    source = forms.IntegerField(min_value=1)
    place = forms.IntegerField(min_value=1)
    field = forms.ChoiceField(choices=[("", "")] + [(name, name) for name in EVALUATION_FIELDS], required=False)
    beneath = forms.BooleanField(required=False)
