"""What the scenes of the demo are drawn with: a few flat colours, and shapes whose places are shares of the sheet."""

import math
import random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageOps

SIZE = 1600, 1000
SCALE = 2  # drawn larger, then made smaller: so that edges are smooth
W, H = SIZE[0] * SCALE, SIZE[1] * SCALE
NIGHT, DEEP, CLOTH, WATER, MIST = "#10262f", "#0d434c", "#0b6b6f", "#5fb0ad", "#cfe3dc"
PAPER, SAND, STRAW, OCHRE, CORAL, BRICK, MOSS, LEAF = (
    "#f7efe0", "#ecd9b4", "#e6b84f", "#c98a2b", "#e4572e", "#a63a21", "#4f6b38", "#89a155",
)  # fmt: skip


class Sheet(NamedTuple):
    """What a scene is drawn on; `chance` gives the same numbers every time."""

    picture: Image.Image
    brush: ImageDraw.ImageDraw
    chance: random.Random


Point = tuple[float, float]


def grain(picture: Image.Image, chance: random.Random) -> Image.Image:
    """The tooth of the paper, and a print that is not quite in register."""
    tile = Image.frombytes("L", (256, 256), chance.randbytes(256 * 256)).point(lambda tone: 119 + tone // 15)
    noise = Image.new("L", SIZE)
    for left in range(0, SIZE[0], 256):
        for top in range(0, SIZE[1], 256):
            noise.paste(tile.transpose(Image.Transpose(chance.randrange(7))), (left, top))
    return ImageChops.overlay(picture, Image.merge("RGB", [noise] * 3))


def sky(sheet: Sheet, above: str, below: str, *, down_to: float = 1.0) -> None:
    tones = Image.linear_gradient("L").resize((W, int(H * down_to)))
    sheet.picture.paste(ImageOps.colorize(tones, above, below), (0, 0))


def disc(sheet: Sheet, x: float, y: float, radius: float, colour: str) -> None:
    centre, size = (x * W, y * H), radius * H
    sheet.brush.ellipse((centre[0] - size, centre[1] - size, centre[0] + size, centre[1] + size), fill=colour)


def shape(sheet: Sheet, points: list[Point], colour: str) -> None:
    sheet.brush.polygon([(x * W, y * H) for x, y in points], fill=colour)


def line(sheet: Sheet, points: list[Point], colour: str, width: float) -> None:
    sheet.brush.line([(x * W, y * H) for x, y in points], fill=colour, width=int(width * H), joint="curve")


def box(  # noqa: PLR0917 -- four edges in the order of Pillow
    sheet: Sheet, left: float, top: float, right: float, bottom: float, colour: str
) -> None:
    sheet.brush.rectangle((left * W, top * H, right * W, bottom * H), fill=colour)


def hill(sheet: Sheet, top: float, colour: str, *, height: float = 0.05) -> None:
    waves = [
        (sheet.chance.uniform(0.3, 1) * height, sheet.chance.uniform(2, 7), sheet.chance.uniform(0, 6))
        for _ in "abc"
    ]
    crest = [
        (x / 80, top + sum(size * math.sin(x / 80 * often + start) for size, often, start in waves))
        for x in range(81)
    ]
    shape(sheet, [(0, 1), *crest, (1, 1)], colour)


def river(
    sheet: Sheet, top: float, colour: str, light: str, *, middle: float = 0.5, bend: float = 0.16
) -> None:
    def bank(y: float, side: int) -> Point:
        near = (y - top) / (1 - top)
        return middle + bend * math.sin(near * 4.4) * (1.1 - near * 0.5) + side * (
            0.004 + 0.24 * near**1.7
        ), y

    steps = [top + (1 - top) * step / 60 for step in range(61)]
    shape(sheet, [bank(y, -1) for y in steps] + [bank(y, 1) for y in reversed(steps)], colour)
    for y in steps[12::5]:
        left, right = bank(y, -1)[0], bank(y, 1)[0]
        start = sheet.chance.uniform(left, (left + right) / 2)
        line(sheet, [(start, y), (start + (right - left) * sheet.chance.uniform(0.1, 0.35), y)], light, 0.003)


def reeds(sheet: Sheet, colour: str, *, first: float, last: float, many: int, foot: float = 1.0) -> None:
    for _reed in range(many):
        x, tall = sheet.chance.uniform(first, last), sheet.chance.uniform(0.12, 0.34)
        lean = sheet.chance.uniform(-0.03, 0.03)
        line(sheet, [(x, foot), (x + lean * 0.3, foot - tall * 0.6), (x + lean, foot - tall)], colour, 0.006)
        if sheet.chance.random() < 0.4:
            line(sheet, [(x + lean, foot - tall), (x + lean * 1.15, foot - tall - 0.05)], colour, 0.017)


def crowd(sheet: Sheet, top: float, colours: list[str], *, rows: int = 4) -> None:
    for row in range(rows):
        size = 0.022 + 0.011 * row
        x = -0.02
        while x < 1.02:
            y = top + row * 0.1 + sheet.chance.uniform(-0.025, 0.025)
            colour = sheet.chance.choice(colours)
            wide = size * H / W
            disc(sheet, x, y, size, colour)
            sheet.brush.rounded_rectangle(
                ((x - wide * 1.7) * W, (y + size * 1.05) * H, (x + wide * 1.7) * W, 1.2 * H),
                radius=size * H * 1.2,
                fill=colour,
            )
            x += wide * sheet.chance.uniform(2.8, 4.2)


def houses(sheet: Sheet, foot: float, *, walls: list[str], roofs: list[str], light: str) -> None:
    x = -0.02
    while x < 1:
        wide, tall = sheet.chance.uniform(0.09, 0.14), sheet.chance.uniform(0.2, 0.36)
        wall, roof = sheet.chance.choice(walls), sheet.chance.choice(roofs)
        box(sheet, x, foot - tall, x + wide, foot, wall)
        shape(
            sheet,
            [(x - 0.006, foot - tall), (x + wide / 2, foot - tall - 0.13), (x + wide + 0.006, foot - tall)],
            roof,
        )
        for floor in range(int(tall / 0.11)):
            for place in (0.22, 0.6):
                lit = sheet.chance.random() < 0.7
                top = foot - tall + 0.03 + floor * 0.11
                box(
                    sheet,
                    x + wide * place,
                    top,
                    x + wide * (place + 0.18),
                    top + 0.055,
                    light if lit else roof,
                )
        x += wide + 0.004
