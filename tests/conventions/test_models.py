"""What every model keeps to (house style 1 and 10; DESIGN 11 for child data)."""

import re

import pytest
from django.apps import apps
from django.db import models

from tests.harness.source import APPS, ROOT, modules

MODELS = [model for model in apps.get_models() if model._meta.app_label in APPS]
FIELDS = [
    pytest.param(field, id=str(field))
    for model in MODELS
    for field in model._meta.get_fields(include_hidden=True)
    if isinstance(field, models.Field) and field.model is model
]
ENDINGS = (
    (models.DateTimeField, r".*_at|at"),
    (models.DateField, r".*_on"),
    (models.BooleanField, r"(is|has|asks)_.*"),
)
# Fields that are named otherwise, and why.
NAMED_OTHERWISE = {
    "accounts.User.last_login": "comes with Django's base class",
    "framework.Framework.in_force_from": "a pair that reads as one phrase, as in the published file",
    "framework.Framework.in_force_to": "the same",
}
CHILD_APPS = {"children"}
# Models beside child data that hold none, and why.
WITHOUT_CHILD_DATA: dict[str, str] = {
    "children.Waiver": "keeps a keyed digest of what it lets stand, no identifier and no value",
    "children.HeaderMapping": "keeps names of columns and sheets, no row",
    "children.RowErasure": "says how many rows were erased and why, never whose",
}


@pytest.mark.parametrize("field", FIELDS)
def test_field_is_named_for_its_kind(field: models.Field):
    expected = next((ending for kind, ending in ENDINGS if isinstance(field, kind)), ".*")

    assert str(field) in NAMED_OTHERWISE or re.fullmatch(expected, field.name)


@pytest.mark.parametrize("field", [case for case in FIELDS if case.values[0].remote_field])
def test_relation_is_read_backwards_only_by_its_own_app(field: models.Field):
    name = field.remote_field.related_name
    if (name or "").endswith("+") or field.auto_created:  # a many-to-many puts its own name before the +
        return

    assert name, 'say related_name="+", or the name by which this app reads it backwards'
    assert field.related_model._meta.app_label == field.model._meta.app_label, "only an app's own models read backwards"


@pytest.mark.parametrize("field", [case for case in FIELDS if case.values[0].remote_field])
def test_backward_name_is_read_somewhere(field: models.Field):
    name = (field.remote_field.related_name or "") % {"class": field.model._meta.model_name}
    if not name or name.endswith("+") or field.auto_created:
        return
    own = [ROOT / path for path in modules(app=field.model._meta.app_label)]
    code = "\n".join(path.read_text() for path in [*own, *(ROOT / "templates").rglob("*.html")])

    uses = re.findall(rf"\.{name}\b|\b{name}__|[\"']{name}[\"']", code.replace(f'related_name="{name}"', ""))

    assert uses, 'nothing reads it: say related_name="+"'


def keeps_until(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether the model has a keep-until date, or goes when a row that has one goes."""
    if any(field.name.startswith("keep_until") for field in model._meta.get_fields()):
        return True
    owners = {
        field.related_model
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }
    return any(keeps_until(owner, seen | {model}) for owner in owners - seen)


@pytest.mark.parametrize("model", [model for model in MODELS if model._meta.app_label in CHILD_APPS], ids=str)
def test_child_data_has_a_keep_until_date(model: type[models.Model]):
    assert model._meta.label in WITHOUT_CHILD_DATA or keeps_until(model)


def test_stored_files_have_a_keep_until_date():
    offenders = [model for model in MODELS if model.__name__ == "StoredFile" and not keeps_until(model)]

    assert not offenders


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_data_map_names_the_model(model: type[models.Model]):
    beneath_a_rulebook = {"framework"}
    written = (ROOT / "docs" / "data-map.md").read_text()

    is_named = f"`{model.__name__}`" in written
    assert is_named or model._meta.app_label in beneath_a_rulebook, "say in docs/data-map.md what it holds and how long"
