import shutil

import pytest

from tests.processes import banderole


@pytest.fixture(scope="session")
def new_home(tmp_path_factory):
    """A home that `banderole init` made; tests take a copy."""
    home = tmp_path_factory.mktemp("new") / "home"
    made = banderole(home, "init")
    assert made.returncode == 0, made.stderr
    return home


@pytest.fixture
def home(new_home, tmp_path):
    return shutil.copytree(new_home, tmp_path / "home")
