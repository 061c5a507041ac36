from django.urls import path

from banderole.baking import views

app_name = "baking"
urlpatterns = [
    path("outbox/", views.outbox_list, name="outbox"),
    path("outbox/<slug:name>/", views.outbox_mail, name="mail"),
    path("outbox/<slug:name>/html/", views.outbox_html, name="mail-html"),
    path("outbox/<slug:name>/<int:number>/", views.outbox_attachment, name="mail-attachment"),
]
