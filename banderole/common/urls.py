from django.urls import path

from banderole.common import views

app_name = "common"
urlpatterns = [
    path("preuve/", views.proof_challenge, name="proof"),
    path("static/s/<slug:digest>.css", views.stylesheet_file, name="stylesheet"),
]
