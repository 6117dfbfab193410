"""How long a pack of 300 documents and 1 GB takes, against the least that copying and summing them costs.

Run `.venv/bin/python -m benchmarks.pack_zip [--documents 300] [--megabytes 1024]`. It works in a folder of its own
under SENDREADY_VAR and removes it. The bar: within 1.5 times of the plain copy, peak under 300 MB.
"""

import argparse
import hashlib
import os
import resource
import secrets
import shutil
import tempfile
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

BLOCK = 1024 * 1024


def plain_copy(sources: list[Path], out: Path) -> str:
    """The yardstick: the bytes of each file into a stored ZIP, and SHA-256 over the whole."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for source in sources:
            archive.write(source, source.name)
    sha = hashlib.sha256()
    with out.open("rb") as written:
        while block := written.read(BLOCK):
            sha.update(block)
    return sha.hexdigest()


def pack(stored: list[Any], out: Path) -> None:
    """What an export does: each document through the store, its own sum checked, the whole summed on the way out."""
    from documents import files
    from documents.press.zip import ZipWriter

    with ZipWriter(out) as archive:
        for each in stored:
            with files.open_stored(each) as source:
                if archive.add(each.original_name, source, size=each.size).sha256 != each.sha256:
                    raise SystemExit("a document was damaged on the way")
    files.put_whole(out, sha256=archive.written.sha256, size=archive.written.size, is_vaulted=False)


def make_documents(folder: Path, number: int, size: int) -> list[Path]:
    made = []
    for n in range(number):
        path = folder / f"document-{n:03}.pdf"
        path.write_bytes(secrets.token_bytes(size))
        made.append(path)
    return made


def keep(path: Path) -> Any:
    from documents import files

    with path.open("rb") as source:
        sha256, size = files.digest(source)
        where = files.put(source, sha256=sha256, size=size, is_vaulted=False)
    return SimpleNamespace(
        path=where, sha256=sha256, size=size, original_name=path.name, has_bytes=True, is_vaulted=False
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--runs", type=int, default=3)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pack-zip-", dir=os.environ.get("SENDREADY_VAR")))
    os.environ["SENDREADY_VAR"] = str(folder)
    os.environ.setdefault("SENDREADY_SECRET_KEY", secrets.token_hex(32))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendready.settings")
    import django

    django.setup()
    try:
        measure(folder, wanted.documents, wanted.megabytes, wanted.runs)
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, number: int, megabytes: int, runs: int) -> None:
    sources = make_documents(folder, number, megabytes * BLOCK // number)
    stored = [keep(path) for path in sources]
    copies, packs = [], []
    for _ in range(runs):
        copies.append(timed(lambda: plain_copy(sources, folder / "copy.zip")))
        (folder / "copy.zip").unlink()
        packs.append(timed(lambda: pack(stored, folder / "pack.zip")))
        shutil.rmtree(folder / "files" / "exports")
    copy, ours = sorted(copies)[runs // 2], sorted(packs)[runs // 2]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"plain copy {copy:.2f} s · pack {ours:.2f} s · {ours / copy:.2f} times · peak {peak} MB")


def timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
