"""The project's own source, as the convention tests read it."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "documents",
    "framework",
    "evidence",
    "children",
    "indicators",
    "strategy",
    "selfeval",
    "inspection",
    "sendready",
)
BINARY = {".png", ".jpg", ".ico", ".pdf", ".xlsx", ".ods", ".docx", ".zip", ".gz", ".woff2"}


@functools.cache
def committed() -> tuple[Path, ...]:
    """Every file in version control or about to be, relative to the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()))


def text_files() -> Iterator[Path]:
    return (path for path in committed() if path.suffix not in BINARY and not (ROOT / path).is_symlink())


def modules(*, app: str | None = None, room: str | None = None) -> list[Path]:
    """Python modules of the apps, migrations left out; `room` is a module or package inside an app, as `actions`."""
    return [
        path
        for path in committed()
        if path.suffix == ".py"
        and path.parts[0] in ([app] if app else APPS)
        and "migrations" not in path.parts
        and (room is None or room in (*path.parts[1:-1], path.stem))
    ]


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def imports(path: Path) -> set[str]:
    """The dotted names that a module imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module or ''}.{alias.name}" for alias in node.names}
    return names


def top_imports(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}
