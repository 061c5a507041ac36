"""Makes or updates articles from files: all of them or none, no page twice, no picture twice.

The same file, or the same address in that section, is the same article. Files that were stored for an import
that fails are removed again; the transaction is the caller's.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from banderole.common.imports import Imported, ImportRefused
from banderole.common.pictures import BarePicture, PictureError, clean_picture
from banderole.publishing.domain import sections
from banderole.publishing.domain.article_files import text
from banderole.publishing.domain.article_files.front_matter import ArticleFile, read_article_file
from banderole.publishing.models import Article, ArticleByline, Byline, Section, SiteImage


def import_articles(files: Iterable[Path], *, dry_run: bool = False) -> Iterator[Imported]:
    """Take each file in; raises ImportRefused, and then nothing of any file is kept, as in a dry run."""
    stored: list[SiteImage] = []
    taken: dict[int, Path] = {}
    kept = False
    try:
        with transaction.atomic():
            for path in files:
                article, done = _import_article(read_article_file(path), stored)
                if article.pk in taken:
                    why = f"it has the same address as {taken[article.pk]}: give one of them another slug."
                    raise ImportRefused(path, why)
                taken[article.pk] = path
                yield done
            transaction.set_rollback(dry_run)
        kept = not dry_run
    finally:
        if not kept:
            for image in stored:
                image.file.storage.delete(image.file.name)


def _import_article(said: ArticleFile, stored: list[SiteImage]) -> tuple[Article, Imported]:
    remarks = [f"“{key}” is ignored." for key in said.ignored]
    section = _section(said)
    slug = said.slug or sections.slug_of(said.title)
    article = _known_article(said, section, slug)
    cover = _cover(said, stored) if said.cover else None
    if cover and not cover.description:
        remarks.append("the cover has no cover_alt: say what it shows, for those who cannot see it.")
    remarks += [
        f"<{tag}> is left out: an article holds text and pictures." for tag in text.left_out(said.text)
    ]
    wanted: dict[str, Any] = {
        "title": said.title, "slug": slug, "lead": said.lead, "date": said.date, "cover": cover,
        "cover_caption": "", "body": _body(said, stored), "import_key": import_key(said.path),
    }  # fmt: skip
    if article is None:
        article, state = Article(locale=section.locale, live=False, **wanted), "made"
    elif _is_same(article, section, wanted, said):
        return article, Imported(said.path, "unchanged", article.title, article.url, tuple(remarks))
    else:
        state = "updated"
    _save(article, section, wanted, said, made=state == "made")
    return article, Imported(said.path, state, article.title, article.url, tuple(remarks))


def import_key(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()


def _section(said: ArticleFile) -> Section:
    try:
        return sections.section_named(said.section, language=said.language)
    except sections.SectionError as error:
        raise said.refused(str(error), key="section") from error


def _known_article(said: ArticleFile, section: Section, slug: str) -> Article | None:
    own = Article.objects.filter(import_key=import_key(said.path), locale=section.locale)
    return own.first() or Article.objects.child_of(section).filter(slug=slug).first()


def _is_same(article: Article, section: Section, wanted: dict[str, Any], said: ArticleFile) -> bool:
    def bare(body: Iterable[dict[str, Any]]) -> list[tuple[str, Any]]:
        return [(block["type"], block["value"]) for block in body]

    return (
        all(getattr(article, field) == value for field, value in wanted.items() if field != "body")
        and bare(article.body.raw_data) == bare(wanted["body"])
        and [byline.name for byline in article.bylines] == list(said.bylines)
        and article.get_parent().pk == section.pk
        and article.live == (not said.draft)
        and not article.has_unpublished_changes
    )


def _save(
    article: Article, section: Section, wanted: dict[str, Any], said: ArticleFile, *, made: bool
) -> None:
    try:
        if made:
            section.add_child(instance=article)
        elif article.get_parent().pk != section.pk:
            article.move(section, pos="last-child")
            article.refresh_from_db()
        for field, value in wanted.items():
            setattr(article, field, value)
        article.signatures.set(
            [ArticleByline(byline=_byline(name), sort_order=place) for place, name in enumerate(said.bylines)]
        )
        revision = article.save_revision(clean=True)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise said.refused(" ".join(messages), key=field) from error
    if not said.draft:
        revision.publish()
    article.refresh_from_db()


def _byline(name: str) -> Byline:
    return Byline.objects.get_or_create(name=name)[0]


def _body(said: ArticleFile, stored: list[SiteImage]) -> list[dict[str, Any]]:
    is_html = said.path.suffix.lower() in {".html", ".htm"}
    parts = text.parts_of_html(said.text) if is_html else text.parts_of_markdown(said.text)
    blocks = []
    for place, (kind, value) in enumerate(parts):
        held = _picture_block(said, value, stored) if isinstance(value, text.Picture) else value
        blocks.append(
            {
                "type": kind,
                "value": held,
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{said.path.name}#{place}")),
            }
        )
    return blocks


def _picture_block(said: ArticleFile, picture: text.Picture, stored: list[SiteImage]) -> dict[str, Any]:
    at = said.text.find(picture.source)
    line = said.first_line + said.text.count("\n", 0, at) if at >= 0 else said.first_line
    image = _stored_picture(said.path, picture.source, line=line, stored=stored, alt=picture.alt)
    return {"image": image.pk, "alt": picture.alt, "caption": picture.caption}


def _cover(said: ArticleFile, stored: list[SiteImage]) -> SiteImage:
    image = _stored_picture(
        said.path, said.cover, line=said.lines["cover"], stored=stored, alt=said.cover_alt
    )
    told = {"description": said.cover_alt, "caption": said.cover_caption, "credit": said.cover_credit}
    changed = [field for field, words in told.items() if words and getattr(image, field) != words]
    for field in changed:
        setattr(image, field, told[field])
    if changed:
        image.save(update_fields=changed)
    return image


def _stored_picture(path: Path, source: str, *, line: int, stored: list[SiteImage], alt: str) -> SiteImage:
    """The picture beside the file, stripped; one that is in the library already is not stored again."""
    if "://" in source or source.startswith(("//", "data:")):
        why = f"the picture {source[:80]} is elsewhere: put its file beside the article, and name that."
        raise ImportRefused(path, why, line=line)
    try:
        with (path.parent / source).open("rb") as opened:
            bare = clean_picture(opened, name=Path(source).name)
    except (OSError, ValueError) as error:
        why = f"the picture {source} cannot be read: put it beside the article."
        raise ImportRefused(path, why, line=line) from error
    except PictureError as error:
        raise ImportRefused(path, str(error), line=line) from error
    return _library_picture(bare, title=alt or Path(source).stem, alt=alt, stored=stored)


def _library_picture(bare: BarePicture, *, title: str, alt: str, stored: list[SiteImage]) -> SiteImage:
    fingerprint = hashlib.sha1(bare.read(), usedforsecurity=False).hexdigest()  # as Wagtail finds duplicates
    bare.seek(0)
    known = SiteImage.objects.filter(file_hash=fingerprint).first()
    if known:
        return known
    image = SiteImage(title=title[:255], description=alt)
    image.file = bare
    image.save()
    stored.append(image)
    return image
