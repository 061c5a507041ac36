import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banderole.common.typography import typeset, typeset_html

N, F = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui décide de l'eau ?", f"Qui décide de l’eau{N}?"),
        ("Qui décide?", f"Qui décide{N}?"),
        ("Quoi?!", f"Quoi{N}?!"),
        ("Trois choses : l'eau, l'air; le sel!", f"Trois choses{N}: l’eau, l’air{N}; le sel{N}!"),
        ('Elle dit "non" et part.', f"Elle dit «{N}non{N}» et part."),
        ("la ville « intelligente » et", f"la ville «{N}intelligente{N}» et"),
        ("«intelligente»", f"«{N}intelligente{N}»"),
        ("Attendez...", "Attendez…"),
        (
            "à 10:30 ou http://aure.example/a;b?c=d ; merci",
            f"à 10:30 ou http://aure.example/a;b?c=d{N}; merci",
        ),
        ("écrivez à nous@aure.example : vite", f"écrivez à nous@aure.example{N}: vite"),
        ("(?) [!] :-)", "(?) [!] :-)"),
        ("50% de 12 000 personnes", f"50{N}% de 12{N}000 personnes"),
        ("02 31 00 00 00", "02 31 00 00 00"),
        ("le 10 février, M. Martin, n° 5, 12 km", f"le 10{F}février, M.{F}Martin, n°{F}5, 12{F}km"),
        ("le 1 mai, le 11 mai", f"le 1er{F}mai, le 11{F}mai"),
        ("la 2ème fois, la 1ère", "la 2e fois, la 1re"),
        ("de 2022-2024 - enfin", "de 2022–2024 – enfin"),
        ("", ""),
    ],
)
def test_french_is_set_as_a_printer_would(typed, printed):
    assert typeset(typed, language="fr") == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Who decides?", "Who decides?"),
        ('"It\'s ours," she said.', "“It’s ours,” she said."),
        ("the '90s -- 'quiet' years--gone", "the ’90s – ‘quiet’ years—gone"),
        ("On 10 February with Mr. Hill", f"On 10{F}February with Mr.{F}Hill"),
    ],
)
def test_english_has_its_own_marks(typed, printed):
    assert typeset(typed, language="en") == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<p>l'<em>eau</em> ?</p>", f"<p>l’<em>eau</em>{N}?</p>"),
        ('<p>"un <b>mot</b> fort"</p>', f"<p>«{N}un <b>mot</b> fort{N}»</p>"),
        ('<a href="/a?b=1;c" title="l\'eau ?">ici</a>!', f'<a href="/a?b=1;c" title="l\'eau ?">ici</a>{N}!'),
        ("<p>a <code>x ? y : z</code> ;</p>", f"<p>a <code>x ? y : z</code>{N};</p>"),
        ("<p>a &amp; b ; &lt;c&gt; !</p>", f"<p>a &amp; b{N}; &lt;c&gt;{N}!</p>"),
        ("<p>le 1er mai au XIXe siècle</p>", f"<p>le 1<sup>er</sup>{F}mai au XIX<sup>e</sup> siècle</p>"),
        ("<p>fin</p><p>? début</p>", "<p>fin</p><p>? début</p>"),
        ("<p>mot </p>\n<p>; suite</p>", "<p>mot </p>\n<p>; suite</p>"),
        ("<p>oui <em> </em>?</p>", f"<p>oui{N}<em></em>?</p>"),
        ("<!-- a ; b --><p>a ;</p>", f"<!-- a ; b --><p>a{N};</p>"),
    ],
)
def test_in_html_only_what_is_read_is_set(typed, printed):
    assert typeset_html(typed, language="fr") == printed


marks = st.text(alphabet="aéL1209 '\"«»;:!?.,…-–()%°n\u202f\u00a0\nme€<&", max_size=40)
tags = st.sampled_from(
    ["<p>", "</p>", "<em>", "</em>", "<code>", "</code>", "<br>", "<sup>", "</sup>", "&amp;", "&quot;"]
)
html = st.lists(st.one_of(st.text(alphabet="aé1 '\"«»;:!?.-e\u202f", max_size=12), tags), max_size=12).map(
    "".join
)


@given(marks, st.sampled_from(["fr", "en"]))
def test_setting_twice_is_setting_once(text, language):
    once = typeset(text, language=language)

    assert typeset(once, language=language) == once


@given(html, st.sampled_from(["fr", "en"]))
def test_setting_html_twice_is_setting_it_once(text, language):
    once = typeset_html(text, language=language)

    assert typeset_html(once, language=language) == once


@given(html)
def test_the_tags_stay_in_their_order(text):
    tag = re.compile(r"</?(?!sup)\w+>")

    assert tag.findall(typeset_html(text, language="fr")) == tag.findall(text)
