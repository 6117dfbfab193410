import socket

import pytest

LOOPBACK = ("127.", "::1", "localhost")


class OutsideCall(AssertionError):
    """A test tried to reach a machine that is not this one."""


@pytest.fixture(autouse=True, scope="session")
def only_loopback():
    """Lets tests connect to this machine only; names are not looked up for anybody else either."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise OutsideCall(f"A test tried to connect to {address[0]}.")
        return connect(self, address)

    def guarded_look_up(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name and not name.startswith((*LOOPBACK, "0.0.0.0")):
            raise OutsideCall(f"A test tried to look up {name}.")
        return look_up(host, *args, **kwargs)

    socket.socket.connect, socket.getaddrinfo = guarded_connect, guarded_look_up
    yield
    socket.socket.connect, socket.getaddrinfo = connect, look_up
