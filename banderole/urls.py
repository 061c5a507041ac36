"""The only file that knows every app's urls.

Public pages carry their language in the path (French without a prefix, then /en/); so they can be files.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from banderole.common.admin_policy import ADMIN_PATH
from banderole.people.urls import my_data_urls
from banderole.welcome.urls import newcomers_urls

urlpatterns = [
    path("documents/", include(wagtaildocs_urls)),
    path("", include("banderole.common.urls")),
    path("", include("banderole.accounts.urls")),  # before the admin: its login is ours
    path(ADMIN_PATH, include(wagtailadmin_urls)),
    path("", include("banderole.people.urls")),
    path("espace/nouvelles-personnes/", include((newcomers_urls, "newcomers"))),
    path("", include("banderole.baking.urls")),
    *i18n_patterns(
        path("", include("banderole.federation.urls")),
        path("", include((my_data_urls, "my_data"))),
        path("", include("banderole.welcome.urls")),
        path("", include("banderole.campaigns.urls")),
        path("", include("banderole.letters.urls")),
        path("", include("banderole.publishing.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
