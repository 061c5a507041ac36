"""What import-linter cannot see: foreign keys by name, and templates. The order is read from its contract."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = next(contract for contract in CONTRACTS if contract["id"] == "apps")["layers"]
RANK = {app: rank for rank, line in enumerate(reversed(LAYERS)) for app in line.split(" | ")}
OWN_APPS = [config for config in apps.get_app_configs() if config.name.startswith("banderole.")]
TAG = re.compile(r"""{%\s*(?:(load)\s+([^%]+?)|(?:include|extends)\s+["']([^"']+)["'][^%]*)\s*%}""")


def looks_up(own: str, other: str) -> bool:
    return other != own and other in RANK and RANK[other] >= RANK[own]


def apps_named_in(template: str) -> set[str]:
    named = set()
    for load, libraries, path in TAG.findall(template):
        if load:
            named |= {library.removesuffix("_tags") for library in libraries.split()}
        else:
            named.add(path.split("/")[0])
    return named


def test_relations_point_down_or_stay_in_their_app():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for config in OWN_APPS
        for model in config.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        and looks_up(config.label, field.related_model._meta.app_label)
    ]  # fmt: skip

    assert upward == []


def test_templates_load_include_and_extend_only_from_below():
    upward = [
        f"{path.relative_to(ROOT)} names {other}"
        for config in OWN_APPS
        for path in (Path(config.path) / "templates").rglob("*")
        if path.is_file()
        for other in sorted(apps_named_in(path.read_text()))
        if looks_up(config.label, other)
    ]

    assert upward == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{% extends "welcome/join.html" %}', {"welcome"}),
        ('{% include "people/_card.html" with person=person %}', {"people"}),
        ("{% load common_tags letters_tags %}", {"common", "letters"}),
        ("{{ welcome }}", set()),
    ],
)
def test_the_reader_of_templates_sees_each_way_of_naming_another_app(line, named):
    assert apps_named_in(line) == named


def test_a_planted_upward_look_is_found():
    assert looks_up("people", "welcome")
    assert looks_up("people", "publishing")
    assert not looks_up("welcome", "people")
    assert not looks_up("people", "people")
