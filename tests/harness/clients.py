"""The test client of a person, and the words of a page without its tags."""

import re

from django.test import Client


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
