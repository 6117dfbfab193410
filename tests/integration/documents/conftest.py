import pytest

from tests.harness import export_kinds


@pytest.fixture
def kinds(settings):
    """The export kinds of the tests instead of the real ones."""
    settings.EXPORT_KINDS = export_kinds.TABLE
    export_kinds.EDITION["now"] = "first"
    return export_kinds.KINDS
