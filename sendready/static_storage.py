"""Static files under names that carry a hash, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library ships no types
    # Our scripts import one another: the names inside `import` get their hash too.
    support_js_module_import_aggregation = True
