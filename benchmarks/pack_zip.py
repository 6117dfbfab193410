"""How long a whole pack of 300 documents and 1 GB takes, against the least that copying and summing them costs.

Run `.venv/bin/python -m benchmarks.pack_zip [--documents 300] [--megabytes 1024]`. It works in a folder of its own
under SENDREADY_VAR and removes it. The bar: within 1.5 times of the plain copy, peak under 300 MB.

Both sides read the same stored files, write a stored ZIP whose sum is known when it is written, and flush it to the
disk. The pack does the rest as well: each document's own sum is checked, and index, manifest and sums are made.
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
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, cast

BLOCK = 1024 * 1024


class Summing:
    """A stream that can't seek, so that the archive is written once and summed on the way."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.sha = out, hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.sha.update(piece)
        return self.out.write(piece)

    def flush(self) -> None:
        self.out.flush()


def plain_copy(sources: list[Path], out: Path) -> str:
    """The yardstick: the bytes of each file into a stored ZIP, SHA-256 over the whole in the same pass, flushed."""
    with out.open("wb") as file:
        summing = Summing(file)
        with zipfile.ZipFile(cast(Any, summing), "w", zipfile.ZIP_STORED) as archive:
            for source in sources:
                info = zipfile.ZipInfo(source.name, (1980, 1, 1, 0, 0, 0))
                with source.open("rb") as held, archive.open(info, "w") as entry:
                    shutil.copyfileobj(held, entry, BLOCK)
        file.flush()
        os.fsync(file.fileno())
    return summing.sha.hexdigest()


class Making:
    """Progress that nobody reads; parts are made anew each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, progress: float, stage: str = "") -> None:
        pass

    def keep(self, name: str, make: Callable[[Path], None]) -> Path:
        path = self.folder / name
        make(path)
        return path


def pack(gathered: Any, out: Path) -> None:
    """The export as the worker makes it, from the gathered values to the stored file."""
    from documents import files
    from inspection.pack_export import write_pack

    written = write_pack(gathered, out, Making(out.parent))
    files.put_whole(out, sha256=written.sha256, size=written.size, is_vaulted=False)


def index_of(gathered: Any, out: Path) -> None:
    """The index alone, drawn in this process; the pack draws it in a second one while it copies."""
    from documents.press.pdf_drawing import draw
    from inspection.domain.packs.plan import plan
    from inspection.pack_export import _index

    out.write_bytes(draw(_index(gathered.inputs, plan(gathered.inputs), ())))


def gathered_pack(stored: list[Any]) -> Any:
    """One item for each document, approved."""
    from inspection.domain.packs.contents import PackFile, PackInputs, PackItem, PackVersion
    from inspection.domain.packs.names import DEFAULT_PATTERN
    from inspection.domain.submissions import Answer
    from inspection.gather.packs import GatheredPack

    day = date(2026, 11, 1)

    def item(number: int, each: Any) -> PackItem:
        file = PackFile(
            stored_id=number,
            sha256=each.sha256,
            size=each.size,
            original_name=each.original_name,
            title=f"Document {number}",
            content_type="application/pdf",
        )
        version = PackVersion(
            submission_id=number,
            number=1,
            answer=Answer.FILES,
            none_reason="",
            link="",
            note="",
            as_at_on=day,
            approved_by="The LANO",
            approved_on=day,
            files=(file,),
        )
        return PackItem(
            item_id=number,
            code=f"item-{number:03}",
            title=f"Request item {number}",
            group=f"Group {number // 30}",
            deadline="Annex A documents",
            owner="Somebody of the SEND team",
            version=version,
        )

    inputs = PackInputs(
        area="Wexcombe",
        area_code="WEXCOMBE",
        partnership="Wexcombe SEND partnership",
        marking="OFFICIAL-SENSITIVE",
        occasion="A benchmark",
        parts=("annex-a",),
        part_titles=("Annex A documents",),
        pattern=DEFAULT_PATTERN,
        as_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
        fingerprint="0" * 64,
        items=tuple(item(number, each) for number, each in enumerate(stored)),
    )
    return GatheredPack(inputs=inputs, stored=dict(enumerate(stored)), submissions={}, items={})


def keep_documents(folder: Path, number: int, size: int) -> list[Any]:
    """Random bytes in the store, as an upload leaves them."""
    from documents import files

    kept = []
    for n in range(number):
        path = folder / f"document-{n:03}.pdf"
        path.write_bytes(secrets.token_bytes(size))
        with path.open("rb") as source:
            sha256, length = files.digest(source)
            where = files.put(source, sha256=sha256, size=length, is_vaulted=False)
        path.unlink()
        kept.append(
            SimpleNamespace(
                path=where, sha256=sha256, size=length, original_name=path.name, has_bytes=True, is_vaulted=False
            )
        )
    return kept


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
    """Both once unmeasured, so that neither pays for a cold cache; then turn by turn, the medians."""
    stored = keep_documents(folder, number, megabytes * BLOCK // number)
    sources = [folder / "files" / each.path for each in stored]
    gathered = gathered_pack(stored)
    copies, packs, indexes = [], [], []
    for _ in range(runs + 1):
        copies.append(timed(lambda: plain_copy(sources, folder / "copy.zip")))
        (folder / "copy.zip").unlink()
        packs.append(timed(lambda: pack(gathered, folder / "pack.zip")))
        shutil.rmtree(folder / "files" / "exports")
        indexes.append(timed(lambda: index_of(gathered, folder / "index.pdf")))
    copy, ours = sorted(copies[1:])[runs // 2], sorted(packs[1:])[runs // 2]
    index = sorted(indexes[1:])[runs // 2]
    peak, beside = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"plain copy {copy:.2f} s · whole pack {ours:.2f} s, {ours / copy:.2f} times · the index alone, in one process "
        f"{index:.2f} s · peak {peak} MB, and {beside} MB in the process that draws the index"
    )


def timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
