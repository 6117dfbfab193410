"""The addresses beneath /read/: the short service in which members, families and partners read and comment."""

from selfeval.urls import publishing, voices

app_name = "reading"
urlpatterns = [*publishing.READING, *voices.READING]
