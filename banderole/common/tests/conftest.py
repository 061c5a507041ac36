from collections import defaultdict
from pathlib import Path

import pytest

from banderole.common import frame, slots


@pytest.fixture(autouse=True)
def nothing_above(monkeypatch):
    """What the apps above put into pages is theirs to test."""
    monkeypatch.setattr(slots, "_slots", defaultdict(list))
    monkeypatch.setattr(frame, "_navigation", [])
    monkeypatch.setattr(frame, "_site", lambda _request: frame.Site(name="Banderole"))


@pytest.fixture(scope="session")
def css_folder() -> Path:
    return Path(__file__).parent.parent / "static" / "common" / "css"


@pytest.fixture(scope="session")
def tokens_css(css_folder) -> str:
    return (css_folder / "tokens.css").read_text(encoding="utf-8")
