"""What every test has: nothing counted yet by the rates of public forms."""

import pytest

from banderole.common import public_forms


@pytest.fixture(autouse=True)
def _fresh_rates():
    public_forms.forget_rates()
