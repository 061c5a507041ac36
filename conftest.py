"""What every test has: nothing counted yet by rates of forms and delays of logins."""

import pytest

from banderole.accounts import delays
from banderole.common import public_forms
from banderole.vault.home import make_keys


@pytest.fixture(autouse=True)
def _fresh_rates():
    public_forms.forget_rates()
    delays.forget_all()


@pytest.fixture
def machine_home(db, settings, tmp_path):
    """A home with the machine's keys, as `banderole init` makes it: what the worker needs to know an address."""
    settings.HOME, settings.KEYS_ROOT = tmp_path, tmp_path / "keys"
    settings.OUTBOX_ROOT = tmp_path / "outbox"
    make_keys()
    return tmp_path


@pytest.fixture
def keys_root(machine_home):
    return machine_home / "keys"
