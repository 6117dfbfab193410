"""A disk without room for the database itself, and a database too busy to note a session."""

from collections import namedtuple

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError

from sendready import errors

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("free", "status"),
    [pytest.param(0, 507, id="no room left"), pytest.param(10**9, 500, id="room left: the disk is broken")],
)
def test_input_output_error_of_the_database_is_a_full_disk_where_there_is_no_room(monkeypatch, free, status):
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage(10**9, 10**9 - free, free))

    assert errors.kind_of(OperationalError("disk I/O error"))[1] == status


def test_session_that_a_busy_database_could_not_note_is_told_as_busy(rf):
    lost = SessionInterrupted("deleted before the request completed")
    lost.__context__ = UpdateError()
    lost.__context__.__context__ = OperationalError("database is locked")

    response = errors.bad_request(rf.get("/packs/"), lost)

    assert response.status_code == 503
    assert response["Retry-After"]
