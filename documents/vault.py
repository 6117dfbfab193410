"""The vault: authenticated encryption in chunks, so that a large file never stands in memory as a whole.

Layout: a header (magic, version, key id, salt, chunk size), then chunks of AES-256-GCM. Each file has its own key,
derived from the storage key and the salt; the nonce is the number of the chunk and a flag for the last one, so that
chunks can't be swapped, dropped or cut off unnoticed. The header is authenticated with every chunk.
"""

import base64
import binascii
import hashlib
import io
import os
import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"SRVAULT"
VERSION = 1
CHUNK = 256 * 1024
TAG = 16
_HEADER = struct.Struct(">7sB8s16sI")


class VaultUnavailable(Exception):
    """There is no usable storage key, or it is not the one that this file was stored under."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Damaged(Exception):
    """The stored bytes are not the bytes that were stored."""

    def __init__(self, sentence: str = "This file is damaged on disk. Restore it from the backup.") -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_key(text: str) -> bytes:
    """The 32 bytes that `SENDREADY_STORAGE_KEY` stands for."""
    if not text:
        raise VaultUnavailable(
            "Files that name children can't be stored: no storage key is set. "
            "Ask the administrator to set SENDREADY_STORAGE_KEY."
        )
    try:
        key = base64.urlsafe_b64decode(text.encode())
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise VaultUnavailable("The storage key is wrong: SENDREADY_STORAGE_KEY must be urlsafe base64 of 32 bytes.")
    return key


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"sendready storage key" + key).digest()[:8]


def _file_cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"sendready vault file").derive(key))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")


def encrypt(source: BinaryIO, out: BinaryIO, *, key: bytes) -> None:
    """Reads `source` to its end and writes it encrypted; memory stays at two chunks."""
    header = _HEADER.pack(MAGIC, VERSION, _key_id(key), salt := secrets.token_bytes(16), CHUNK)
    cipher = _file_cipher(key, salt)
    out.write(header)
    number, chunk = 0, _read_exactly(source, CHUNK)
    while True:
        following = _read_exactly(source, CHUNK)
        out.write(cipher.encrypt(_nonce(number, not following), chunk, header))
        if not following:
            return
        number, chunk = number + 1, following


def _read_exactly(source: BinaryIO, size: int) -> bytes:
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class VaultReader(io.RawIOBase):
    """Reads an encrypted file as if it were plain; can seek, so that readers of workbooks work on it."""

    def __init__(self, source: BinaryIO, *, key: bytes) -> None:
        self._source = source
        header = source.read(_HEADER.size)
        if len(header) != _HEADER.size:
            raise Damaged
        magic, version, key_id, salt, self._chunk_size = _HEADER.unpack(header)
        if magic != MAGIC or version != VERSION or not 0 < self._chunk_size <= 16 * 1024 * 1024:
            raise Damaged
        if key_id != _key_id(key):
            raise VaultUnavailable("This file was stored under another storage key. Ask the administrator for it.")
        self._header, self._cipher = header, _file_cipher(key, salt)
        body = source.seek(0, os.SEEK_END) - _HEADER.size
        whole, rest = divmod(body, self._chunk_size + TAG)
        if body < TAG or 0 < rest < TAG or (whole and rest == TAG):
            raise Damaged
        self._chunks = whole + (1 if rest else 0)
        self._size = body - self._chunks * TAG
        self._position, self._loaded, self._plain = 0, -1, b""
        # The end is checked first: nothing is handed out of a file that was cut off.
        self._load(self._chunks - 1)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]  # any writable buffer
        if self._position >= self._size:
            return 0
        number, start = divmod(self._position, self._chunk_size)
        self._load(number)
        piece = self._plain[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _load(self, number: int) -> None:
        if self._loaded == number:
            return
        self._source.seek(_HEADER.size + number * (self._chunk_size + TAG))
        sealed = _read_exactly(self._source, self._chunk_size + TAG)
        try:
            self._plain = self._cipher.decrypt(_nonce(number, number == self._chunks - 1), sealed, self._header)
        except InvalidTag:
            raise Damaged from None
        self._loaded = number

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


def open_encrypted(source: BinaryIO, *, key: bytes) -> BinaryIO:
    """A buffered, seekable reader of the plain bytes."""
    return io.BufferedReader(VaultReader(source, key=key), CHUNK)
