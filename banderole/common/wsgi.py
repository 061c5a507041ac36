"""What Granian runs: `banderole.common.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banderole.settings")
_django = get_wsgi_application()

from banderole.common.serving.application import FilesFirst  # noqa: E402 -- Django is set up first

application = FilesFirst(_django)
