"""A second, invented area is started from nothing, through the pages alone."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.actions.first_run import make_first_run_link
from accounts.domain.roles import Role
from accounts.models import AuditEvent, FirstRunLink, LocalArea, Organisation, SchoolHoliday, User
from indicators.models import Area, StatisticalNeighbour
from tests.factories.accounts import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def wexcombe():
    """An area that exists nowhere; neither do its codes."""
    region = {"region": "Far West", "region_ons_code": "E12000099", "source": "invented"}
    area = Area.objects.create(code="999", name="Wexcombe", ons_code="E99999999", **region)
    neighbour = Area.objects.create(code="998", name="Eastmere", ons_code="E99999998", **region)
    StatisticalNeighbour.objects.create(area=area, neighbour=neighbour, rank=1)
    return area


def path(link):
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def first_page(wexcombe):
    return path(make_first_run_link(by=None, at=timezone.now()))


def answers(page, **changes):
    """What stands in the forms when the page opens, with the administrator and changes typed in."""
    forms = page.context["page"]
    words = {}
    for form in (forms.area, forms.boards.management_form, *forms.boards, forms.holidays.management_form):
        words |= {form[name].html_name: form[name].value() for name in form.fields}
    for form in forms.holidays:
        words |= {form[name].html_name: form[name].value() for name in form.fields}
    words |= {"admin_name": "Administrator", "admin_email": "administrator@wexcombe.example"}
    words |= {"boards-0-name": "NHS Far West", "boards-0-from_on": "2022-07-01"}
    words |= changes
    return {name: "" if value is None else value for name, value in words.items()}


def test_area_is_started_from_nothing_through_the_pages(client, first_page):
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/first-run/"
    assert "Wexcombe (Far West)" in client.get(first_page).content.decode()
    page = client.get(first_page, {"area": "999"})
    assert "Eastmere" in page.content.decode()

    done = client.post(f"{first_page}?area=999", answers(page))

    assert done.status_code == 200
    area = LocalArea.objects.get()
    assert (area.name, area.la_code, area.ons_code, area.region_name) == ("Wexcombe", "999", "E99999999", "Far West")
    assert area.short_code == "WEXCOMBE"
    assert Organisation.objects.get(kind="icb").from_on == date(2022, 7, 1)
    assert SchoolHoliday.objects.count() >= 6
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/first-run/"

    join = path(done.context["link"])
    client.post(join, {"name": "Administrator", "password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": "administrator@wexcombe.example", "password": PASSWORD})
    checklist = client.get(reverse("sendready:checklist-show"))
    assert checklist.status_code == 200
    states = {step.title: step.is_done for step in checklist.context["steps"]}
    assert states["Your area"]
    assert states["The integrated care boards"]
    assert not states["Somebody as LANO (nominated officer)"]
    assert AuditEvent.objects.filter(action="area.started").exists()

    invited = client.post(
        reverse("accounts:invitation-add"),
        {"name": "Head of SEND", "email": "lano@wexcombe.example", "role": "lano", "organisation": ""},
    )
    client.post(reverse("account_logout"))
    client.post(path(invited.context["link"]), {"name": "Head of SEND", "password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": "lano@wexcombe.example", "password": PASSWORD})
    home = client.get("/")
    assert home.status_code == 200
    assert "Wexcombe" in home.content.decode()
    assert "Southampton" not in home.content.decode()


def test_area_that_is_in_no_list_can_be_typed(client, first_page):
    page = client.get(first_page, {"area": ""})
    typed = {
        "name": "Otherwhere",
        "la_code": "997",
        "ons_code": "E99999997",
        "region_name": "Far East",
        "partnership_name": "Otherwhere partnership",
        "short_code": "OTHER",
        "strategic_board_name": "Board",
        "council_name": "Otherwhere Council",
    }

    response = client.post(f"{first_page}?area=", answers(page, **typed))

    assert response.status_code == 200
    assert LocalArea.objects.get().name == "Otherwhere"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"la_code": "99"}, "Enter the three digits"),
        ({"ons_code": "X1"}, "Enter an E and eight digits"),
        ({"short_code": "Wex combe"}, "Use capital letters"),
        ({"holidays-0-to_on": "1999-01-01"}, "Enter a last day on or after the first day"),
        ({"holidays-0-from_on": ""}, "Enter both days of"),
        ({"boards-0-from_on": "31/02/2025"}, "not a day of the calendar"),
        ({"admin_email": "nobody"}, "Enter an e-mail address"),
        ({"boards-1-name": "nhs far west"}, "“nhs far west” stands on this page already"),
        ({"boards-1-name": "Wexcombe Council"}, "“Wexcombe Council” stands on this page already"),
    ],
    ids=[
        "code",
        "ONS code",
        "short code",
        "backwards",
        "half a holiday",
        "no such day",
        "e-mail",
        "a board twice",
        "a board called like the council",
    ],
)
def test_first_run_with_a_fault_says_what_to_mend_and_stores_nothing(client, first_page, changes, sentence):
    page = client.get(first_page, {"area": "999"})

    response = client.post(f"{first_page}?area=999", answers(page, **changes))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not LocalArea.objects.exists()
    assert FirstRunLink.objects.filter(used_at__isnull=True).exists()


def test_first_run_link_works_once(client, first_page):
    page = client.get(first_page, {"area": "999"})
    client.post(f"{first_page}?area=999", answers(page))

    assert client.get(first_page).status_code == 410


def test_first_run_link_lost_after_set_up_makes_a_new_one_for_the_administrator(client, first_page):
    page = client.get(first_page, {"area": "999"})
    old = client.post(f"{first_page}?area=999", answers(page)).context["link"]
    again = path(make_first_run_link(by=None, at=timezone.now()))

    done = client.post(again, {"admin_name": "Other", "admin_email": "other@wexcombe.example"})

    assert client.get(path(done.context["link"])).status_code == 200
    assert client.get(path(old)).status_code == 410


def test_first_run_invented_link_is_refused(client, wexcombe):
    assert client.get("/first-run/not-a-link/").status_code == 410


def test_first_run_with_people_is_closed(client, first_page):
    make_user(Role.ADMINISTRATOR)

    assert client.get(first_page).status_code == 410
    assert client.get("/first-run/").url == reverse("account_login")


def test_first_run_link_command_prints_a_link_until_there_are_people():
    out = StringIO()
    call_command("first_run_link", stdout=out)
    assert "/first-run/" in out.getvalue()

    make_user(Role.ADMINISTRATOR)
    out = StringIO()
    call_command("first_run_link", stdout=out)
    assert "is set up" in out.getvalue()
    assert User.objects.count() == 1
