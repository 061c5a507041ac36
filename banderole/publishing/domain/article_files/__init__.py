"""Articles from files: Markdown or HTML with front matter, as static-site generators keep them."""

from banderole.publishing.domain.article_files.importing import import_articles

__all__ = ["import_articles"]
