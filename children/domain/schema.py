"""A published layout of person-level lists: sheets, columns, codes. Data, never a constant in code."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from children.domain.words import key_of


class ListKind(StrEnum):
    """Which of the two lists a sheet is; the published rules are numbered by it (1xx and 2xx)."""

    EHC_PLAN = "ehc_plan"
    SEN_SUPPORT = "sen_support"


class ColumnType(StrEnum):
    IDENTIFIER = "identifier"
    UPN = "upn"
    ULN = "uln"
    URN = "urn"
    DATE = "date"
    CODE = "code"
    COUNT = "count"
    PERCENT = "percent"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of a code list, with the days on which it may be used (None is open) and what else is taken for it.

    `ages` are the first and last completed years of age that go with it, where it goes with an age at all.
    """

    code: str
    label: str
    spellings: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    ages: tuple[int, int] | None = None

    def is_in_force(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    name: str
    title: str
    codes: tuple[Code, ...]
    by_spelling: dict[str, Code] = field(init=False, repr=False, compare=False)
    by_code: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spellings = {key_of(word): code for code in self.codes for word in (code.code, code.label, *code.spellings)}
        object.__setattr__(self, "by_spelling", spellings)
        object.__setattr__(self, "by_code", {code.code: code for code in self.codes})

    def find(self, text: str) -> Code | None:
        return self.by_spelling.get(key_of(text))

    def sentence(self) -> str:
        """The accepted codes in words, for a message."""
        return ", ".join(
            code.code if key_of(code.code) == key_of(code.label) else f"{code.code} ({code.label})"
            for code in self.codes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. `key` is the meaning, by which rules find it; `header` is the text as published.

    `spellings` are accepted for it by the layout, `mapped` because somebody of this council confirmed them.
    """

    key: str
    header: str
    type: ColumnType
    codes: CodeList | None = None
    spellings: tuple[str, ...] = ()
    mapped: tuple[str, ...] = ()
    note: str = ""


class LocalKey(StrEnum):
    """What a council may keep beside the published columns, for its own work: never given to inspectors."""

    OFFICER = "responsible_officer"
    TEAM = "responsible_team"
    SOURCE = "source"
    AS_AT = "as_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """`columns` as published, in their order; `local` the council's own, wherever they stand, keyed by `LocalKey`."""

    name: str
    kind: ListKind
    title: str
    columns: tuple[Column, ...]
    spellings: tuple[str, ...] = ()
    local: tuple[Column, ...] = ()
    mapped: tuple[str, ...] = ()
    by_key: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})

    @property
    def is_mapped_from(self) -> frozenset[str]:
        """The keys of the names that stand for this sheet because somebody confirmed them."""
        return frozenset(map(key_of, self.mapped))

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.by_key)

    def column(self, key: str) -> Column:
        return self.by_key[key]

    def header(self, key: str) -> str:
        return self.column(key).header


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSchema:
    """One dated layout with its source. `confirmed_on` is empty until somebody held it against the publication."""

    code: str
    title: str
    source: str
    confirmed_on: date | None
    in_force_from: date | None
    in_force_to: date | None
    notes: tuple[str, ...]
    sheets: tuple[SheetLayout, ...]
    code_lists: tuple[CodeList, ...]
    ignored_sheets: tuple[str, ...] = ()
    local_columns: tuple[Column, ...] = ()

    def is_ignored(self, name: str) -> bool:
        """Sheets that may stand in a workbook and hold no list, such as the issues that sendready itself adds."""
        return key_of(name) in {key_of(word) for word in self.ignored_sheets}

    def sheet(self, name: str) -> SheetLayout:
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def sheet_for(self, name: str) -> SheetLayout | None:
        """The sheet that a workbook calls `name`, forgiving the accepted spellings."""
        wanted = key_of(name)
        for sheet in self.sheets:
            if wanted in {key_of(word) for word in (sheet.name, *sheet.spellings)}:
                return sheet
        return next((sheet for sheet in self.sheets if wanted in sheet.is_mapped_from), None)
