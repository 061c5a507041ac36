"""Publish one article, as Wagtail's admin does; print when it was committed, on the clock that all processes share."""

import sys
import time
from datetime import date

import django

django.setup()

from banderole.publishing.models import Article, Section

section = Section.objects.get(slug="actualite")
article = Article(title=sys.argv[1], date=date(2026, 2, 16), locale=section.locale, body=[])
section.add_child(instance=article)
article.save_revision().publish()
print(time.monotonic(), article.url)
