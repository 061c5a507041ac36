"""The pictures of the demo: printed like posters, in a few flat colours, by this program. Nobody is shown."""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from banderole.publishing.management.drawing_tools import (
    BRICK,
    CLOTH,
    CORAL,
    DEEP,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    SAND,
    SIZE,
    STRAW,
    WATER,
    H,
    Sheet,
    W,
    box,
    crowd,
    disc,
    grain,
    hill,
    houses,
    line,
    reeds,
    river,
    shape,
    sky,
)


def _theatre(sheet: Sheet) -> None:
    sky(sheet, "#27415a", "#f0a35f", down_to=0.75)
    box(sheet, 0.18, 0.2, 0.82, 0.9, SAND)
    shape(sheet, [(0.15, 0.21), (0.5, 0.03), (0.85, 0.21)], OCHRE)
    for column in range(6):
        box(sheet, 0.215 + column * 0.106, 0.25, 0.245 + column * 0.106, 0.9, PAPER)
        if column < 5:
            box(sheet, 0.262 + column * 0.106, 0.34, 0.303 + column * 0.106, 0.8, BRICK)
    shape(sheet, [(0.1, 0.36), (0.9, 0.29), (0.905, 0.46), (0.105, 0.53)], CLOTH)
    for left, right in ((0.1, 0.97), (0.9, 0.9)):
        line(sheet, [(left, 0.3), (left, right)], NIGHT, 0.01)
    for stripe in range(7):
        at = 0.17 + stripe * 0.1
        line(sheet, [(at, 0.435 - stripe * 0.0087), (at + 0.05, 0.43 - stripe * 0.0087)], PAPER, 0.016)
    crowd(sheet, 0.56, [NIGHT, DEEP, "#3d2a2a", BRICK, "#22424a"], rows=5)


def _path(sheet: Sheet) -> None:
    sky(sheet, "#9fcdc9", "#f6ead0", down_to=0.6)
    disc(sheet, 0.72, 0.24, 0.09, "#fff4d6")
    for top, colour in ((0.42, "#9fb98a"), (0.5, LEAF), (0.58, MOSS)):
        hill(sheet, top, colour)
    river(sheet, 0.6, CLOTH, WATER, middle=0.38)
    path = [(0.62 + 0.1 * math.sin(step / 9), 0.6 + step / 100) for step in range(41)]
    left = [(x - 0.003 - 0.0009 * step, y) for step, (x, y) in enumerate(path)]
    right = [(x + 0.003 + 0.0009 * step, y) for step, (x, y) in enumerate(path)]
    shape(sheet, left + right[::-1], SAND)
    for x, y, size in ((0.86, 0.56, 0.1), (0.93, 0.62, 0.14), (0.1, 0.58, 0.09), (0.79, 0.55, 0.06)):
        box(sheet, x - 0.004, y, x + 0.004, y + size * 1.3, NIGHT)
        disc(sheet, x, y, size, "#35522c")
    box(sheet, 0.745, 0.72, 0.768, 0.84, PAPER)
    box(sheet, 0.745, 0.72, 0.768, 0.745, CORAL)


def _samples(sheet: Sheet) -> None:
    sky(sheet, MIST, PAPER)
    hill(sheet, 0.42, "#a9cbb8")
    hill(sheet, 0.52, WATER, height=0.02)
    box(sheet, 0, 0.78, 1, 1, OCHRE)
    box(sheet, 0, 0.78, 1, 0.8, BRICK)
    for tube in range(11):
        left, wide = 0.07 + tube * 0.08, 0.046
        full = 0.62 - 0.025 * tube + sheet.chance.uniform(-0.03, 0.03)
        share = tube / 10
        colour = "#" + "".join(
            f"{int(a + (b - a) * share):02x}" for a, b in ((230, 164), (232, 52), (200, 60))
        )
        corner = wide * W / 2
        sheet.brush.rounded_rectangle(
            (left * W, 0.2 * H, (left + wide) * W, 0.86 * H), corner, fill="#ffffff"
        )
        sheet.brush.rounded_rectangle(
            ((left + 0.005) * W, full * H, (left + wide - 0.005) * W, 0.85 * H), corner, fill=colour
        )
        box(sheet, left - 0.004, 0.19, left + wide + 0.004, 0.225, NIGHT)
    box(sheet, 0.03, 0.66, 0.97, 0.72, BRICK)


def _market(sheet: Sheet) -> None:
    sky(sheet, "#7fb7c4", PAPER, down_to=0.6)
    for boat in range(4):
        x = 0.08 + boat * 0.27 + sheet.chance.uniform(-0.02, 0.02)
        line(sheet, [(x, 0.08), (x, 0.42)], NIGHT, 0.006)
        shape(sheet, [(x, 0.1), (x + 0.1, 0.36), (x, 0.36)], sheet.chance.choice([PAPER, STRAW, CORAL]))
        shape(
            sheet,
            [(x - 0.08, 0.4), (x + 0.13, 0.4), (x + 0.09, 0.49), (x - 0.05, 0.49)],
            sheet.chance.choice([BRICK, DEEP, CLOTH]),
        )
    box(sheet, 0, 0.48, 1, 0.58, CLOTH)
    box(sheet, 0, 0.56, 1, 1, SAND)
    for stall, (one, other) in enumerate(((CORAL, PAPER), (CLOTH, PAPER), (STRAW, BRICK))):
        left = 0.05 + stall * 0.32
        for stripe in range(8):
            colour = one if stripe % 2 else other
            at = left + stripe * 0.033
            shape(sheet, [(at + 0.01, 0.42), (at + 0.036, 0.42), (at + 0.033, 0.56), (at, 0.56)], colour)
            sheet.brush.pieslice((at * W, 0.53 * H, (at + 0.033) * W, 0.59 * H), 0, 180, fill=colour)
        for leg in (0.01, 0.245):
            box(sheet, left + leg, 0.56, left + leg + 0.006, 0.94, NIGHT)
        box(sheet, left, 0.74, left + 0.264, 0.88, OCHRE)
        for heap in range(26):
            colour = ([CORAL, BRICK], [LEAF, MOSS], [STRAW, CORAL])[stall][heap % 2]
            disc(sheet, left + 0.016 + (heap % 13) * 0.019, 0.735 - (heap // 13) * 0.024, 0.016, colour)


def _heron(sheet: Sheet) -> None:
    sky(sheet, "#e9a06a", "#f8e7c6", down_to=0.62)
    disc(sheet, 0.3, 0.5, 0.17, CORAL)
    hill(sheet, 0.55, "#7d9a8e", height=0.015)
    box(sheet, 0, 0.6, 1, 1, "#d8b98c")
    for wave in range(40):
        y = 0.62 + wave * 0.01
        x = sheet.chance.uniform(0, 1)
        line(
            sheet,
            [(x, y), (x + sheet.chance.uniform(0.04, 0.2), y)],
            sheet.chance.choice([CORAL, PAPER, WATER]),
            0.003,
        )
    sheet.brush.ellipse((0.5 * W, 0.4 * H, 0.68 * W, 0.6 * H), fill=DEEP)
    shape(sheet, [(0.66, 0.45), (0.76, 0.63), (0.62, 0.58)], NIGHT)
    line(sheet, [(0.53, 0.47), (0.49, 0.36), (0.53, 0.28), (0.5, 0.2)], DEEP, 0.034)
    sheet.brush.ellipse((0.47 * W, 0.155 * H, 0.525 * W, 0.225 * H), fill=DEEP)
    shape(sheet, [(0.475, 0.175), (0.39, 0.2), (0.477, 0.212)], STRAW)
    line(sheet, [(0.51, 0.17), (0.56, 0.19)], NIGHT, 0.008)
    for leg in (0.58, 0.61):
        line(sheet, [(leg, 0.58), (leg - 0.01, 0.74), (leg, 0.9)], NIGHT, 0.01)
    reeds(sheet, MOSS, first=0, last=0.36, many=46)
    reeds(sheet, "#31492a", first=0.72, last=1, many=40)


def _map(sheet: Sheet) -> None:
    box(sheet, 0, 0, 1, 1, "#efe6cf")
    for ring in range(15):
        for middle in ((0.22, 0.8), (0.8, 0.22)):
            size = 0.05 + ring * 0.055
            points = [
                (middle[0] + size * 0.9 * math.cos(turn / 20) * (1 + 0.12 * math.sin(turn / 20 * 3 + ring * 0.2)),
                 middle[1] + size * 1.3 * math.sin(turn / 20) * (1 + 0.1 * math.cos(turn / 20 * 2)))
                for turn in range(127)
            ]  # fmt: skip
            line(sheet, points, "#d3c29a", 0.003 if ring % 5 else 0.006)
    course = [(step / 60, 0.72 - 0.42 * step / 60 + 0.09 * math.sin(step / 6)) for step in range(61)]
    for brook in (12, 24, 38, 47):
        x, y = course[brook]
        side = 1 if brook % 2 else -1
        line(
            sheet,
            [(x, y), (x + 0.03, y + side * 0.09), (x + 0.01, y + side * 0.17), (x + 0.07, y + side * 0.27)],
            WATER,
            0.007,
        )
    line(sheet, course, CLOTH, 0.022)
    line(sheet, [(x, y + 0.03) for x, y in course[:44]], CORAL, 0.007)
    for town in (6, 17, 29, 41, 52, 58):
        x, y = course[town]
        disc(sheet, x, y, 0.026, NIGHT)
        disc(sheet, x, y, 0.013, PAPER)
    shape(sheet, [(0.88, 0), (1, 0), (1, 0.62), (0.95, 0.5), (0.97, 0.36), (0.9, 0.22), (0.93, 0.1)], WATER)
    shape(sheet, [(0.1, 0.08), (0.118, 0.2), (0.1, 0.175), (0.082, 0.2)], BRICK)


def _flood(sheet: Sheet) -> None:
    sky(sheet, NIGHT, "#2c4d5c")
    houses(sheet, 0.72, walls=["#3b4f57", "#54473f", "#45525c"], roofs=["#1b2c34", "#2a2323"], light=STRAW)
    mirror = sheet.picture.crop((0, int(0.4 * H), W, int(0.72 * H))).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    water = Image.blend(mirror, Image.new("RGB", mirror.size, DEEP), 0.55)
    sheet.picture.paste(water, (0, int(0.66 * H)))
    for wave in range(60):
        y, x = 0.68 + sheet.chance.random() * 0.32, sheet.chance.random()
        line(
            sheet,
            [(x, y), (x + sheet.chance.uniform(0.02, 0.12), y)],
            sheet.chance.choice([WATER, STRAW, NIGHT, CLOTH]),
            0.003 + wave % 2 * 0.002,
        )
    box(sheet, 0, 0.975, 1, 1, NIGHT)
    for _drop in range(320):
        x, y = sheet.chance.random() * 1.1, sheet.chance.random()
        line(sheet, [(x, y), (x - 0.012, y + 0.05)], "#9fc0c4", 0.0016)


def _hedge(sheet: Sheet) -> None:
    sky(sheet, "#f3b765", "#fbeccb", down_to=0.6)
    disc(sheet, 0.2, 0.4, 0.1, "#fff3cf")
    hill(sheet, 0.46, "#b7a05a")
    shape(sheet, [(0, 0.62), (1, 0.42), (1, 1), (0, 1)], "#8a5a33")
    for furrow in range(12):
        line(sheet, [(0, 0.68 + furrow * 0.05), (1, 0.47 + furrow * 0.062)], "#74482a", 0.008)
    for tree in range(26):
        x = 0.01 + tree * 0.039
        y = 0.63 - 0.2 * x
        tall = 0.08 + 0.1 * x + sheet.chance.uniform(0, 0.04)
        line(sheet, [(x, y), (x, y - tall)], NIGHT, 0.006)
        for _leaf in range(9):
            disc(
                sheet,
                x + sheet.chance.uniform(-0.013, 0.013),
                y - tall * sheet.chance.uniform(0.45, 1.05),
                0.018,
                sheet.chance.choice([MOSS, LEAF, "#35522c", OCHRE]),
            )
    river(sheet, 0.86, CLOTH, WATER, middle=0.7, bend=0.05)


def _kitchen(sheet: Sheet) -> None:
    tile = 0.0625
    for row in range(10):
        for column in range(16):
            colour = "#e9d3b0" if (row + column) % 2 else "#dcbf93"
            box(sheet, column * tile, row * 0.1, (column + 1) * tile, (row + 1) * 0.1, colour)
    colours = [CORAL, CLOTH, STRAW, MOSS, BRICK, WATER, DEEP, LEAF, OCHRE, CLOTH, CORAL, MOSS]
    for seat, colour in enumerate(colours):
        turn = seat / 12 * math.tau
        disc(sheet, 0.5 + 0.262 * math.cos(turn), 0.5 + 0.42 * math.sin(turn), 0.075, colour)
        disc(sheet, 0.5 + 0.255 * math.cos(turn), 0.5 + 0.408 * math.sin(turn), 0.05, PAPER)
    disc(sheet, 0.5, 0.5, 0.335, BRICK)
    disc(sheet, 0.5, 0.5, 0.315, "#c56a3f")
    for seat in range(12):
        turn = (seat + sheet.chance.uniform(-0.2, 0.2)) / 12 * math.tau
        x, y = 0.5 + 0.15 * math.cos(turn), 0.5 + 0.24 * math.sin(turn)
        disc(sheet, x, y, 0.034, PAPER)
        disc(sheet, x, y, 0.022, sheet.chance.choice(["#5b3a26", "#7a4a2c"]))
    shape(sheet, [(0.42, 0.42), (0.57, 0.39), (0.585, 0.58), (0.435, 0.61)], "#fbf6ea")
    line(sheet, [(0.44, 0.56), (0.48, 0.5), (0.52, 0.51), (0.56, 0.44)], CLOTH, 0.01)


def _bridge(sheet: Sheet) -> None:
    sky(sheet, "#bcd9d4", "#f8eed6", down_to=0.6)
    hill(sheet, 0.36, LEAF)
    hill(sheet, 0.44, MOSS)
    box(sheet, 0, 0.62, 1, 1, CLOTH)
    shape(sheet, [(0, 0.46), (0.5, 0.38), (1, 0.46), (1, 0.7), (0, 0.7)], SAND)
    shape(sheet, [(0, 0.43), (0.5, 0.35), (1, 0.43), (1, 0.465), (0.5, 0.385), (0, 0.465)], OCHRE)
    for middle, half in ((0.2, 0.11), (0.5, 0.14), (0.8, 0.11)):
        arch = ((middle - half) * W, (0.68 - half * 1.5) * H, (middle + half) * W, (0.68 + half * 1.5) * H)
        sheet.brush.pieslice(arch, 180, 360, fill=DEEP)
        sheet.brush.pieslice(
            (arch[0], (0.72 - half) * H, arch[2], (0.72 + half * 1.2) * H), 0, 180, fill=DEEP
        )
    box(sheet, 0, 0.675, 1, 0.7, OCHRE)
    for _wave in range(70):
        y, x = 0.71 + sheet.chance.random() * 0.28, sheet.chance.random()
        line(
            sheet,
            [(x, y), (x + sheet.chance.uniform(0.02, 0.1), y)],
            sheet.chance.choice([WATER, SAND, MIST]),
            0.003,
        )
    reeds(sheet, "#31492a", first=0, last=0.16, many=24)
    reeds(sheet, MOSS, first=0.86, last=1, many=24)


def _eels(sheet: Sheet) -> None:
    sky(sheet, "#0b2730", CLOTH)
    disc(sheet, 0.76, 0.2, 0.12, SAND)
    for ring in range(9):
        wide = 0.05 + ring * 0.016
        line(sheet, [(0.76 - wide, 0.4 + ring * 0.06), (0.76 + wide, 0.4 + ring * 0.06)], "#d9c28f", 0.007)
    for wave in range(26):
        points = [(x / 40, 0.08 + wave * 0.037 + 0.012 * math.sin(x / 4 + wave)) for x in range(41)]
        line(sheet, points, "#1c5a62" if wave % 2 else "#114850", 0.004)
    for eel, colour in enumerate((NIGHT, "#071b22", "#16323a")):
        body = [
            (0.05 + step / 80, 0.36 + eel * 0.2 + 0.07 * math.sin(step / 7 + eel * 2)) for step in range(48)
        ]
        for number, (x, y) in enumerate(body):
            disc(
                sheet,
                x + eel * 0.09,
                y,
                0.008 + 0.026 * math.sin(min(1, (number + 6) / 44) * math.pi * 0.62),
                colour,
            )
        x, y = body[-1]
        disc(sheet, x + eel * 0.09 + 0.004, y - 0.01, 0.006, STRAW)


def _sheets(sheet: Sheet) -> None:
    box(sheet, 0, 0, 1, 1, CLOTH)
    for turn in (-14, -5, 6):
        page = Image.new("RGBA", (int(0.36 * W), int(0.86 * H)), PAPER)
        brush = ImageDraw.Draw(page)
        for row in range(17):
            wide = sheet.chance.uniform(0.5, 0.86) if row % 5 == 4 else 0.88
            marked = turn == 6 and row in {9, 10}
            brush.rectangle(
                (
                    page.width * 0.08,
                    page.height * (0.1 + row * 0.048),
                    page.width * wide,
                    page.height * (0.118 + row * 0.048),
                ),
                fill=STRAW if marked else "#8d8777",
            )
        brush.rectangle(
            (page.width * 0.08, page.height * 0.04, page.width * 0.5, page.height * 0.065), fill=NIGHT
        )
        turned = page.rotate(turn, expand=True, resample=Image.Resampling.BICUBIC)
        shade = Image.new("RGB", turned.size, DEEP)
        at = (int((0.3 + turn * 0.012) * W), int(0.06 * H))
        sheet.picture.paste(shade, (at[0] + 24, at[1] + 24), turned.getchannel("A"))
        sheet.picture.paste(turned.convert("RGB"), at, turned.getchannel("A"))
    line(sheet, [(0.7, 0.86), (0.9, 0.5)], CORAL, 0.07)
    line(sheet, [(0.9, 0.5), (0.915, 0.475)], NIGHT, 0.07)
    line(sheet, [(0.7, 0.86), (0.692, 0.876)], STRAW, 0.045)


SCENES: dict[str, Callable[[Sheet], None]] = {
    "theatre.jpg": _theatre,
    "chemin.jpg": _path,
    "releves.jpg": _samples,
    "marche.jpg": _market,
    "heron.jpg": _heron,
    "carte.jpg": _map,
    "crue.jpg": _flood,
    "haie.jpg": _hedge,
    "cuisine.jpg": _kitchen,
    "lavoir.jpg": _bridge,
    "anguille.jpg": _eels,
    "arrete.jpg": _sheets,
}


def draw(name: str) -> bytes:
    """The scene of this name as a JPEG: the same bytes every time."""
    picture = Image.new("RGB", (W, H), PAPER)
    sheet = Sheet(picture, ImageDraw.Draw(picture), random.Random(name))  # noqa: S311 -- a drawing hides nothing
    SCENES[name](sheet)
    printed = grain(picture.resize(SIZE, Image.Resampling.BOX), sheet.chance)
    written = io.BytesIO()
    printed.save(written, "JPEG", quality=86)
    return written.getvalue()
