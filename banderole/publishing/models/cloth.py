"""Colours that an association may choose, and whether letters on them can be read (WCAG 2.2, level AA)."""

import re

PAPER_WHITE = "#ffffff"
INK = "#1a1613"
READABLE = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def is_colour(value: str) -> bool:
    return _HEX.fullmatch(value) is not None


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def letters_on(cloth: str) -> str:
    """White or ink: whichever reads better on this cloth."""
    return max((PAPER_WHITE, INK), key=lambda letters: contrast(letters, cloth))


def is_readable(cloth: str) -> bool:
    return contrast(letters_on(cloth), cloth) >= READABLE


def nearest_readable(cloth: str) -> str:
    """The same hue, as little darker as needed for white letters to be read on it."""
    for keep in range(100, 0, -1):
        darker = "#" + "".join(f"{channel * keep // 100:02x}" for channel in channels(cloth))
        if contrast(PAPER_WHITE, darker) >= READABLE:
            return darker
    return INK
