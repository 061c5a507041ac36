from functools import partial

from django.apps import AppConfig


class BakingConfig(AppConfig):
    name = "banderole.baking"
    label = "baking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.baking import receivers  # noqa: F401, PLC0415 -- models are loaded first
        from banderole.baking.domain import bake, changes, diagnosis  # noqa: PLC0415 -- models are loaded first
        from banderole.common import chores  # noqa: PLC0415 -- models are loaded first
        from banderole.common import diagnosis as doctor  # noqa: PLC0415 -- models are loaded first

        chores.register("bake", partial(bake.bake_waiting, settle=bake.SETTLE), every=0.5, lane="baking")
        doctor.register(diagnosis.questions)
        chores.register("new hour", changes.note_new_hour, every=30, lane="baking")
