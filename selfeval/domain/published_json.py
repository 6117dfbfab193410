"""The frozen document as JSON and back: the same document always gives the same characters, and so the same SHA-256."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from selfeval.domain.published import SCHEMA, Document


class UnreadableDocument(Exception):
    """The JSON is no document of a version, or of a later software."""


def to_json(document: Document) -> dict[str, Any]:
    """Plain values: what the database column holds."""
    written: dict[str, Any] = _written(document)
    return written


def from_json(held: Mapping[str, Any]) -> Document:
    """The document that `to_json` wrote, now or in an earlier version. Raises UnreadableDocument."""
    schema = held.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise UnreadableDocument("This is no frozen document: it has no schema number.")
    if schema > SCHEMA:
        raise UnreadableDocument(f"The document has schema {schema}; this software reads up to {SCHEMA}. Update it.")
    try:
        document: Document = _read(Document, held)
    except (TypeError, ValueError, KeyError, ArithmeticError) as refused:
        raise UnreadableDocument(f"The document can't be read: {refused}.") from refused
    return document


def canonical(held: Mapping[str, Any]) -> str:
    """The characters that the checksum is of."""
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(held: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(held).encode()).hexdigest()


def _written(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _written(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _written(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum | Decimal) else value


@cache
def _shape(shape: type) -> tuple[tuple[str, Any, bool], ...]:
    """Name, type and whether it must be there, for each field."""
    hints = get_type_hints(shape)
    return tuple(
        (each.name, hints[each.name], each.default is MISSING and each.default_factory is MISSING)
        for each in fields(shape)
    )


def _read(wanted: Any, held: Any) -> Any:
    origin = get_origin(wanted)
    if origin is UnionType:
        wanted, origin = next(one for one in get_args(wanted) if one is not type(None)), None
        if held is None:
            return None
    if origin is not None:
        return _read_many(wanted, origin, held)
    return _read_dataclass(wanted, held) if is_dataclass(wanted) else _read_one(wanted, held)


def _read_many(wanted: Any, origin: Any, held: Any) -> Any:
    of = get_args(wanted)
    if origin is tuple:
        return tuple(_read(of[0], one) for one in held)
    return {key: _read(of[1], one) for key, one in held.items()}


def _read_one(wanted: Any, held: Any) -> Any:
    if wanted is date:
        return date.fromisoformat(held)
    if wanted is Decimal or issubclass(wanted, StrEnum):
        return wanted(held)
    if not isinstance(held, wanted):
        raise TypeError(f"{held!r} stands where {wanted.__name__} belongs")
    return held


def _read_dataclass(wanted: Any, held: Mapping[str, Any]) -> Any:
    """What an earlier schema did not write keeps its default; what it wrote and we no longer know is left out."""
    missing = [name for name, _, is_needed in _shape(wanted) if is_needed and name not in held]
    if missing:
        raise KeyError(f"{wanted.__name__} without {', '.join(missing)}")
    return wanted(**{name: _read(kind, held[name]) for name, kind, _ in _shape(wanted) if name in held})
