"""What a letter is made of. Each block is shown three times: in the mail, in its text, on its page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        super().__init__(features=TEXT_FEATURES, **options)

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class ArticleBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(page_type="publishing.Article", label=_("Article"))
    lead = blocks.TextBlock(
        required=False,
        max_length=400,
        label=_("Lead"),
        help_text=_("Leave it empty to use the lead of the article."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Article")


class ButtonBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=60, label=_("Words on the button"))
    address = blocks.URLBlock(label=_("Address"), max_length=500)

    class Meta:
        icon = "link"
        label = _("Button")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=600)
    source = blocks.CharBlock(required=False, max_length=120, label=_("Who says it"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class LetterBlock(blocks.StreamBlock):
    text = TextBlock()
    heading = blocks.CharBlock(max_length=120, icon="title", label=_("Heading"))
    article = ArticleBlock()
    button = ButtonBlock()
    quote = QuoteBlock()

    class Meta:
        required = False
