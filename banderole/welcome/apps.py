from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "banderole.welcome"
    label = "welcome"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.common import chores, frame, slots  # noqa: PLC0415 -- models are ready only now
        from banderole.people import registry  # noqa: PLC0415 -- models are ready only now
        from banderole.welcome import receivers  # noqa: F401, PLC0415 -- they connect by being read
        from banderole.welcome.domain import accompanying, joining  # noqa: PLC0415 -- models are ready only now
        from banderole.welcome.views import public, today  # noqa: PLC0415 -- models are ready only now

        registry.register_form("join", joining.open_join)
        chores.register("forget unconfirmed newcomers", joining.forget_unconfirmed, every=3600)
        chores.register("heed withdrawals of newcomers", accompanying.heed_withdrawals, every=60)
        chores.register("let go of who left", accompanying.let_go, every=60)
        slots.fill("after_article", "welcome/_join_call.html", public.join_call, order=20)
        slots.fill("hero", "welcome/_hero.html")
        slots.fill("home", "welcome/_join_call.html", public.join_call, order=50)
        slots.fill("people_nav", "welcome/_people_nav.html", today.navigation, order=20)
        slots.fill("person_card", "welcome/_person_card.html", today.on_the_card, order=10)
        slots.fill("people_today", "welcome/_today.html", today.waiting_for_me, order=10)
        frame.add_navigation(public.group_entries, order=40)
        frame.add_navigation(public.join_entries, order=90, prominent=True)
