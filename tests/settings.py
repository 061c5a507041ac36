"""Settings of the tests: a home of their own, a database in memory or the PostgreSQL that DATABASE_URL names."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="banderole-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["BANDEROLE_HOME"] = _home
os.environ.setdefault("BANDEROLE_URL", "http://testserver")

from banderole.settings import *  # noqa: F403 -- the environment comes first

SECRET_KEY = "only-for-tests"
# What a passphrase costs a thief is measured elsewhere; here it would only be waited for.
PASSPHRASE_COST = (64, 1, 1)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
