from django.urls import URLPattern, URLResolver, path

from banderole.campaigns.views import agenda, host, participate

app_name = "campaigns"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda.ics", agenda.agenda_ics, name="agenda_ics"),
    path("agenda/<slug:slug>/", agenda.event, name="event"),
    path("agenda/<slug:slug>.ics", agenda.event_ics, name="event_ics"),
    path("agenda/<slug:slug>/venir/", participate.come, name="come"),
    path("rendez-vous/merci/", participate.asked, name="asked"),
    path("rendez-vous/confirmer/<str:token>/", participate.confirm, name="confirm"),
    path("rendez-vous/annuler/<str:token>/", participate.cancel, name="cancel"),
    path("espace/rendez-vous/", host.hosted, name="hosted"),
    path("espace/rendez-vous/<str:uid>/", host.hosted_event, name="hosted_event"),
    path("espace/rendez-vous/<str:uid>/changer/", host.change, name="change"),
    path("espace/rendez-vous/<str:uid>/reprendre/", host.undo, name="undo"),
    path("espace/rendez-vous/<str:uid>/venus/", host.head_count, name="head_count"),
]
