"""Only Wagtail's admin may hold inline scripts and show frames."""

import pytest

pytestmark = pytest.mark.django_db


def policy_of(client, path):
    directives = client.get(path)["Content-Security-Policy"].split("; ")
    return {name: sources for name, _space, sources in (directive.partition(" ") for directive in directives)}


def test_the_admin_may_frame_its_previews_and_style_itself(client):
    policy = policy_of(client, "/admin/")

    assert policy["frame-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["script-src"] == policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == "'none'"


@pytest.mark.parametrize("path", ["/abonnement/", "/espace/entrer/", "/"])
def test_no_other_page_may(client, path):
    policy = policy_of(client, path)

    assert "frame-src" not in policy
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
