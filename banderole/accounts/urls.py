from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from banderole.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("espace/entrer/", views.log_in, name="login"),
    path("espace/sortir/", views.log_out, name="logout"),
    path("espace/ouvrir/", views.unlock, name="unlock"),
    path("espace/commencer/<str:token>/", views.begin, name="begin"),
    path("espace/carte/", views.card, name="card"),
    path("espace/carte/nouvelle/", views.draw_card, name="draw_card"),
    path("espace/phrase-de-passe/", views.change_passphrase, name="change_passphrase"),
    path("espace/retrouver/", views.recover, name="recover"),
    # Wagtail has a login of its own: these stand before it.
    path("admin/login/", RedirectView.as_view(pattern_name="accounts:login", query_string=True)),
    path("admin/logout/", views.log_out),
]
