"""What may stand in a committed file, and what may not."""

import re
import tomllib

from tests.harness.source import ROOT, committed, modules, text_files

LONGEST = 400
LONG_BY_NATURE = {".txt", ".json", ".yaml", ".yml", ".md", ".csv", ".svg"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "service", "services"}
# Put together here, so that this file does not find itself.
LEFT_OPEN = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
LOCAL_PATH = re.compile(r"(?<![\w.}/-])/(" + "|".join(("ho" + "me", "ro" + "ot", "wo" + "rk", "Us" + "ers")) + r")/\w")
REGISTRY = re.compile(
    "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", r"docker\.io/"))
)
SUPPRESSION = re.compile(r"#\s*(noqa|type: ignore|nosec|pragma:)")
SUPPRESSION_WITH_REASON = re.compile(
    r"#\s*(pragma: no cover|noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\]|nosec [B\d, ]+)\s*(#|-|–)\s*\w+"
)


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}"
        for path in text_files()
        for number, line in enumerate((ROOT / path).read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_left_open():
    assert not lines_with(LEFT_OPEN)


def test_no_path_of_a_machine_is_committed():
    assert not lines_with(LOCAL_PATH)


def test_no_registry_is_named():
    assert not lines_with(REGISTRY)


def test_requirements_hold_hashes_and_no_address():
    files = [path for path in committed() if re.fullmatch(r"requirements.*\.txt", path.name)]
    text = {path: (ROOT / path).read_text() for path in files}

    assert files
    assert not [str(path) for path in files if re.search(r"://|--extra-index-url|--find-links|--index-url", text[path])]
    assert not [str(path) for path in files if "--hash=sha256:" not in text[path]]


def test_package_lock_holds_no_address():
    locks = [path for path in committed() if path.name == "package-lock.json"]

    assert not [str(path) for path in locks if '"resolved"' in (ROOT / path).read_text()]


def test_no_lock_file_with_hosts_and_no_generated_file_is_committed():
    unwanted = re.compile(r"(^|/)(uv\.lock|node_modules|\.venv|var|build)(/|$)|\.(sqlite3|pyc|map|min\.js|min\.css)$")

    assert not [str(path) for path in committed() if unwanted.search(str(path))]


def test_each_dependency_says_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    settings = tomllib.loads("\n".join(lines))
    named = [*settings["project"]["dependencies"], *settings["dependency-groups"]["dev"]]
    offenders = [
        name for name in named if not any(f'"{name}"' in line and re.search(r'",\s*# \w+', line) for line in lines)
    ]

    assert not offenders


def test_files_are_short():
    offenders = {
        f"{path}: {length} lines"
        for path in text_files()
        if path.suffix not in LONG_BY_NATURE
        and "migrations" not in path.parts
        and (length := (ROOT / path).read_text(errors="replace").count("\n")) > LONGEST
    }

    assert not offenders, "split it by noun"


def test_modules_are_named_for_what_they_hold():
    offenders = [str(path) for path in committed() if path.suffix == ".py" and VAGUE_NAMES & {path.stem, *path.parts}]

    assert not offenders


def test_digits_are_asked_for_as_int_reads_them():
    """“²” is a digit and no number: what goes on to int() is asked with isdecimal()."""
    offenders = [str(path) for path in modules() if ".isdigit()" in (ROOT / path).read_text()]

    assert not offenders


def test_suppressions_carry_a_reason():
    offenders = [
        f"{path}:{number}"
        for path in text_files()
        if path.suffix == ".py" and path.name != "test_repository.py"
        for number, line in enumerate((ROOT / path).read_text().splitlines(), 1)
        if SUPPRESSION.search(line) and not SUPPRESSION_WITH_REASON.search(line)
    ]

    assert not offenders


def test_no_code_knows_the_worked_example():
    name = "south" + "ampton"
    code = [path for path in text_files() if path.suffix == ".py" and path.parts[0] not in ("tests", "script")]

    assert not [str(path) for path in code if name in (ROOT / path).read_text().lower()]
