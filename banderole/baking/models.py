from django.db import models
from django.utils import timezone


class BakedFile(models.Model):
    """A public page that is a file, or that could not be made one."""

    path = models.CharField(max_length=1000, unique=True)
    source = models.CharField(max_length=32, blank=True, default="")  # which app lists it
    digest = models.CharField(max_length=32, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    baked_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, default="")  # what went wrong and where, no content

    def __str__(self) -> str:
        return self.path


class Change(models.Model):
    """Something public changed; it waits until every page is baked again, those in `urls` first."""

    urls = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.pk}: {', '.join(self.urls)}"
