"""Who may touch what (house style 1, 2, 7). import-linter keeps the order of the apps; this keeps the rest."""

import ast

from tests.harness.source import ROOT, modules, top_imports, tree

FILE_WRITERS = {"openpyxl", "xlsxwriter", "rustpy_xlsxwriter", "weasyprint", "pikepdf", "docxtpl", "docx", "pptx"}
RESPONSES_OF_FILES = {"FileResponse", "StreamingHttpResponse"}


def test_only_documents_imports_file_writers():
    offenders = {
        f"{path}: {name}"
        for path in modules()
        if path.parts[0] != "documents"
        for name in top_imports(path) & FILE_WRITERS
    }

    assert not offenders


def test_only_documents_writes_archives():
    offenders = {
        f"{path}:{call.lineno}"
        for path in modules()
        if path.parts[0] != "documents"
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and _opens_archive_to_write(call)
    }

    assert not offenders


def _opens_archive_to_write(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    modes = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "mode")]
    return name == "ZipFile" and any(isinstance(mode, ast.Constant) and mode.value != "r" for mode in modes)


def test_pandas_stays_with_lists_and_figures():
    offenders = [
        str(path)
        for path in modules()
        if path.parts[0] not in ("children", "indicators") and "pandas" in top_imports(path)
    ]

    assert not offenders


def test_pandas_is_imported_late():
    offenders = [
        str(path)
        for path in modules()
        for node in tree(path).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "pandas" in ast.unparse(node)
    ]

    assert not offenders, "pandas takes half a second to import: import it inside the function that needs it"


def test_only_the_guarded_download_sends_files():
    # The audit trail lies beneath the store and writes its own line when it is taken out.
    allowed = {"documents/responses.py", "accounts/views/trail.py"}
    offenders = {
        f"{path}: {node.id}"
        for path in modules()
        if str(path) not in allowed
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id in RESPONSES_OF_FILES
    }

    assert not offenders, "every download goes through documents.responses.download, which logs it"


def test_each_app_says_what_it_takes_decides_and_gives():
    offenders = [
        app.name
        for app in (path.parent for path in ROOT.glob("*/apps.py"))
        if not all(word in (ast.get_docstring(tree(app.relative_to(ROOT) / "__init__.py")) or "") for word in WORDS)
    ]

    assert not offenders


WORDS = ("Takes:", "Decides:", "Gives:")
