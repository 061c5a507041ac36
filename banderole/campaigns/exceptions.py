"""
CampaignsError
└── EventClosed     nobody can sign up: it is over, or does not take place
"""


class CampaignsError(Exception):
    pass


class EventClosed(CampaignsError):
    """The text says to the visitor why, and what to do instead."""
