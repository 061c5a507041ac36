from django.apps import AppConfig


class BakingConfig(AppConfig):
    name = "banderole.baking"
    label = "baking"
    default_auto_field = "django.db.models.BigAutoField"
