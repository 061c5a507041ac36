from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "banderole.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.accounts import diagnosis as questions  # noqa: PLC0415 -- models must be loaded first
        from banderole.accounts import entries, sessions  # noqa: PLC0415 -- models must be loaded first
        from banderole.common import chores, diagnosis, slots  # noqa: PLC0415 -- beside the others

        diagnosis.register(questions.keys)
        diagnosis.register(questions.recovery_card)
        chores.register("old entry links", entries.forget_old_links, every=3600)
        chores.register("old sessions", sessions.forget_old_sessions, every=3600)
        slots.fill("people_footer", "accounts/_sign_out.html")
