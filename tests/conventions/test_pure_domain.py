"""`domain/` decides from values alone (house style 2): no framework, clock, settings, I/O or chance."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.glob("*/domain/**/*.py"))
FORBIDDEN = {"django", "celery", "random", "secrets", "uuid", "time", "openpyxl", "zipfile", "weasyprint", "os"}
CLOCKS = {"now", "today", "utcnow"}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_domain_module_imports_nothing_impure(module: Path) -> None:
    tree = ast.parse((ROOT / module).read_text())

    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    clocks = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    }

    assert not imported & FORBIDDEN
    assert not clocks
