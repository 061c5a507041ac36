"""Pictures that come in from outside: checked, turned upright, and freed of everything but their pixels.

A photo from a phone carries where and when it was taken, and with what. So every picture is decoded and
written anew: what is stored has no EXIF (position, camera), no XMP, no IPTC, no comment, no preview.
"""

import io
from pathlib import Path
from typing import BinaryIO

import pillow_heif
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

MEGAPIXELS = 40
LONGEST_SIDE = 4096  # enough for a poster; what is larger is made smaller
LARGEST_FILE = 30 * 1024 * 1024
EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic", "heif"]
_STORED_AS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "HEIF": "JPEG"}
_SUFFIX = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}


class PictureError(Exception):
    """The file cannot be used as a picture; the text says why, and what can be."""


class BarePicture(ContentFile):  # type: ignore[type-arg]  # Django's own class takes no argument at run time
    """A picture that was cleaned: writing it anew once more would only blur it."""


def clean_picture(source: BinaryIO, *, name: str) -> BarePicture:
    """The same picture, upright and without metadata, named for its real format; raises PictureError."""
    picture = _opened(source, name=name)
    stored_as = _STORED_AS[str(picture.format)]
    try:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise PictureError(_("%(name)s is cut off or broken: send it again.") % {"name": name}) from error
    bare = _in_plain_colours(upright, with_alpha=stored_as != "JPEG")
    bare.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return BarePicture(_encoded(bare, stored_as), name=Path(name).with_suffix(_SUFFIX[stored_as]).name)


def _opened(source: BinaryIO, *, name: str) -> ImageFile.ImageFile:
    source.seek(0, io.SEEK_END)
    size = source.tell()
    source.seek(0)
    if size > LARGEST_FILE:
        raise PictureError(
            _("%(name)s weighs %(size)d MB: at most %(most)d MB will do.")
            % {"name": name, "size": size // 1024**2, "most": LARGEST_FILE // 1024**2}
        )
    try:
        picture = Image.open(source, formats=["JPEG", "PNG", "WEBP", "HEIF"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_too_large(name)) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureError(
            _("%(name)s is not a picture that can be used: send a JPEG, PNG, WebP or HEIC.") % {"name": name}
        ) from error
    if picture.width * picture.height > MEGAPIXELS * 1_000_000:
        raise PictureError(_too_large(name, picture.width * picture.height))
    return picture


def _too_large(name: str, pixels: int = 0) -> str:
    if not pixels:
        return _("%(name)s has far too many pixels: at most %(most)d megapixels will do.") % {
            "name": name, "most": MEGAPIXELS,
        }  # fmt: skip
    return _("%(name)s has %(megapixels)d megapixels: at most %(most)d will do.") % {
        "name": name, "megapixels": round(pixels / 1_000_000), "most": MEGAPIXELS,
    }  # fmt: skip


def _in_plain_colours(picture: Image.Image, *, with_alpha: bool) -> Image.Image:
    """The pixels alone, in sRGB: colour profiles name devices, so they are applied and dropped."""
    transparent = with_alpha and picture.has_transparency_data
    mode = "RGBA" if transparent else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"} and not transparent:
        try:
            converted = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )  # fmt: skip
            picture = converted or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # A broken profile changes a shade at most.
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    bare = picture.convert(mode)
    bare.info = {}
    return bare


def _encoded(picture: Image.Image, stored_as: str) -> bytes:
    written = io.BytesIO()
    options: dict[str, int | bool] = {
        "JPEG": {"quality": 88, "progressive": True, "optimize": True},
        "WEBP": {"quality": 88, "method": 3},
        "PNG": {"compress_level": 6},
    }[stored_as]
    picture.save(written, stored_as, **options)
    return written.getvalue()
