"""What editors send that is checked before it is stored."""

import io
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from banderole.common.pictures import BarePicture, PictureError, clean_picture


class PictureField(WagtailImageField):
    """Gives the picture without its metadata. Wagtail's own check decodes before it counts pixels: this one does not."""

    def to_python(self, data: Any) -> BarePicture | None:
        sent: File[bytes] | None = forms.FileField.to_python(self, data)
        if sent is None:
            return None
        try:
            return clean_picture(io.BytesIO(sent.open().read()), name=str(sent.name))
        except PictureError as error:
            raise forms.ValidationError(str(error), code="invalid_image") from error


class PictureForm(BaseImageForm):
    """A picture as Wagtail's library, its choosers and its upload by many take it in: stripped, or refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )
        if "description" in self.fields:
            self.fields["description"].label = _("What it shows")
            self.fields["description"].help_text = _(
                "One sentence for those who cannot see it. Leave it empty only if the picture says nothing."
            )
