"""Kinds of export that only tests order: `SENDREADY_EXPORT_KINDS=tests.harness.export_kinds.KINDS`."""

import hashlib
import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from accounts.domain.roles import Permission
from accounts.permissions import check_permission
from documents.exports import ExportKind, Offer
from documents.press.zip import ZipWriter

TABLE = f"{__name__}.KINDS"
AS_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
# What the inputs are "now"; a test changes it to make earlier exports out of date.
EDITION = {"now": "first"}


@dataclass(frozen=True)
class Words:
    text: str
    steps: int = 1
    pause: float = 0.0
    as_at: datetime = AS_AT

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{self.text}{EDITION['now']}".encode()).hexdigest()


def gather(params):
    return Words(**params)


def check(user, params):
    check_permission(user, Permission.PREPARE_PACK)


def write(inputs, out, beat):
    with ZipWriter(out) as archive:
        for step in range(inputs.steps):
            beat(100 * step / inputs.steps, f"Writing part {step + 1} of {inputs.steps}")
            time.sleep(inputs.pause)
            archive.add_bytes(f"{step:03}.txt", f"{inputs.text} {step}\n".encode() * 1000)
    return archive.written


def write_kept(inputs, out, beat):
    """As `write`, but each part is a finished file that another attempt finds again."""
    with ZipWriter(out) as archive:
        for step in range(inputs.steps):
            beat(100 * step / inputs.steps, f"Writing part {step + 1} of {inputs.steps}")

            def make(path, step=step):
                time.sleep(inputs.pause)
                path.write_text(f"{inputs.text} {step}\n" * 1000)

            archive.add_bytes(f"{step:03}.txt", beat.keep(f"{step:03}.txt", make).read_bytes())
    return archive.written


def write_in_one_step(inputs, out, beat):
    beat(10, "One long step")
    time.sleep(inputs.pause)
    out.write_text(inputs.text)


def write_badly(inputs, out, beat):
    raise ValueError("a traceback that people never see")


PLAIN = ExportKind(
    code="words",
    title="Words",
    sentence="Some words in an archive.",
    extension=".zip",
    content_type="application/zip",
    check=check,
    gather=gather,
    write=write,
    fingerprint_now=lambda params: Words(**params).fingerprint,
    offers=lambda user: (
        [Offer(title="Words", sentence="Ten words.", params={"text": "ten words"})]
        if Permission.PREPARE_PACK in user.permissions
        else []
    ),
)
KINDS = {
    kind.code: kind
    for kind in (
        PLAIN,
        replace(PLAIN, code="kept", title="Kept parts", write=write_kept, offers=lambda user: []),
        replace(PLAIN, code="long", title="One long step", write=write_in_one_step, offers=lambda user: []),
        replace(
            PLAIN,
            code="taken",
            title="Taken by more than may order it",
            check=lambda user, params: None,
            check_order=check,
            offers=lambda user: [],
        ),
        replace(PLAIN, code="bad", title="Fails", write=write_badly, offers=lambda user: []),
        replace(
            PLAIN,
            code="secret",
            title="Secret words",
            is_child_data=True,
            asks_password=True,
            offers=lambda user: [],
            check=lambda user, params: check_permission(user, Permission.EXPORT_CHILD_ROWS),
        ),
    )
}


def digest_of(text: str, steps: int) -> str:
    """The SHA-256 that a whole export of `write` must have, made here without the engine."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        return write(Words(text, steps), Path(folder) / "out.zip", lambda *_: None).sha256


def params(text: str = "hello", **more):
    return json.loads(json.dumps({"text": text} | more))
