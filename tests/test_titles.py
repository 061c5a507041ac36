"""The title of a window says which page of which site it is."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/rejoindre/", "Nous rejoindre – Banderole"),
        ("/abonnement/", "Je m’abonne – Banderole"),
        ("/agenda/", "Agenda – Banderole"),
        ("/nowhere/", "Cette page n’est pas ici – Banderole"),
    ],
)
def test_a_public_page_names_itself_and_then_the_site_once(client, machine_home, path, title):
    page = client.get(path).content.decode()

    assert re.findall(r"<title>(.*?)</title>", page) == [title]
