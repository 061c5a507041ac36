from django.urls import URLPattern, URLResolver, path

from banderole.welcome.views import newcomers, public

app_name = "welcome"
urlpatterns: list[URLPattern | URLResolver] = [
    path("rejoindre/", public.join, name="join"),
    path("rejoindre/merci/", public.asked, name="asked"),
    path("rejoindre/confirmer/<str:token>/", public.confirm, name="confirm"),
    path("groupes/", public.groups, name="groups"),
    path("groupes/<slug:slug>/", public.group, name="group"),
]

# Pages of the team: no language in the path; `banderole.urls` includes them under the name "newcomers".
newcomers_urls: list[URLPattern | URLResolver] = [
    path("", newcomers.newcomers, name="list"),
    path("<str:public_id>/", newcomers.newcomer, name="card"),
    path("<str:public_id>/parole/", newcomers.note_reached, name="reached"),
    path("<str:public_id>/sans-reponse/", newcomers.note_no_answer, name="no_answer"),
    path("<str:public_id>/etape/", newcomers.move, name="move"),
    path("<str:public_id>/confier/", newcomers.hand_over, name="hand_over"),
    path("<str:public_id>/au-revoir/", newcomers.leave, name="leave"),
    path("<str:public_id>/annuler/", newcomers.undo, name="undo"),
]
