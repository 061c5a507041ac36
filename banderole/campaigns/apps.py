from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignsConfig(AppConfig):
    name = "banderole.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.campaigns import queries, receivers  # noqa: PLC0415 -- models come first
        from banderole.campaigns.domain import forgetting, mails, participation  # noqa: PLC0415
        from banderole.campaigns.views import fillings  # noqa: PLC0415
        from banderole.common import chores, frame, slots  # noqa: PLC0415
        from banderole.people import registry  # noqa: PLC0415

        registry.register_form("participate", participation.ask)
        chores.register("write to those who come", mails.write_owed_mails, every=2)
        chores.register("send notices of changed events", mails.send_notices, every=2)
        chores.register("delete names of past events", forgetting.forget_names, every=3600)
        post_migrate.connect(receivers.give_editors_their_rights, sender=self)
        slots.fill("home", "campaigns/_home_campaign.html", fillings.home_campaign, order=20)
        slots.fill("home", "campaigns/_home_events.html", fillings.home_events, order=30)
        frame.add_navigation(fillings.navigation_agenda, order=40)
        slots.fill("people_nav", "campaigns/_team_entry.html", fillings.team_entry, order=30)
        slots.fill("people_today", "campaigns/_team_today.html", fillings.team_today, order=30)
        registry.register_subject("event", queries.event_title)
