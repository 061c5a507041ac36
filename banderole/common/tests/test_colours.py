import re

import pytest

from banderole.common import colours

CHOSEN = [
    "#c8102e", "#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#777777", "#1a1613",
    "#fbf7f0", "#0b6e4f", "#f28c28", "#5b2a86", "#00a3e0", "#ffc0cb", "#7f7f00",
]  # fmt: skip


@pytest.mark.parametrize("cloth", CHOSEN)
def test_words_on_any_cloth_reach_aa(cloth):
    shades = colours.shades(cloth)

    assert colours.contrast(shades.cloth, shades.on_cloth) >= 4.5
    assert colours.contrast(shades.button, shades.on_button) >= 7
    assert colours.contrast(shades.cloth, shades.button) >= 3


@pytest.mark.parametrize("cloth", CHOSEN)
@pytest.mark.parametrize("theme", [0, 1])
def test_text_reaches_aaa_on_every_ground(cloth, theme):
    ground, shades = (colours.LIGHT, colours.DARK)[theme], colours.shades(cloth)

    for text in (ground.ink, ground.quiet, shades.link[theme]):
        for paper in (ground.paper, ground.card, shades.wash[theme]):
            assert colours.contrast(text, paper) >= 7, (text, paper)
    assert colours.contrast(shades.strip[theme], ground.paper) >= 4.5


def test_what_is_no_colour_gives_the_default():
    assert colours.shades("red; } body { display: none") == colours.shades(colours.DEFAULT_CLOTH)


def test_tokens_repeat_the_shades_of_the_default_cloth(tokens_css):
    shades = colours.shades(colours.DEFAULT_CLOTH)

    for name in ("link", "wash", "strip"):
        light, dark = getattr(shades, name)
        assert f"--{name}: {light};" in tokens_css
        assert f"--{name}: light-dark({light}, {dark});" in tokens_css


def test_tokens_repeat_the_neutral_colours(tokens_css):
    for name in colours.Ground._fields:
        light, dark = getattr(colours.LIGHT, name), getattr(colours.DARK, name)
        assert f"--{name}: {light};" in tokens_css
        assert f"--{name}: light-dark({light}, {dark});" in tokens_css


def test_the_stylesheet_of_a_cloth_holds_its_colours_and_nothing_else():
    assert colours.stylesheet("#0B6E4F").startswith("@layer tokens{:root{--cloth:#0b6e4f;--on-cloth:#ffffff;")
    assert "}" not in colours.stylesheet("#zzz")[:40]


def test_errors_are_readable_on_every_ground_whatever_the_cloth(tokens_css):
    [(light, dark)] = re.findall(r"--danger: light-dark\((#\w{6}), (#\w{6})\);", tokens_css)

    assert f"--danger: {light};" in tokens_css
    for shade, ground in ((light, colours.LIGHT), (dark, colours.DARK)):
        assert colours.contrast(shade, ground.paper) >= colours.AAA
        assert colours.contrast(shade, ground.card) >= colours.AAA
