"""Finds or makes the section that an article belongs in."""

import re

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from banderole.publishing import queries
from banderole.publishing.models import Section, SitePage

FIRST_SECTION = {"fr": "Actualité", "en": "News"}


class SectionError(Exception):
    """There can be no section of that name; the text says why."""


def slug_of(title: str, *, most: int = 80) -> str:
    """A short address for a title: whole words only, and "l'eau" becomes "l-eau"."""
    slug = slugify(re.sub(r"[’'ʼ]", "-", title)) or "article"
    return slug if len(slug) <= most else slug[: most + 1].rsplit("-", 1)[0]


def section_named(name: str, *, language: str) -> Section:
    """The section of this name or address in a language, made when it is missing; raises SectionError."""
    home = open_language(language)
    name = name or FIRST_SECTION.get(language, FIRST_SECTION["en"])
    found = Section.objects.child_of(home).filter(title__iexact=name).first()
    if found:
        return found
    slug = slug_of(name)
    taken = Page.objects.child_of(home).filter(slug=slug).first()
    if taken:
        if isinstance(taken.specific, Section):
            return taken.specific
        raise SectionError(_("“%(name)s” is a page, and no section: name another.") % {"name": name})
    section = Section(title=name, slug=slug, locale=home.locale, show_in_menus=True)
    try:
        home.add_child(instance=section)
    except ValidationError as error:
        raise SectionError(" ".join(error.messages)) from error
    section.save_revision().publish()
    return section


def open_language(language: str) -> SitePage:
    """The home page of a language, made from the French one when there is none."""
    home = queries.home_in(language)
    if home:
        return home
    locale = Locale.objects.get_or_create(language_code=language)[0]
    first = queries.homes()[0]
    translated = first.copy_for_translation(locale)
    translated.title = "Home"
    translated.save_revision().publish()
    return translated
