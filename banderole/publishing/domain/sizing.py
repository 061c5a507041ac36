"""Makes the sizes of each picture before anybody needs them, so that publishing and baking are quick."""

from collections.abc import Iterable

from django.utils import timezone
from wagtail.images.models import SourceImageIOError

from banderole.common import chores
from banderole.publishing.models import Rendition, SiteImage
from banderole.publishing.models.images import CARD, JPEG_WIDTHS, WEBP_WIDTHS, size_spec

BATCH = 4


def sizes_of(image: SiteImage) -> dict[str, Rendition]:
    """Every size a page may show, by its filter; those that are missing are made."""
    return dict(image.get_renditions(*_specs(image)))


def _specs(image: SiteImage) -> Iterable[str]:
    return [
        *(size_spec(width, "webp") for width in widths_within(image, WEBP_WIDTHS)),
        *(size_spec(width, "jpeg") for width in widths_within(image, JPEG_WIDTHS)),
        CARD,
    ]


def widths_within(image: SiteImage, widths: tuple[int, ...]) -> list[int]:
    """The widths that this picture has pixels for, its own included where it is smaller than the largest."""
    return [*(width for width in widths if width < image.width), min(image.width, widths[-1])][: len(widths)]


def size_waiting_pictures() -> int:
    """Make the sizes of a few pictures that wait; return how many were done."""
    waiting = list(SiteImage.objects.filter(sized_at=None).order_by("pk")[:BATCH])
    done = 0
    for image in waiting:
        if chores.stopping.is_set():
            break
        try:
            sizes_of(image)
        except SourceImageIOError:
            pass  # Its file is gone: nothing to size, and asking again would not help.
        SiteImage.objects.filter(pk=image.pk).update(sized_at=timezone.now())
        done += 1
    return done
