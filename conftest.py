"""What every test has: nothing counted yet by the rates of public forms."""

import pytest

from banderole.common import public_forms
from banderole.vault.home import make_keys


@pytest.fixture(autouse=True)
def _fresh_rates():
    public_forms.forget_rates()


@pytest.fixture
def machine_home(db, settings, tmp_path):
    """A home with the machine's keys, as `banderole init` makes it: what the worker needs to know an address."""
    settings.HOME, settings.KEYS_ROOT = tmp_path, tmp_path / "keys"
    settings.OUTBOX_ROOT = tmp_path / "outbox"
    make_keys()
    return tmp_path
