"""Pictures for the demo, drawn by this program: hills, a river and a sky, never a person."""

import io
import math
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1000
SKIES = [("#f4d9b0", "#e8a87c"), ("#cfe3e2", "#8fb8c4")]
HILLS = [("#7c8f5a", "#55703f", "#2f4a30"), ("#6f8f86", "#44685f", "#22403d")]
WATER = ["#d8ecec", "#f3ead2"]


def draw_river(number: int) -> ContentFile[bytes]:
    """The picture with this number: the same bytes every time."""
    chance = random.Random(number)  # noqa: S311 -- a drawing hides nothing
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    brush = ImageDraw.Draw(picture)
    _sky(brush, *SKIES[number % 2])
    brush.ellipse((1150, 120, 1310, 280), fill="#fff6e0")
    for depth, colour in enumerate(HILLS[number % 2]):
        _hill(brush, colour, top=330 + depth * 130, chance=chance)
    _river(brush, WATER[number % 2])
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82)
    return ContentFile(written.getvalue(), name=f"campagne-{number}.jpg")


def _sky(brush: ImageDraw.ImageDraw, above: str, below: str) -> None:
    first, last = _rgb(above), _rgb(below)
    for y in range(HEIGHT):
        share = y / HEIGHT
        mixed = tuple(round(a + (b - a) * share) for a, b in zip(first, last, strict=True))
        brush.line((0, y, WIDTH, y), fill=mixed)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _hill(brush: ImageDraw.ImageDraw, colour: str, *, top: int, chance: random.Random) -> None:
    waves = [
        (chance.uniform(20, 60), chance.uniform(0.002, 0.006), chance.uniform(0, 6)) for _wave in range(3)
    ]
    crest = [
        (x, top + sum(height * math.sin(x * length + shift) for height, length, shift in waves))
        for x in range(0, WIDTH + 20, 20)
    ]
    brush.polygon([(0, HEIGHT), *crest, (WIDTH, HEIGHT)], fill=colour)


def _river(brush: ImageDraw.ImageDraw, colour: str) -> None:
    left, right = [], []
    for y in range(640, HEIGHT + 10, 10):
        near = (y - 640) / (HEIGHT - 640)
        middle = WIDTH / 2 + 260 * math.sin(near * 4.2) * (1 - near * 0.3)
        half = 8 + 190 * near**1.6
        left.append((middle - half, y))
        right.append((middle + half, y))
    brush.polygon(left + right[::-1], fill=colour)
