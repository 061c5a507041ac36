from django.urls import URLPattern, URLResolver, path

from banderole.people.views import duties, groups, my_data, persons, records, today

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("espace/", today.today, name="today"),
    path("espace/groupes/", groups.group_list, name="groups"),
    path("espace/groupes/nouveau/", groups.make_group, name="make_group"),
    path("espace/groupes/sans/", groups.without_group, name="without_group"),
    path("espace/groupes/<slug:slug>/", groups.group_page, name="group"),
    path("espace/groupes/<slug:slug>/modifier/", groups.change_group, name="change_group"),
    path("espace/personnes/<str:public_id>/", persons.card, name="person"),
    path("espace/personnes/<str:public_id>/noter/", persons.write_note, name="write_note"),
    path("espace/personnes/<str:public_id>/effacer/", persons.erase_person, name="erase"),
    path("espace/responsabilites/", duties.duty_list, name="duties"),
    path("espace/responsabilites/inviter/", duties.invite, name="invite"),
    path("espace/responsabilites/confier/", duties.grant, name="grant_duty"),
    path("espace/responsabilites/<int:duty_id>/terminer/", duties.end, name="end_duty"),
    path("espace/comptes/<int:account_id>/lien/", duties.renew, name="renew_account"),
    path("espace/registre/", records.record_page, name="record"),
]

# Public, so with the language in the path; `banderole.urls` includes it under the name "my_data".
my_data_urls: list[URLPattern | URLResolver] = [
    path("vos-donnees/", my_data.ask, name="ask"),
    path("vos-donnees/merci/", my_data.asked, name="asked"),
    path("vos-donnees/<str:token>/", my_data.see, name="see"),
]
