from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "banderole.welcome"
    label = "welcome"
    default_auto_field = "django.db.models.BigAutoField"
