"""Every change that a person can cause to areas, figures and the catalogue."""

from indicators.actions.areas import AreasLoaded, load_areas
from indicators.actions.importing import SeenBefore, cancel_import, import_file, read_again, retry_import

__all__ = ["AreasLoaded", "SeenBefore", "cancel_import", "import_file", "load_areas", "read_again", "retry_import"]
