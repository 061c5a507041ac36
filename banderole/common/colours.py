"""One colour chosen by the association, and every shade that is derived from it.

Whatever is chosen stays readable: text reaches 7:1 (WCAG AAA) on each ground it stands on, words on the
cloth itself reach 4.5:1 (AA). The shades go into the stylesheet as custom properties of the layer `tokens`.
"""

import re
from typing import NamedTuple

DEFAULT_CLOTH = "#c8102e"
WHITE, BLACK = "#ffffff", "#000000"

AA, AAA = 4.5, 7.0
HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
Channels = tuple[float, float, float]


class Ground(NamedTuple):
    """The neutral colours of one theme; `tokens.css` repeats them."""

    paper: str
    card: str
    ink: str
    quiet: str


LIGHT = Ground(paper="#fbf7f0", card="#ffffff", ink="#1a1613", quiet="#51483f")
DARK = Ground(paper="#15120f", card="#1f1a16", ink="#f2ebe1", quiet="#b9afa2")
WASH_LIGHT, WASH_DARK = 0.10, 0.18  # how much cloth is in the ground of a panel, at most


class Shades(NamedTuple):
    cloth: str
    on_cloth: str
    button: str  # a button that lies on the cloth
    on_button: str
    link: tuple[str, str]  # (light, dark), as are the two below
    wash: tuple[str, str]
    strip: tuple[str, str]  # the cloth on the page: bars, borders, and large figures (AAA for large text)


def shades(cloth: str) -> Shades:
    """The shades of a cloth; anything that is no #rrggbb gives those of the default."""
    cloth = cloth.lower() if HEX.fullmatch(cloth) else DEFAULT_CLOTH
    wash = _wash(cloth, LIGHT, WASH_LIGHT), _wash(cloth, DARK, WASH_DARK)
    dark_button = contrast(cloth, LIGHT.ink) >= 3
    return Shades(
        cloth=cloth,
        on_cloth=WHITE if contrast(cloth, WHITE) >= AA else BLACK,
        button=LIGHT.ink if dark_button else WHITE,
        on_button=WHITE if dark_button else LIGHT.ink,
        link=(
            readable(cloth, on=(LIGHT.paper, LIGHT.card, wash[0]), towards=BLACK, at_least=AAA),
            readable(cloth, on=(DARK.paper, DARK.card, wash[1]), towards=WHITE, at_least=AAA),
        ),
        wash=wash,
        strip=(
            readable(cloth, on=(LIGHT.paper, LIGHT.card), towards=BLACK, at_least=AA),
            readable(cloth, on=(DARK.paper, DARK.card), towards=WHITE, at_least=AA),
        ),
    )


def stylesheet(cloth: str) -> str:
    """The custom properties of a cloth, to stand behind `tokens.css` in the stylesheet of the site."""
    own = shades(cloth)
    fixed = f"--cloth:{own.cloth};--on-cloth:{own.on_cloth};--cloth-button:{own.button};--on-cloth-button:{own.on_button}"
    pairs = {"link": own.link, "wash": own.wash, "strip": own.strip}
    plain = ";".join(f"--{name}:{light}" for name, (light, _dark) in pairs.items())
    both = ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in pairs.items())
    return (
        f"@layer tokens{{:root{{{fixed};{plain}}}@supports (color:light-dark(red,red)){{:root{{{both}}}}}}}\n"
    )


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, *, on: tuple[str, ...], towards: str, at_least: float) -> str:
    """The colour itself, or the nearest step from it towards black or white that can be read on each ground."""
    for step in range(0, 101, 2):
        shade = mix(towards, colour, step / 100)
        if all(contrast(shade, ground) >= at_least for ground in on):
            return shade
    return towards


def mix(one: str, other: str, share: float) -> str:
    mixed = (
        round(255 * (a * share + b * (1 - share)))
        for a, b in zip(_channels(one), _channels(other), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _wash(cloth: str, ground: Ground, share: float) -> str:
    """The paper with as much cloth in it as quiet text on it bears."""
    while contrast(ground.quiet, washed := mix(cloth, ground.paper, share)) < AAA:
        share -= 0.01
    return washed


def _channels(colour: str) -> Channels:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
