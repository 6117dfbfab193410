"""Asks a ClamAV daemon, where one is configured. No answer is a refusal, never a pass."""

import re
import socket
import struct
from typing import BinaryIO

from documents.intake.refusal import Refused

CHUNK = 128 * 1024
SECONDS = 60
_AWAY = (
    "This file could not be checked for viruses, so it was not stored: the virus scanner does not answer. "
    "Try again in a few minutes, or tell the administrator."
)


def scan(source: BinaryIO, *, address: str) -> None:
    """Raises Refused when something is found or the scanner is away.

    `address`: "host:port", "tcp://host:port", or the path of a socket ("/run/clamav/clamd.ctl", "unix:///run/…").
    """
    try:
        answer = _ask(source, address)
    except (OSError, ValueError) as error:
        raise Refused(_AWAY, status=503) from error
    if answer.endswith("OK"):
        return
    found = re.search(r": (.+) FOUND$", answer)
    if found is None:
        raise Refused(_AWAY, status=503)
    raise Refused(
        f"The virus scanner found something in this file ({found[1][:80]}), so it was not stored. "
        "Tell your IT service before you open it again."
    )


def _connect(address: str) -> socket.socket:
    place = address.removeprefix("tcp://").removeprefix("unix://")
    if place.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        try:
            connection.connect(place)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _ask(source: BinaryIO, address: str) -> str:
    with _connect(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        while chunk := source.read(CHUNK):
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := connection.recv(4096)):
            answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace").strip()
