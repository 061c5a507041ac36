import io
import time
from pathlib import Path

import pillow_heif
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image, PngImagePlugin

from banderole.common.pictures import PictureError, clean_picture
from banderole.publishing.domain.sizing import size_waiting_pictures
from banderole.publishing.models import SiteImage
from banderole.publishing.tests.conftest import drawn_photo
from banderole.publishing.tests.test_import import sixty_megapixels

pytestmark = pytest.mark.django_db
SECRETS = (b"Camera of Ada", b"49.27", b"GPS", b"Exif", b"xmpmeta", b"Bayeux at home")


def photo_of(kind):
    if kind == "HEIF":
        heif = pillow_heif.from_pillow(Image.open(io.BytesIO(drawn_photo())))
        written = io.BytesIO()
        heif.save(written, exif=Image.open(io.BytesIO(drawn_photo())).info["exif"])
        return written.getvalue()
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Comment", "Bayeux at home")
        written = io.BytesIO()
        picture = Image.open(io.BytesIO(drawn_photo()))
        picture.save(written, "PNG", exif=picture.getexif(), pnginfo=told)
        return written.getvalue()
    return drawn_photo(kind=kind)


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("HEIF", "a.heic")]
)
def test_no_picture_keeps_where_when_or_with_what_it_was_taken(kind, name, settings):
    photo = photo_of(kind)
    assert any(secret in photo for secret in SECRETS)

    image = SiteImage.objects.create(title="Le quai", file=ContentFile(photo, name=name))
    size_waiting_pictures()

    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(stored) == 1 + image.renditions.count() > 4
    assert [path for path in stored for secret in SECRETS if secret in path.read_bytes()] == []
    assert (image.width, image.height) in {(600, 1000), (1000, 600)}


def test_a_photo_that_lies_on_its_side_is_set_upright():
    bare = Image.open(clean_picture(io.BytesIO(drawn_photo(1000, 600)), name="a.jpg"))

    assert bare.size == (600, 1000)
    assert bare.getpixel((300, 100))[0] > 150  # the red half, left in the file, is on top


def test_what_looks_like_a_picture_and_is_none_is_refused_with_a_sentence():
    for content, name in (
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
        (b"GIF89a", "a.gif"),
        (b"", "a.jpg"),
    ):
        with (
            translation.override("fr"),
            pytest.raises(PictureError, match=f"{name} n’est pas une image utilisable"),
        ):
            clean_picture(io.BytesIO(content), name=name)


def test_forty_megapixels_are_taken_in_within_ten_seconds_and_made_smaller():
    written = io.BytesIO()
    Image.effect_noise((7300, 5400), 60).convert("RGB").save(written, "JPEG")

    begun = time.monotonic()
    bare = Image.open(clean_picture(written, name="a.jpg"))

    assert time.monotonic() - begun < 10
    assert max(bare.size) == 4096


@pytest.fixture
def editor(client, django_user_model):
    editor = django_user_model.objects.create(login="ines")
    editor.groups.add(Group.objects.get(name="editors"))
    client.force_login(editor)
    return editor


@pytest.mark.usefixtures("editor")
def test_an_editor_uploads_a_picture_with_its_words(client):
    answer = client.post(
        "/admin/images/add/",
        {
            "title": "Le quai", "description": "Le quai, au matin", "caption": "Mardi.", "credit": "Ada", "tags": "",
            "file": SimpleUploadedFile("quai.jpg", drawn_photo(), content_type="image/jpeg"),
        },
    )  # fmt: skip

    image = SiteImage.objects.get()
    assert answer.status_code == 302
    assert (image.alt, image.caption, image.credit) == ("Le quai, au matin", "Mardi.", "Ada")
    with Image.open(image.file.path) as stored:
        assert dict(stored.getexif()) == {}


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg/>", "a.svg"),
        (drawn_photo()[:900], "a.jpg"),
        (b"\x00" * 100, "a.png"),
        (sixty_megapixels(), "b.png"),
    ],
)
def test_a_broken_upload_gets_a_sentence_and_stores_nothing(client, content, name, settings):
    answer = client.post(
        "/admin/images/add/", {"title": "x", "tags": "", "file": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 200
    assert "w-field__errors" in answer.content.decode()
    assert SiteImage.objects.count() == 0
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_sizes_are_made_once(picture):
    assert size_waiting_pictures() == 1
    before = sorted(picture.renditions.values_list("pk", flat=True))

    assert size_waiting_pictures() == 0
    assert sorted(picture.renditions.values_list("pk", flat=True)) == before
