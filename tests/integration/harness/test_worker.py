"""The harness itself: a worker on the test's own database, killed and started again."""

import socket

import pytest
from django.db import connection

from tests.harness.network import OutsideCall
from tests.harness.worker import database_url

pytestmark = pytest.mark.worker


def test_worker_killed_starts_again(worker_process):
    worker_process.kill()
    assert not worker_process.is_running

    worker_process.start()

    assert worker_process.is_running


def test_database_url_names_the_test_database(transactional_db):
    assert connection.settings_dict["NAME"] in database_url()


def test_connection_to_another_machine_is_refused():
    with pytest.raises(OutsideCall), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
