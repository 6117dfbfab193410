"""Which exports there are: kind → permission, gather, build, render, file name. `documents` reads it by a setting."""

EXPORT_KINDS: dict[str, object] = {}
