"""
WelcomeError
├── NotOpen         the newcomer has arrived, left, or has not confirmed
├── NotAWelcomer    the account does not welcome in this group
└── TooLate         the last move is older than ten minutes
"""


class WelcomeError(Exception):
    pass


class NotOpen(WelcomeError):
    pass


class NotAWelcomer(WelcomeError):
    pass


class TooLate(WelcomeError):
    pass
