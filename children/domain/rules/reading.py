"""What reading a workbook can find wrong before any rule is asked. These fail loudly and by name."""

from dataclasses import dataclass

from children.domain.rows import Level, RowFinding


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """A finding of the reader; it belongs to no list. `wrong` is completed with names when it is raised."""

    code: str
    level: Level
    wrong: str
    fix: str


UNREADABLE_VALUE = ReadingRule(
    "unreadable value", Level.ERROR, "This value can't be used: {reason}.", "Correct it in the source system."
)
UNKNOWN_COLUMN = ReadingRule(
    "unknown column",
    Level.ERROR,
    "Column {letters} of {sheet} has the header “{header}”, which the layout doesn't know{hint}.",
    "Rename it to the published header, or take it out.",
)
REPEATED_COLUMN = ReadingRule(
    "repeated column",
    Level.ERROR,
    "The header “{header}” stands over more than one column of {sheet} ({letters}); nobody can tell which is meant.",
    "Keep one of them.",
)
MISSING_COLUMN = ReadingRule(
    "missing column",
    Level.ERROR,
    "{sheet} has no column “{header}”. The rules that need it were not run.",
    "Add the column with exactly this header.",
)
UNKNOWN_SHEET = ReadingRule(
    "unknown sheet",
    Level.ERROR,
    "The workbook has a sheet “{sheet}”, which the layout doesn't know. Nothing on it was checked.",
    "Rename it to {names}, or take it out.",
)
MISSING_SHEET = ReadingRule(
    "missing sheet",
    Level.ERROR,
    "The sheet {sheet} is missing. Its rules were not run.",
    "Add the sheet, or rename the one that holds this list to {sheet}.",
)
REPEATED_SHEET = ReadingRule(
    "repeated sheet",
    Level.ERROR,
    "More than one sheet stands for {sheet}: “{names}”. Only the first was checked.",
    "Keep one of them.",
)
HIDDEN_SHEET = ReadingRule(
    "hidden sheet",
    Level.ERROR,
    "The sheet “{sheet}” is hidden. It was checked, and whoever receives the file can unhide it.",
    "Show it, or take it out.",
)
NO_HEADERS = ReadingRule(
    "missing header row",
    Level.ERROR,
    "No row among the first {looked} of {sheet} holds the published headers. Nothing on it could be checked.",
    "Put the published headers into row 1.",
)
EMPTY_SHEET = ReadingRule(
    "empty sheet",
    Level.ERROR,
    "{sheet} has headers and no rows.",
    "Export the list again; if nobody belongs on it, be ready to explain.",
)
TEXT_ABOVE = ReadingRule(
    "text above the headers",
    Level.QUERY,
    "The headers of {sheet} stand in row {row}; the rows above were not read as children.",
    "Delete the rows above: the headers belong in row 1.",
)
SECOND_HEADERS = ReadingRule(
    "second header row",
    Level.ERROR,
    "This row repeats the headers and was not read as a child.",
    "Delete it.",
)
BLANK_ROWS = ReadingRule(
    "blank rows",
    Level.QUERY,
    "{number} between the rows of {sheet}, before this one.",
    "Delete the blank rows: some tools stop reading there.",
)
MERGED_CELLS = ReadingRule(
    "merged cells",
    Level.ERROR,
    "Cells {cells} of {sheet} are merged, so that all but the first of them read as blank.",
    "Unmerge them and fill in each cell.",
)

MAPPED_COLUMN = ReadingRule(
    "mapped column",
    Level.QUERY,
    "Column {letters} of {sheet}, “{header}”, was read as “{column}”, because somebody confirmed that it means this.",
    "If it does not, change the mapping of headers and read the lists again.",
)
MAPPED_SHEET = ReadingRule(
    "mapped sheet",
    Level.QUERY,
    "The sheet “{name}” was read as {sheet}, because somebody confirmed that it means this.",
    "If it does not, change the mapping of headers and read the lists again.",
)
LOCAL_VALUE = ReadingRule(
    "local value",
    Level.QUERY,
    "This value of one of your own columns can't be used: {reason}.",
    "Correct it where the list is made. Inspectors never receive this column.",
)
REPEATED_LOCAL = ReadingRule(
    "repeated local column",
    Level.QUERY,
    "Your own column “{header}” stands more than once in {sheet} ({letters}), so none of them was read.",
    "Keep one of them.",
)
HIDDEN_ROWS = ReadingRule(
    "hidden rows",
    Level.QUERY,
    "{number} in {sheet}, the first of them this one. They were read and count as children.",
    "Show them and check them, or delete them: whoever receives the file can.",
)
HIDDEN_COLUMN = ReadingRule(
    "hidden column",
    Level.QUERY,
    "The column “{header}” of {sheet} is hidden. It was read.",
    "Show it and check it: whoever receives the file can.",
)
FORMULAS = ReadingRule(
    "formulas",
    Level.QUERY,
    "{number} in {sheet}. What they showed when the workbook was last saved was read.",
    "Replace them by their values, so that nothing changes on the way.",
)

READING_RULES: tuple[ReadingRule, ...] = (
    UNREADABLE_VALUE,
    UNKNOWN_COLUMN,
    REPEATED_COLUMN,
    MISSING_COLUMN,
    UNKNOWN_SHEET,
    MISSING_SHEET,
    REPEATED_SHEET,
    HIDDEN_SHEET,
    NO_HEADERS,
    EMPTY_SHEET,
    TEXT_ABOVE,
    SECOND_HEADERS,
    BLANK_ROWS,
    MERGED_CELLS,
    MAPPED_COLUMN,
    MAPPED_SHEET,
    LOCAL_VALUE,
    REPEATED_LOCAL,
    HIDDEN_ROWS,
    HIDDEN_COLUMN,
    FORMULAS,
)


def raise_reading(
    rule: ReadingRule,
    *,
    sheet: str,
    row: int | None = None,
    unique_id: str = "",
    column: str = "",
    value: str = "",
    words: dict[str, object] | None = None,
) -> RowFinding:
    message = f"{rule.wrong} {rule.fix}".format(**{"sheet": sheet, "row": row} | (words or {}))
    return RowFinding(
        sheet=sheet,
        row=row,
        unique_id=unique_id,
        column=column,
        columns=(column,) if column else (),
        rule=rule.code,
        level=rule.level,
        message=message,
        value=value,
    )
