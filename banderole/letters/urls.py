from django.urls import path

from banderole.letters.views import archive, subscribing, unsubscribing

app_name = "letters"
urlpatterns = [
    path("abonnement/", subscribing.subscribe, name="subscribe"),
    path("abonnement/merci/", subscribing.asked, name="asked"),
    path("abonnement/confirmer/<str:token>/", subscribing.confirm, name="confirm"),
    path("desabonnement/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("lettres/", archive.archive, name="archive"),
    path("lettres/<slug:slug>/", archive.letter, name="letter"),
]
