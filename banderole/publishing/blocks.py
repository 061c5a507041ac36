"""What the text of a page is made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "hr", "superscript", "strikethrough"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        super().__init__(features=TEXT_FEATURES, **options)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "publishing/blocks/text.html"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=200, label=_("Heading"))
    level = blocks.ChoiceBlock(choices=[("2", _("Large")), ("3", _("Small"))], default="2", label=_("Size"))

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "publishing/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("What it shows"),
        help_text=_("For those who cannot see it. Leave it empty to use the words kept with the picture."),
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Caption"),
        help_text=_("Leave it empty to use the caption kept with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "publishing/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(
        required=False, max_length=200, label=_("Who says it"), help_text=_("A name, a book, a newspaper.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "publishing/blocks/quote.html"


class ButtonBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=60, label=_("Words on the button"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.URLBlock(
        required=False, label=_("or address"), help_text=_("Only when the page is on another site.")
    )

    class Meta:
        icon = "link"
        label = _("Button")
        template = "publishing/blocks/button.html"


class LegalFactsBlock(blocks.StaticBlock):
    """The facts that French law wants named, from the site's settings: written once, right everywhere."""

    class Meta:
        icon = "site"
        label = _("Legal facts of the association")
        admin_text = _("Publisher, director of publication and host, as the settings of the site say.")
        template = "publishing/blocks/legal_facts.html"


class DataContactBlock(blocks.StaticBlock):
    """Where people write about their data, from the site's settings."""

    class Meta:
        icon = "mail"
        label = _("Address for personal data")
        admin_text = _("The mail address and the postal address that the settings of the site name.")
        template = "publishing/blocks/data_contact.html"


class BodyBlock(blocks.StreamBlock):
    text = TextBlock(required=False)  # a new article begins with one, and it may stay empty
    heading = HeadingBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    button = ButtonBlock()

    class Meta:
        required = False


class StandardBodyBlock(BodyBlock):
    legal_facts = LegalFactsBlock()
    data_contact = DataContactBlock()

    class Meta:
        required = False
