"""What a new site has before anybody writes: a home, its legal pages, a first section, and who may edit them.

Runs after each migration, makes only what is missing, and never touches what editors wrote.
"""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.images.models import Image  # its rights count for every image model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from banderole.publishing.domain.first_pages import LEGAL_NOTICE, PRIVACY, FirstPage
from banderole.publishing.models import Byline, Section, SitePage, SiteSettings, StandardPage

EDITORS = "editors"


@transaction.atomic
def found_site() -> None:
    """The site of this installation, with a French home, legal pages, a section and the group of editors."""
    _make_locales()
    if not SitePage.objects.exists():
        _make_home()
    SiteSettings.load()
    give_editors_their_rights()


def _make_locales() -> None:
    for language, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=language)


def _make_home() -> None:
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=_french())
    # Wagtail's own migration leaves a page without a type and two groups without members: neither is ours.
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    Group.objects.filter(name__in=["Editors", "Moderators"], user__isnull=True).delete()
    root.refresh_from_db()
    home = root.add_child(instance=SitePage(title="Accueil", slug="home", locale=_french()))
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", root_page=home, is_default_site=True, site_name=SiteSettings.load().name
    )
    home.add_child(
        instance=Section(title="Actualité", slug="actualite", locale=_french(), show_in_menus=True)
    )
    for first_page in (LEGAL_NOTICE, PRIVACY):
        _make_page(home, first_page)


def _make_page(home: SitePage, first_page: FirstPage) -> StandardPage:
    page = StandardPage(
        title=first_page.title,
        slug=first_page.slug,
        locale=_french(),
        body=first_page.body,
        lead=first_page.lead,
    )
    home.add_child(instance=page)
    return page


def _french() -> Locale:
    return Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]


def give_editors_their_rights() -> Group:
    """The group of those who may write and publish: pages, pictures, bylines, and Wagtail's doors."""
    for app in ("wagtailcore", "wagtailadmin", "wagtailimages", "publishing"):
        create_permissions(apps.get_app_config(app), verbosity=0)
    editors, _made = Group.objects.get_or_create(name=EDITORS)
    root = Page.get_first_root_node()
    for right in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
        GroupPagePermission.objects.get_or_create(
            group=editors,
            page=root,
            permission=Permission.objects.get(codename=right, content_type__app_label="wagtailcore"),
        )
    pictures = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for right in ("add", "change", "choose"):
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=pictures, permission=_right(right, Image)
        )
    editors.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"),
        *(_right(right, Byline) for right in ("add", "change", "delete", "view")),
        _right("change", SiteSettings),
    )
    return editors


def _right(right: str, model: type[Model]) -> Permission:
    kind = ContentType.objects.get_for_model(model)
    return Permission.objects.get(codename=f"{right}_{kind.model}", content_type=kind)
