import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Locale, Site
from wagtail.permissions import policy_registry

from banderole.publishing.domain.founding import found_site
from banderole.publishing.models import Section, SiteImage, SitePage, SiteSettings, StandardPage

pytestmark = pytest.mark.django_db


def test_a_new_site_has_a_french_home_a_section_and_its_legal_pages():
    home = SitePage.objects.get()

    assert Site.objects.get().root_page_id == home.pk
    assert home.locale.language_code == "fr"
    assert [child.slug for child in home.get_children()] == ["actualite", "mentions-legales", "vie-privee"]
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["en", "fr"]


def test_founding_again_makes_nothing_twice():
    found_site()

    assert (SitePage.objects.count(), Section.objects.count(), StandardPage.objects.count()) == (1, 1, 2)
    assert SiteSettings.objects.count() == 1


def test_editors_may_add_change_and_publish_pages_and_enter_the_admin():
    editors = Group.objects.get(name="editors")

    rights = GroupPagePermission.objects.filter(group=editors).values_list("permission__codename", flat=True)
    assert {"add_page", "change_page", "publish_page"} <= set(rights)
    assert editors.permissions.filter(codename="access_admin").exists()
    assert editors.permissions.filter(codename="add_byline").exists()


def test_editors_may_upload_and_choose_pictures(django_user_model):
    editor = django_user_model.objects.create(login="ines")
    editor.groups.add(Group.objects.get(name="editors"))
    pictures = policy_registry.get_by_type(SiteImage)

    assert [pictures.user_has_permission(editor, right) for right in ("add", "change", "choose")] == [
        True
    ] * 3
