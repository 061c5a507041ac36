from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def css_folder() -> Path:
    return Path(__file__).parent.parent / "static" / "common" / "css"


@pytest.fixture(scope="session")
def tokens_css(css_folder) -> str:
    return (css_folder / "tokens.css").read_text(encoding="utf-8")
