from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index
from wagtail.utils.file import hash_filelike

from banderole.common.pictures import BarePicture, clean_picture


class SiteImage(AbstractImage):
    """A picture with what it shows, its caption and its credit; its file never carries metadata.

    Wagtail's own `description` holds what the picture shows: its checks and choosers read it there.
    """

    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail's mark
    caption = models.CharField(
        _("caption"), max_length=300, blank=True, help_text=_("What readers see under the picture.")
    )
    credit = models.CharField(
        _("credit"), max_length=150, blank=True, help_text=_("Who made it, and under which licence.")
    )
    # What waits for the worker: sizes for phones and desks are made once, so that publishing is quick.
    sized_at = models.DateTimeField(null=True, editable=False)

    admin_form_fields = (
        "title", "file", "description", "caption", "credit", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip
    search_fields = [*AbstractImage.search_fields, index.SearchField("caption"), index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def alt(self) -> str:
        return self.description

    @property
    def default_alt_text(self) -> str:
        # Wagtail falls back to the title, which is often a file name; nothing is better read aloud than that.
        return self.description

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture; a new file is stripped first, whichever door it came in by."""
        upload: Any = self.file
        if upload and not upload._committed:  # noqa: SLF001 -- how Django marks a file not yet stored
            known = isinstance(upload.file, BarePicture)
            bare = upload.file if known else clean_picture(upload.file, name=upload.name)
            setattr(self, "file", bare)  # noqa: B010 -- mypy does not know Wagtail's field
            self.file_size, self.sized_at = bare.size, None
            self.file_hash = hash_filelike(bare)
        super().save(*args, **kwargs)

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> ContentFile:  # type: ignore[type-arg]
        # Wagtail leaves its temporary file open until it is collected: take the bytes, and close it.
        made = super().generate_rendition_file(*args, **kwargs)
        made.seek(0)
        with made.file:
            return ContentFile(made.read(), name=made.name)


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


WEBP_WIDTHS = (400, 800, 1200, 2000)
JPEG_WIDTHS = (800, 1600)  # for browsers from before 2020
CARD = "fill-1200x630|format-jpeg|jpegquality-76"  # what other sites show of a shared page


def size_spec(width: int, kind: str) -> str:
    """Wagtail's filter for a picture of this width as "webp" or "jpeg"."""
    return f"width-{width}|format-{kind}|{kind}quality-76"
