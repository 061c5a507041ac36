"""What the documents promise is there: files, make targets, commands, decisions."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document):
    linked = LINK.findall(document.read_text(encoding="utf-8"))

    assert [link for link in linked if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_that_are_named_exist(document):
    named = set(re.findall(r"`?make ([a-z-]+)", "\n".join(_code_in(ROOT / document))))

    assert named > set()
    assert named <= make_targets()


def test_every_setting_is_explained_to_hosts():
    read = set(
        re.findall(r'env\.\w+\("(\w+)"', (ROOT / "banderole" / "settings.py").read_text(encoding="utf-8"))
    )
    explained = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")))

    assert "BANDEROLE_HOME" in read
    assert read - explained == set()


def test_every_decision_stands_in_the_index():
    decisions = ROOT / "docs" / "decisions"
    index = (decisions / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in sorted(decisions.glob("0*.md")) if f"({path.name})" not in index] == []


def test_every_command_of_the_program_is_named_in_a_document():
    commands = {path.stem for path in ROOT.glob("banderole/*/management/commands/[a-z]*.py")}
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)

    assert sorted(name for name in commands if f"banderole {name}" not in text) == []


def test_every_slot_of_a_page_stands_in_the_architecture():
    opened = {
        name
        for template in ROOT.glob("banderole/*/templates/**/*.html")
        for name in re.findall(r'{% slot "(\w+)"', template.read_text(encoding="utf-8"))
    }
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert sorted(name for name in opened if f"`{name}`" not in text) == []


def test_the_licence_is_the_whole_text():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text


def _code_in(document: Path) -> list[str]:
    """The blocks and spans of code of a document: prose may say "make sure"."""
    text = document.read_text(encoding="utf-8")
    return re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
