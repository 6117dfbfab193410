"""The addresses of the pages about the service itself."""

from django.urls import path

from sendready import pages

app_name = "pages"

urlpatterns = [
    path("help/", pages.help_show, name="help-show"),
    path("accessibility/", pages.accessibility_show, name="accessibility-show"),
    path("privacy/", pages.privacy_show, name="privacy-show"),
    path("cookies/", pages.cookies_show, name="cookies-show"),
    path("status/", pages.status_show, name="status-show"),
    path("session/keep/", pages.session_keep, name="session-keep"),
]
