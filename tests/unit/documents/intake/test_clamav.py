"""A scanner that answers, finds, chokes or is away: only "OK" lets a file through."""

import socket
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import intake


class Scanner(threading.Thread):
    """Speaks just enough of the INSTREAM protocol, and remembers what it was sent."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer, self.received = answer, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"

    def run(self) -> None:
        connection, _ = self.server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", stream.read(4))[0]:
                self.received += stream.read(size)
            connection.sendall(self.answer)
        self.server.close()


def examine(content=b"a plan\n" * 100_000):
    return intake.examine(SimpleUploadedFile("plan.txt", content), accepted=intake.OFFICE_TYPES)


@pytest.fixture
def scanner(settings):
    def start(answer: bytes) -> Scanner:
        thread = Scanner(answer)
        settings.CLAMAV_ADDRESS = thread.address
        thread.start()
        return thread

    return start


def test_scan_clean_file_passes_and_was_sent_whole(scanner):
    thread = scanner(b"stream: OK\0")

    examine()

    thread.join(5)
    assert thread.received == b"a plan\n" * 100_000


def test_scan_finding_refused_by_name(scanner):
    scanner(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")

    with pytest.raises(intake.Refused, match="EICAR"):
        examine()


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"nonsense"])
def test_scan_strange_answer_refused(scanner, answer):
    scanner(answer)

    with pytest.raises(intake.Refused, match="could not be checked") as refusal:
        examine()

    assert refusal.value.status == 503


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "unix:///nowhere.sock", "/nowhere.sock"])
def test_scan_scanner_away_refused(settings, address):
    settings.CLAMAV_ADDRESS = address

    with pytest.raises(intake.Refused, match="could not be checked"):
        examine()
