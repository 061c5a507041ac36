"""Where a French postcode lies, from two small tables and no network."""

from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent.parent / "data"
EARTH_KM = 6371.0
CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}


class Point(NamedTuple):
    latitude: float
    longitude: float


def department(postcode: str) -> str:
    """The department of a French postcode ("14", "2A", "974"), or "" where it is none."""
    digits = "".join(postcode.split())
    if len(digits) != 5 or not digits.isascii() or not digits.isdecimal():
        return ""
    code = CORSICA.get(digits[:3]) or (digits[:3] if digits.startswith("97") else digits[:2])
    return code if code in centres() else ""


@cache
def centres() -> dict[str, Point]:
    """The main town of each department."""
    rows = [
        line.split("\t")
        for line in (DATA / "departments.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    return {code: Point(float(latitude), float(longitude)) for code, _town, latitude, longitude in rows}


def distance_km(one: Point, other: Point) -> float:
    latitude, longitude = (radians(other[i] - one[i]) for i in (0, 1))
    chord = (
        sin(latitude / 2) ** 2
        + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(longitude / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(chord))
