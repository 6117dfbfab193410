"""What is set up once in each process."""

from django.apps import AppConfig

from sendready import request_log


class SendreadyConfig(AppConfig):
    name = "sendready"

    def ready(self) -> None:
        request_log.configure()
