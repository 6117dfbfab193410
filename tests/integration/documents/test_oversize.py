"""A request that announces too much is refused before a byte of it is read."""

import http.client
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application

from accounts.domain.roles import Role
from documents.intake import Refused
from documents.middleware import refuse_oversize
from tests.factories.accounts import make_user


def test_request_over_the_limit_refused_with_413_and_nothing_read(rf, db, settings):
    settings.REQUEST_LIMIT_MB = 1
    request = rf.post("/", data=b"", content_type="text/plain", CONTENT_LENGTH=str(2 * 1024 * 1024))
    request.user = make_user(Role.LANO)

    def never(request):
        raise AssertionError("the view was reached")

    response = refuse_oversize(never)(request)

    assert response.status_code == 413
    assert "more than 1 MB" in response.content.decode()


def test_refusal_that_no_view_caught_becomes_a_page(rf, db):
    request = rf.post("/")
    request.user = make_user(Role.LANO)

    response = refuse_oversize(lambda _: None).process_exception(request, Refused("This file is empty."))

    assert response.status_code == 400
    assert "This file is empty." in response.content.decode()


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.mark.django_db(transaction=True)
def test_browser_that_goes_on_sending_gets_the_answer(settings):
    settings.REQUEST_LIMIT_MB = 1
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    thread = threading.Thread(target=server.handle_request, daemon=True)
    thread.start()
    size = 8 * 1024 * 1024
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)

    connection.request("POST", "/account/login/", body=b"a" * size, headers={"Content-Type": "text/plain"})
    response = connection.getresponse()

    assert response.status == 413
    assert b"more than 1 MB" in response.read()
    connection.close()
    thread.join(20)
    server.server_close()
