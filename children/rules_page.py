"""The page docs/rules.md: every rule in a table, made from the tables in the code."""

from children.domain.rules import RULES
from children.domain.rules.reading import READING_RULES
from children.domain.rules.rule import Need, Rule
from children.domain.schema import ListKind, ListSchema

_TITLES = {ListKind.EHC_PLAN: "EHC plans", ListKind.SEN_SUPPORT: "SEN support"}
_NEEDS = {
    Need.OTHER_LIST: "Compares with the other list; not run without it.",
    Need.EARLIER_UPLOAD: "Asked when there is an upload before.",
    Need.TODAY: "Held against today's date.",
}


def rules_page(schema: ListSchema) -> str:
    """Markdown. `python manage.py write_rules_page` writes it; a test tells when it is out of date."""
    lines = [
        "# The rules of the person-level lists",
        "",
        "Made by `manage.py write_rules_page` from `children/domain/rules/`; do not edit it by hand.",
        "",
        f"{len(RULES)} rules are asked of the rows, and {len(READING_RULES)} findings tell what reading the workbook "
        "itself found wrong. A rule whose column or sheet is missing is *not run*, which is never taken for passed.",
        "Codes without a letter are those of the sector's validator. An error has to be mended; a query has to be "
        "looked at, and may be right.",
    ]
    for layout in schema.sheets:
        lines += [
            "",
            f"## {layout.name}: {_TITLES[layout.kind]}",
            "",
            "| code | level | column | what is wrong | what to do |",
            "|---|---|---|---|---|",
        ]
        lines += [_line(rule, schema) for rule in RULES if rule.list_kind is layout.kind]
    lines += ["", "## What reading finds", "", "| name | level | what is wrong | what to do |", "|---|---|---|---|"]
    lines += [
        f"| {rule.code} | {rule.level.value} | {_cell(rule.wrong)} | {_cell(rule.fix)} |" for rule in READING_RULES
    ]
    lines += ["", "## Where the rules come from", ""]
    sources: dict[str, list[str]] = {}
    for rule in RULES:
        sources.setdefault(rule.source.value, []).append(rule.code)
    lines += [f"- {source[0].upper()}{source[1:]}: {', '.join(codes)}." for source, codes in sources.items()]
    return "\n".join(lines) + "\n"


def _line(rule: Rule, schema: ListSchema) -> str:
    layout = next(sheet for sheet in schema.sheets if sheet.kind is rule.list_kind)
    headers = ", ".join(layout.header(key) for key in rule.columns) or "any"
    more = "".join(f" {_NEEDS[need]}" for need in sorted(rule.needs))
    softer = " A query where the child is home educated." if rule.softer else ""
    return f"| {rule.code} | {rule.level.value} | {headers} | {rule.wrong} | {rule.fix}{softer}{more} |"


def _cell(text: str) -> str:
    return text.replace("{", "*").replace("}", "*").replace("|", "\\|")
