"""What is counted against guessing."""

from django.db import models


class Count(models.Model):
    """How often something was tried of late. Django's cache keeps it: the fields are those that it asks for."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField(db_column="expires", db_index=True)

    def __str__(self) -> str:
        return self.cache_key
