"""docs/rules.md lists the rules as they stand in the code."""

from children.loaders import load_schema
from children.rules_page import rules_page
from tests.harness.source import ROOT


def test_page_of_the_rules_is_current():
    assert (ROOT / "docs" / "rules.md").read_text() == rules_page(load_schema()), "run manage.py write_rules_page"
