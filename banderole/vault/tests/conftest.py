import pytest

from banderole.vault import home


@pytest.fixture
def keys_root(db, settings, tmp_path):
    """A keys folder with the machine's keys, as `banderole init` makes it."""
    settings.KEYS_ROOT = tmp_path / "keys"
    home.make_keys()
    return settings.KEYS_ROOT
