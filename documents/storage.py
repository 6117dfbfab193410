"""Files on this machine's disk, each there as a whole or not at all."""

import os
import secrets
import shutil
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Writes beside the final name, flushes to disk, then renames: a crash leaves no half a file under a name."""

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]  # not subscriptable at run time
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        try:
            if not _moved(content, partial):
                with partial.open("xb") as out:
                    shutil.copyfileobj(content.file or content, out, 1024 * 1024)
                    out.flush()
                    os.fsync(out.fileno())
            partial.chmod(0o600)
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
        return name


def _moved(content: File, partial: Path) -> bool:  # type: ignore[type-arg]  # not subscriptable at run time
    """Moves what is a whole file on the same disk already; False where it has to be copied."""
    if not hasattr(content, "temporary_file_path"):
        return False
    source = Path(content.temporary_file_path())
    if source.stat().st_dev != partial.parent.stat().st_dev:
        return False
    _flush(source)
    source.replace(partial)
    return True


def _flush_folder(folder: Path) -> None:
    _flush(folder)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
