"""The pages of exports: list, progress, cancel, retry, download."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from documents import jobs, making
from documents.models import Download, Export, JobState
from tests.factories.accounts import make_area, make_user
from tests.factories.documents import AT, make_export
from tests.harness import export_kinds

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


@pytest.fixture
def lano(client):
    make_area()
    person = make_user(Role.LANO)
    client.force_login(person)
    return person


def show_url(export):
    return reverse("documents:export-show", args=[export.pk])


def made(by, **params):
    return making.make_export(make_export(by=by, **params).pk)


def confirm(client, *, seconds_ago=10, is_again=True):
    session = client.session
    record = {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": is_again}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = session["_auth_user_id"]
    session.save()


def test_list_offers_what_may_be_ordered(client, lano):
    response = client.get(reverse("documents:export-list"))

    assert "Ten words." in response.content.decode()


def test_order_answers_with_the_progress_page(client, lano):
    response = client.post(reverse("documents:export-order"), {"offer": "words:0"}, follow=True)

    page = response.content.decode()
    assert "Waiting for the background worker" in page
    assert "Refresh" in page
    assert Export.objects.get().ordered_by == lano


@pytest.mark.parametrize("offer", ["", "words:1", "secret:0", "nothing:0"])
def test_order_of_what_is_not_offered_refused(client, lano, offer):
    response = client.post(reverse("documents:export-order"), {"offer": offer})

    assert response.status_code == 403
    assert not Export.objects.exists()


def test_order_twice_gives_the_one_that_waits(lano):
    assert make_export(by=lano) == make_export(by=lano)


def test_order_done_with_same_inputs_gives_it_again_but_not_after_a_change(lano):
    done = made(lano)

    assert make_export(by=lano) == done
    export_kinds.EDITION["now"] = "second"
    assert make_export(by=lano) != done


def test_made_export_is_named_by_area_kind_day_and_version(lano):
    first = made(lano)
    second = made(lano, text="other")

    assert first.file_name == "WEXCOMBE_WORDS_2026-11-23_v1.zip"
    assert second.file_name == "WEXCOMBE_WORDS_2026-11-23_v2.zip"
    assert first.keep_until_on is not None


def test_equal_inputs_give_equal_bytes(lano):
    first = made(lano)
    export_kinds.EDITION["now"] = "second"
    second = made(lano)

    assert first.pk != second.pk
    assert first.sha256 == second.sha256


def test_show_moved_inputs_is_out_of_date_and_can_be_made_anew(client, lano):
    done = made(lano)
    export_kinds.EDITION["now"] = "second"

    page = client.get(show_url(done)).content.decode()
    client.post(reverse("documents:export-remake", args=[done.pk]))

    assert "Out of date" in page
    assert Export.objects.count() == 2
    done.refresh_from_db()
    assert done.has_bytes


@pytest.mark.parametrize("verb", ["show", "download"])
def test_export_of_another_role_refused(client, lano, verb):
    secret = made(lano, kind="secret")
    client.force_login(make_user(Role.SEND_TEAM))

    response = client.get(reverse(f"documents:export-{verb}", args=[secret.pk]))

    assert response.status_code == 403
    assert not Download.objects.exists()


@pytest.mark.parametrize("verb", ["remake", "retry", "cancel"])
def test_who_may_only_take_an_export_has_none_made(client, lano, verb):
    export = made(lano, kind="taken")
    client.force_login(make_user(Role.DIRECTOR))

    response = client.post(reverse(f"documents:export-{verb}", args=[export.pk]))

    assert response.status_code == 403
    assert Export.objects.count() == 1
    assert reverse("documents:export-download", args=[export.pk]) in client.get(show_url(export)).content.decode()


def test_list_shows_only_what_may_be_seen(client, lano):
    made(lano, kind="secret")
    made(lano)
    client.force_login(make_user(Role.SEND_TEAM))

    page = client.get(reverse("documents:export-list")).content.decode()

    assert "Secret words" not in page.replace('<option value="secret">Secret words</option>', "")
    assert "WEXCOMBE_WORDS_2026-11-23_v1.zip" in page


def test_list_filters_by_state_and_by_who_ordered(client, lano):
    made(lano)
    make_export(by=make_user(Role.SEND_TEAM), text="waits")

    page = client.get(reverse("documents:export-list"), {"state": "queued", "ordered": "me"}).content.decode()

    assert "No export fits this filter." in page


def test_list_of_many_exports_takes_a_fixed_number_of_queries(client, lano, django_assert_max_num_queries):
    for number in range(12):
        made(lano, text=f"{number}")

    with django_assert_max_num_queries(20):
        client.get(reverse("documents:export-list"))


def test_download_streams_marks_and_logs(client, lano):
    done = made(lano)

    response = client.get(reverse("documents:export-download", args=[done.pk]))

    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert response["Content-Disposition"] == f'attachment; filename="{done.file_name}"'
    assert response["X-Marking"] == "OFFICIAL-SENSITIVE"
    assert response["Cache-Control"] == "private, no-store"
    log = Download.objects.get()
    assert (log.user, log.sha256, log.thing_id) == (lano, done.sha256, str(done.pk))
    assert AuditEvent.objects.filter(action="export.downloaded").count() == 1


@pytest.mark.parametrize(
    ("seconds_ago", "is_again", "is_let_through"),
    [
        pytest.param(10, True, True, id="password given again just now"),
        pytest.param(400, True, False, id="password given again too long ago"),
        pytest.param(10, False, False, id="only signed in just now"),
    ],
)
def test_download_asks_for_the_password_again(client, lano, seconds_ago, is_again, is_let_through):
    secret = made(lano, kind="secret")
    confirm(client, seconds_ago=seconds_ago, is_again=is_again)

    response = client.get(reverse("documents:export-download", args=[secret.pk]))

    if response.streaming:
        b"".join(response.streaming_content)
    assert (response.status_code == 200) is is_let_through
    assert Download.objects.exists() is is_let_through
    if not is_let_through:
        assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_download_of_a_damaged_file_says_so(client, lano):
    from django.core.files.storage import storages

    secret = made(lano, kind="secret")
    path = storages["default"].path(secret.path)
    with open(path, "r+b") as file:
        file.seek(100)
        file.write(b"\0\0\0\0")
    confirm(client)

    response = client.get(reverse("documents:export-download", args=[secret.pk]), follow=True)

    assert "This file is damaged on disk." in response.content.decode()
    assert not Download.objects.exists()


def test_cancel_waiting_export_is_immediate(client, lano):
    export = make_export(by=lano)

    client.post(reverse("documents:export-cancel", args=[export.pk]))

    export.refresh_from_db()
    assert export.state == JobState.CANCELLED
    assert making.make_export(export.pk) is None


def test_retry_after_failure_queues_again_and_shows_a_sentence_without_the_traceback(client, lano):
    export = made(lano, kind="bad")
    assert export.state == JobState.FAILED

    page = client.get(show_url(export)).content.decode()
    client.post(reverse("documents:export-retry", args=[export.pk]))

    assert "give the administrator this reference" in page
    assert "a traceback" not in page
    export.refresh_from_db()
    assert (export.state, export.attempts) == (JobState.QUEUED, 0)


def test_superseded_attempt_stores_nothing(lano, monkeypatch):
    export = make_export(by=lano, steps=3)
    real = export_kinds.write

    def stolen_half_way(inputs, out, beat):
        written = real(inputs, out, beat)
        Export.objects.filter(pk=export.pk).update(attempt_token="somebody else")
        return written

    monkeypatch.setitem(
        export_kinds.KINDS,
        "words",
        export_kinds.replace(export_kinds.PLAIN, write=stolen_half_way),
    )

    result = making.make_export(export.pk)

    assert result.state == JobState.RUNNING
    assert (result.path, result.version) == ("", 0)


def test_attempts_are_limited_with_a_clear_end(lano, settings):
    export = make_export(by=lano)
    settings.JOB_MAX_ATTEMPTS = 3
    for _ in range(3):
        jobs.claim(Export, export.pk)
        Export.objects.update(worker="", heartbeat_at=AT)
        jobs.sweep(at=AT.replace(hour=23))

    export.refresh_from_db()
    assert export.state == JobState.FAILED
    assert "stopped 3 times" in export.error


def test_sweep_leaves_a_living_job_alone(lano):
    export = make_export(by=lano)
    claimed = jobs.claim(Export, export.pk)

    jobs.sweep(at=claimed.heartbeat_at)

    export.refresh_from_db()
    assert export.state == JobState.RUNNING


def test_claim_twice_only_one_wins(lano):
    export = make_export(by=lano)

    assert jobs.claim(Export, export.pk) is not None
    assert jobs.claim(Export, export.pk) is None
