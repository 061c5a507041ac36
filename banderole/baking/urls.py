from django.urls import URLPattern, URLResolver

app_name = "baking"
urlpatterns: list[URLPattern | URLResolver] = []
