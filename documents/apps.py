from contextlib import suppress
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Files and exports"

    def ready(self) -> None:
        """The embedded broker is a folder, which has to be there before anybody rings."""
        folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("data_folder_in")
        if folder:
            with suppress(OSError):
                Path(str(folder)).mkdir(parents=True, exist_ok=True)
