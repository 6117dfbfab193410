"""YAML with line numbers: every fault of a file is told with its line and its reason, all at once."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

import yaml

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
CODE_LENGTH = 60
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One reason why a file can't be used."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


class UnusableFile(Exception):
    """Everything that is wrong with a file, or with the files of a folder."""

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(slots=True)
class Faults:
    """Collects the faults of one file while it is read."""

    file: str
    found: list[Fault] = field(default_factory=list)
    entries_by_code: dict[str, dict[str, "Entry"]] = field(default_factory=dict)

    def add(self, line: int, reason: str) -> None:
        self.found.append(Fault(self.file, line, reason))

    def stop_if_any(self) -> None:
        if self.found:
            raise UnusableFile(self.found)


def read_entry(path: Path, *, name: str = "") -> tuple["Entry", Faults]:
    """The mapping at the top of a YAML file. Raises UnusableFile when there is none."""
    shown = name or path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnusableFile([Fault(shown, 1, f"The file can't be read: {error.strerror}.")]) from None
    except UnicodeDecodeError:
        raise UnusableFile([Fault(shown, 1, "The file isn't UTF-8 text. Save it as UTF-8.")]) from None
    return parse_entry(text, name=shown)


def parse_entry(text: str, *, name: str) -> tuple["Entry", Faults]:
    """The mapping at the top of a YAML text. Raises UnusableFile when there is none."""
    faults = Faults(name)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it can't be parsed"
        raise UnusableFile([Fault(name, mark.line + 1 if mark else 1, f"This isn't YAML: {problem}.")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise UnusableFile([Fault(name, 1, "The file has to start with names and values, such as “code: …”.")])
    return Entry(node, faults, "the file"), faults


class Entry:
    """One mapping. Each reader takes a key once, notes what is wrong with it, and gives back something usable."""

    def __init__(self, node: yaml.MappingNode, faults: Faults, what: str) -> None:
        self.faults = faults
        self.what = what
        self.line = node.start_mark.line + 1
        self.nodes: dict[str, yaml.Node] = {}
        self.lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in self.nodes:
                faults.add(line, f"“{key}” stands twice in {what}. Keep one.")
            self.nodes[key] = value_node
            self.lines[key] = line
        self.taken: set[str] = set()

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)

    def fault(self, key: str, reason: str) -> None:
        self.faults.add(self.line_of(key), reason)

    def _scalar(self, key: str, *, required: bool) -> str:
        """The written characters of a value, so that 12:00, no and 2023 stay what they look like."""
        self.taken.add(key)
        node = self.nodes.get(key)
        if isinstance(node, yaml.ScalarNode) and node.tag != NULL and node.value.strip():
            return str(node.value)
        if node is not None and not isinstance(node, yaml.ScalarNode):
            self.fault(key, f"“{key}” has to be one value, not a list or a group.")
        elif required:
            self.fault(key, f"“{key}” is missing in {self.what}.")
        return ""

    def text(self, key: str, *, required: bool = False, longest: int = 0) -> str:
        value = self._scalar(key, required=required)
        if longest and len(value) > longest:
            self.fault(key, f"“{key}” has {len(value)} characters; {longest} is the most.")
        return value

    def code(self, key: str = "code") -> str:
        value = self._scalar(key, required=True)
        if value and (not CODE.fullmatch(value) or len(value) > CODE_LENGTH):
            self.fault(key, f"“{value}” isn't a code. Use letters, digits, dots and hyphens, {CODE_LENGTH} at most.")
        return value

    def own_code(self, kind: str, key: str = "code") -> str:
        """The code of this entry, which stands once among its kind."""
        value = self.code(key)
        entries = self.faults.entries_by_code.setdefault(kind, {})
        if value and value in entries:
            first = entries[value].line_of(key)
            self.fault(key, f"The {kind} “{value}” stands twice: first on line {first}. Give one another code.")
        elif value:
            entries[value] = self
        return value

    def choice(self, key: str, allowed: Collection[str], *, required: bool = True, default: str = "") -> str:
        value = self._scalar(key, required=required)
        if value and value not in allowed:
            known = ", ".join(word for word in allowed if word)
            self.fault(key, f"“{value}” isn't known as “{key}”. Choose from: {known}.")
        return value or default

    def flag(self, key: str) -> bool:
        value = self._scalar(key, required=False).lower()
        if value not in {"", "true", "false"}:
            self.fault(key, f"“{key}” has to be true or false, not “{value}”.")
        return value == "true"

    def whole(self, key: str, *, required: bool = False, least: int = -999, most: int = 9999) -> int | None:
        value = self._scalar(key, required=required)
        if not value:
            return None
        if not re.fullmatch(r"-?\d{1,9}", value):
            self.fault(key, f"“{key}” has to be a whole number, not “{value}”.")
            return None
        if not least <= int(value) <= most:
            self.fault(key, f"“{key}” has to be between {least} and {most}, not {value}.")
        return int(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        value = self._scalar(key, required=required)
        if not value:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError  # one message for a wrong shape and for an impossible day
            return date.fromisoformat(value)
        except ValueError:
            self.fault(key, f"“{value}” isn't a day. Write it as 2026-11-30.")
            return None

    def clock(self, key: str) -> time | None:
        value = self._scalar(key, required=False)
        if not value:
            return None
        if not (match := TIME.fullmatch(value)):
            self.fault(key, f"“{value}” isn't a time. Write it as '09:30', in quotes.")
            return None
        return time(int(match[1]), int(match[2]))

    def _sequence(self, key: str, *, required: bool) -> list[yaml.Node]:
        self.taken.add(key)
        node = self.nodes.get(key)
        if isinstance(node, yaml.SequenceNode):
            if required and not node.value:
                self.fault(key, f"“{key}” is empty.")
            return list(node.value)
        if node is not None and node.tag != NULL:
            self.fault(key, f"“{key}” has to be a list: lines that start with “- ”.")
        elif required:
            self.fault(key, f"“{key}” is missing in {self.what}.")
        return []

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        found = []
        for node in self._sequence(key, required=required):
            if isinstance(node, yaml.ScalarNode) and node.tag != NULL:
                found.append(str(node.value))
            else:
                self.faults.add(node.start_mark.line + 1, f"Each line of “{key}” has to be one value.")
        return tuple(found)

    def entries(self, key: str, *, what: str = "", required: bool = False) -> list["Entry"]:
        found = []
        for node in self._sequence(key, required=required):
            if isinstance(node, yaml.MappingNode):
                found.append(Entry(node, self.faults, what or f"this entry of “{key}”"))
            else:
                self.faults.add(node.start_mark.line + 1, f"Each entry of “{key}” has to hold names and values.")
        return found

    def entry(self, key: str, *, required: bool = False) -> "Entry | None":
        self.taken.add(key)
        node = self.nodes.get(key)
        if isinstance(node, yaml.MappingNode):
            return Entry(node, self.faults, f"“{key}”")
        if node is not None:
            self.fault(key, f"“{key}” has to hold names and values.")
        elif required:
            self.fault(key, f"“{key}” is missing in {self.what}.")
        return None

    def finish(self) -> None:
        """Call it after the last key: what nobody asked for is a slip of the pen."""
        for key in self.nodes:
            if key not in self.taken:
                known = ", ".join(sorted(self.taken))
                self.fault(key, f"“{key}” isn't known in {self.what}. Known are: {known}.")
