"""The addresses beneath /self-evaluation/, by what they are about; `reading` holds those beneath /read/."""

from selfeval.urls import claims, cycle, publishing, voices

app_name = "selfeval"
urlpatterns = [*cycle.PAGES, *claims.PAGES, *voices.PAGES, *publishing.PAGES]
