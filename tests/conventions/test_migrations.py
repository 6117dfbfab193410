"""One linear chain per app, each migration named for its change (house style 21)."""

import re

from django.db.migrations.loader import MigrationLoader

from tests.harness.source import APPS, committed


def test_migrations_form_one_chain_for_each_app():
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    leaves = {app: [name for _, name in graph.leaf_nodes(app)] for app in APPS if graph.leaf_nodes(app)}

    assert {app: names for app, names in leaves.items() if len(names) > 1} == {}


def test_migrations_are_numbered_and_named_for_their_change():
    names = [path for path in committed() if path.parent.name == "migrations" and path.name != "__init__.py"]

    assert not [str(path) for path in names if not re.fullmatch(r"\d{4}_[a-z][a-z_0-9]+\.py", path.name)]
    assert not [str(path) for path in names if re.search(r"_auto_|_alter_|_initial", path.name)]
    numbers = [(path.parts[0], path.name[:4]) for path in names]
    assert len(numbers) == len(set(numbers)), "two migrations of an app carry the same number"
