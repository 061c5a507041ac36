from banderole.campaigns.models.campaign import CampaignIndexPage, CampaignPage
from banderole.campaigns.models.change import Change, Notice
from banderole.campaigns.models.event import Event, EventPartner, Partner, Slot
from banderole.campaigns.models.participation import Participation
from banderole.campaigns.models.update import Update

__all__ = [
    "CampaignIndexPage", "CampaignPage", "Change", "Event", "EventPartner", "Notice", "Participation", "Partner",
    "Slot", "Update",
]  # fmt: skip
