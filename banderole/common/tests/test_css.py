"""What docs/decisions/0004-css.md promises of every stylesheet."""

import re

import pytest

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRINGS = re.compile(r"url\([^)]*\)|\"[^\"]*\"")
ARGUMENTS = re.compile(r"\([^()]*\)")
CLASS = re.compile(r"\.([a-z][\w-]*)")
COLOUR = re.compile(r"(?<![\w-])#[0-9a-f]{3,8}\b|(?:rgb|hsl|oklch)\(", re.IGNORECASE)
HOME_OF_COLOURS = {"tokens.css", "print.css"}
# A mask and a backdrop need full, none and half, and no colour.
NO_COLOUR = {"#000", "#0000", "#0009", "#fff"}


def css_files(folder):
    return sorted(folder.rglob("*.css"))


def rules_of(path):
    return STRINGS.sub("", COMMENT.sub("", path.read_text(encoding="utf-8")))


def selectors_of(path):
    return re.findall(r"([^{};]+)\{", rules_of(path))


def test_every_component_is_imported_once_and_the_map_holds_nothing_else(css_folder):
    lines = COMMENT.sub("", (css_folder / "main.css").read_text(encoding="utf-8")).strip().splitlines()

    assert lines[0].startswith("@layer ")
    imported = [re.fullmatch(r'@import "(.+?)" layer\(\w+\);', line).group(1) for line in lines[1:]]
    assert sorted(imported) == sorted(
        str(path.relative_to(css_folder)) for path in css_files(css_folder) if path.name != "main.css"
    )


def test_a_component_names_every_class_after_its_file(css_folder):
    strangers = {
        f"{path.name}: {selector.strip()}"
        for path in (css_folder / "components").glob("*.css")
        for selector in selectors_of(path)
        for part in ARGUMENTS.sub("", selector).split(",")
        if not selector.strip().startswith("@")
        and (classes := CLASS.findall(part))
        and not any(name.startswith(path.stem) for name in classes)
    }

    assert strangers == set()


def test_colours_stand_in_the_tokens_only(css_folder):
    found = {
        f"{path.name}: {colour}"
        for path in css_files(css_folder)
        if path.name not in HOME_OF_COLOURS
        for colour in COLOUR.findall(rules_of(path))
        if colour not in NO_COLOUR
    }

    assert found == set()


@pytest.mark.parametrize(
    "forbidden", ["!important", "margin-left", "margin-right", "text-align: left", "float: left"]
)
def test_no_stylesheet_needs(css_folder, forbidden):
    assert [path.name for path in css_files(css_folder) if forbidden in rules_of(path)] == []


def test_ids_and_tags_do_not_qualify_classes(css_folder):
    qualified = {
        f"{path.name}: {selector.strip()}"
        for path in css_files(css_folder)
        for selector in selectors_of(path)
        if not selector.strip().startswith("@")
        and (
            re.search(r"(?<![\w-])(?:a|p|ul|ol|li|div|h[1-6]|span|body)\.[a-z]", selector) or "#" in selector
        )
    }

    assert qualified == set()


def test_a_stylesheet_stays_short(css_folder):
    assert [path.name for path in css_files(css_folder) if len(path.read_text().splitlines()) > 200] == []
