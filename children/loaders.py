"""A layout's YAML file → `ListSchema`. A wrong file is refused with file, line and reason."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml
from django.conf import settings

from children.domain.headers import HeaderMap, names_of
from children.domain.schema import Code, CodeList, Column, ColumnType, ListKind, ListSchema, LocalKey, SheetLayout
from children.domain.words import key_of

DEFAULT_SCHEMA = "area-send-2023"


class SchemaRefused(Exception):
    """A layout file that can't be used. `str()` gives file, line and reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.line = line
        self.reason = reason


def schema_files() -> dict[str, Path]:
    """The layouts of this installation: code → file."""
    return {path.stem: path for path in sorted((Path(settings.FIXTURES_DIR) / "lists").glob("*.yaml"))}


def load_schema(name: str = DEFAULT_SCHEMA) -> ListSchema:
    """The layout with a code, or of a YAML file named by its path. Raises SchemaRefused."""
    path = schema_files().get(name, Path(name))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(schema_files())
        raise SchemaRefused(str(path), 0, f"the layout can't be read ({error}). Known layouts: {known}.") from error
    return _parsed(text, path.name)


@lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> ListSchema:
    """Reading YAML takes longer than all else on a page; a layout is a value, so one reading does."""
    return parse_schema(text, file=file)


def parse_schema(text: str, *, file: str) -> ListSchema:
    """Raises SchemaRefused for whatever the file has too much, too little or wrong."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SchemaRefused(file, (mark.line + 1) if mark else 0, str(error.problem or error.context)) from error
    except yaml.YAMLError as error:
        raise SchemaRefused(file, 0, str(error)) from error
    if root is None:
        raise SchemaRefused(file, 1, "the file is empty.")
    return _schema(_Node(file, root))


def load_map(path: Path, schema: ListSchema) -> HeaderMap:
    """A file that says what headers stand for. Raises SchemaRefused.

    `sheets` has the layout's sheet → its name in the workbook, `columns` the layout's sheet → published header (or
    column key) → header in the workbook; each name may be a list of names.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SchemaRefused(str(path), 0, f"the file of headers can't be read ({error}).") from error
    if root is None:
        raise SchemaRefused(path.name, 1, "the file of headers is empty.")
    fields = _Node(path.name, root).fields("the file of headers", needed=set(), allowed={"sheets", "columns"})
    sheets = fields["sheets"].mapping("sheets") if "sheets" in fields else {}
    by_sheet = fields["columns"].mapping("columns") if "columns" in fields else {}
    columns: dict[tuple[str, str], tuple[str, ...]] = {}
    for sheet, node in by_sheet.items():
        layout = _layout_named(schema, sheet, node)
        for header, names in node.mapping(f"the columns of {sheet}").items():
            columns[sheet, _key_named(layout, header, names)] = names.names("a header")
    for sheet, node in sheets.items():
        _layout_named(schema, sheet, node)
    return HeaderMap({sheet: node.names("a sheet") for sheet, node in sheets.items()}, columns)


def _layout_named(schema: ListSchema, name: str, node: "_Node") -> SheetLayout:
    found = next((sheet for sheet in schema.sheets if sheet.name == name), None)
    if found is None:
        node.refuse(f"the layout has no sheet “{name}”. It has: {', '.join(sheet.name for sheet in schema.sheets)}.")
    return found


def _key_named(layout: SheetLayout, name: str, node: "_Node") -> str:
    columns = (*layout.columns, *layout.local)
    found = next((column for column in columns if name == column.key or key_of(name) in names_of(column)), None)
    if found is None:
        node.refuse(f"{layout.name} has no column “{name}”.")
    return found.key


class _Node:
    """A YAML node that knows its file and line."""

    def __init__(self, file: str, node: yaml.Node) -> None:
        self.file = file
        self.node = node

    def refuse(self, reason: str) -> NoReturn:
        raise SchemaRefused(self.file, self.node.start_mark.line + 1, reason)

    def mapping(self, what: str) -> dict[str, "_Node"]:
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse(f"{what} must be a mapping (name: value).")
        found: dict[str, _Node] = {}
        for key, value in self.node.value:
            name = _Node(self.file, key).text("a name")
            if name in found:
                _Node(self.file, key).refuse(f"“{name}” stands twice in {what}.")
            found[name] = _Node(self.file, value)
        return found

    def fields(self, what: str, *, needed: set[str], allowed: set[str]) -> dict[str, "_Node"]:
        found = self.mapping(what)
        for name, node in found.items():
            if name not in needed | allowed:
                node.refuse(f"{what} has no field “{name}”. It may have: {', '.join(sorted(needed | allowed))}.")
        for name in sorted(needed - found.keys()):
            self.refuse(f"{what} needs “{name}”.")
        return found

    def items(self, what: str) -> Iterator["_Node"]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse(f"{what} must be a list.")
        return (_Node(self.file, item) for item in self.node.value)

    def text(self, what: str) -> str:
        value = self._scalar(what)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{what} must be a text; put quotation marks around it.")
        return value.strip()

    def texts(self, what: str) -> tuple[str, ...]:
        return tuple(item.text(what) for item in self.items(what))

    def names(self, what: str) -> tuple[str, ...]:
        """One text or several."""
        return self.texts(what) if isinstance(self.node, yaml.SequenceNode) else (self.text(what),)

    def day(self, what: str) -> date | None:
        value = self._scalar(what)
        if value is not None and type(value) is not date:
            self.refuse(f"{what} must be a date such as 2023-01-31, or null.")
        return value

    def ages(self, what: str) -> tuple[int, int]:
        years = [item._scalar(what) for item in self.items(what)]
        if len(years) != 2 or not all(type(year) is int for year in years) or years[0] > years[1]:
            self.refuse(f"{what} must be two whole numbers, the first and the last age, such as [3, 11].")
        return years[0], years[1]

    def _scalar(self, what: str) -> Any:
        if not isinstance(self.node, yaml.ScalarNode):
            self.refuse(f"{what} must be a single value.")
        return yaml.SafeLoader("").construct_object(self.node)


def _schema(root: _Node) -> ListSchema:
    fields = root.fields(
        "the layout",
        needed={"schema", "title", "source", "columns", "sheets", "code_lists"},
        allowed={"confirmed_on", "in_force_from", "in_force_to", "notes", "ignored_sheets", "local_columns"},
    )
    code_lists = {name: _code_list(name, node) for name, node in fields["code_lists"].mapping("code_lists").items()}
    columns = {key: _column(key, node, code_lists) for key, node in fields["columns"].mapping("columns").items()}
    local = _local_columns(fields["local_columns"]) if "local_columns" in fields else ()
    sheets = tuple(_sheet(node, columns, local) for node in fields["sheets"].items("sheets"))
    if not sheets:
        fields["sheets"].refuse("a layout needs at least one sheet.")
    names = [key_of(word) for sheet in sheets for word in (sheet.name, *sheet.spellings)]
    _refuse_twice(fields["sheets"], names, "sheet name")
    return ListSchema(
        code=fields["schema"].text("schema"),
        title=fields["title"].text("title"),
        source=fields["source"].text("source"),
        confirmed_on=_optional_day(fields, "confirmed_on"),
        in_force_from=_optional_day(fields, "in_force_from"),
        in_force_to=_optional_day(fields, "in_force_to"),
        notes=fields["notes"].texts("a note") if "notes" in fields else (),
        sheets=sheets,
        code_lists=tuple(code_lists.values()),
        ignored_sheets=fields["ignored_sheets"].texts("a sheet") if "ignored_sheets" in fields else (),
        local_columns=local,
    )


def _code_list(name: str, node: _Node) -> CodeList:
    fields = node.fields(f"code list {name}", needed={"title", "codes"}, allowed=set())
    codes = tuple(_code(item) for item in fields["codes"].items("codes"))
    words = [word for code in codes for word in {key_of(word) for word in (code.code, code.label, *code.spellings)}]
    _refuse_twice(node, words, "spelling")
    return CodeList(name=name, title=fields["title"].text("title"), codes=codes)


def _code(node: _Node) -> Code:
    fields = node.fields("a code", needed={"code", "label"}, allowed={"spellings", "from", "to", "ages"})
    return Code(
        code=fields["code"].text("code"),
        label=fields["label"].text("label"),
        spellings=fields["spellings"].texts("a spelling") if "spellings" in fields else (),
        from_on=_optional_day(fields, "from"),
        to_on=_optional_day(fields, "to"),
        ages=fields["ages"].ages("ages") if "ages" in fields else None,
    )


def _column(key: str, node: _Node, code_lists: dict[str, CodeList]) -> Column:
    fields = node.fields(f"column {key}", needed={"header", "type"}, allowed={"codes", "spellings", "note"})
    type_name = fields["type"].text("type")
    if type_name not in set(ColumnType):
        fields["type"].refuse(f"there is no type “{type_name}”. Types: {', '.join(ColumnType)}.")
    column_type = ColumnType(type_name)
    codes = fields["codes"].text("codes") if "codes" in fields else None
    if (codes is not None) != (column_type is ColumnType.CODE):
        node.refuse(f"column {key}: “codes” belongs to columns of type code, and each of them needs it.")
    if codes is not None and codes not in code_lists:
        fields["codes"].refuse(f"there is no code list “{codes}”. Code lists: {', '.join(code_lists)}.")
    return Column(
        key=key,
        header=fields["header"].text("header"),
        type=column_type,
        codes=code_lists[codes] if codes else None,
        spellings=fields["spellings"].texts("a spelling") if "spellings" in fields else (),
        note=fields["note"].text("note") if "note" in fields else "",
    )


def _local_columns(node: _Node) -> tuple[Column, ...]:
    """The council's own columns: of four meanings, because what has no use is not kept."""
    local = []
    for key, item in node.mapping("local_columns").items():
        if key not in set(LocalKey):
            item.refuse(f"there is no local column “{key}”. Local columns: {', '.join(LocalKey)}.")
        column = _column(key, item, {})
        wanted = ColumnType.DATE if key == LocalKey.AS_AT else ColumnType.TEXT
        if column.type is not wanted:
            item.refuse(f"the local column {key} must be of type {wanted}.")
        local.append(column)
    return tuple(local)


def _sheet(node: _Node, columns: dict[str, Column], local: tuple[Column, ...]) -> SheetLayout:
    fields = node.fields("a sheet", needed={"name", "list", "title", "columns"}, allowed={"spellings"})
    kind = fields["list"].text("list")
    if kind not in set(ListKind):
        fields["list"].refuse(f"there is no list “{kind}”. Lists: {', '.join(ListKind)}.")
    keys = []
    for item in fields["columns"].items("columns"):
        key = item.text("a column")
        if key not in columns:
            item.refuse(f"there is no column “{key}”.")
        keys.append(key)
    together = [*(columns[key] for key in keys), *local]
    headers = [key_of(word) for column in together for word in (column.header, *column.spellings)]
    _refuse_twice(fields["columns"], headers, "header")
    if "unique_id" not in keys:
        fields["columns"].refuse("each sheet needs the column unique_id.")
    return SheetLayout(
        name=fields["name"].text("name"),
        kind=ListKind(kind),
        title=fields["title"].text("title"),
        columns=tuple(columns[key] for key in keys),
        local=local,
        spellings=fields["spellings"].texts("a spelling") if "spellings" in fields else (),
    )


def _optional_day(fields: dict[str, _Node], name: str) -> date | None:
    return fields[name].day(name) if name in fields else None


def _refuse_twice(node: _Node, words: list[str], what: str) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            node.refuse(f"the {what} “{word}” stands twice.")
        seen.add(word)
