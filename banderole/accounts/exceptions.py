"""
AccountError
├── AlreadyFounded   the association has its first coordinator
├── LinkSpent        the set-up link was used, replaced, or is too old
├── LoginTaken       another account has this login name
├── WrongPassphrase  the login name, the passphrase or the card is not right: never said which
└── TooSoon          too many wrong tries; `seconds` says how long to wait
"""


class AccountError(Exception):
    pass


class AlreadyFounded(AccountError):
    pass


class LinkSpent(AccountError):
    pass


class LoginTaken(AccountError):
    pass


class WrongPassphrase(AccountError):
    pass


class TooSoon(AccountError):
    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} seconds")
        self.seconds = seconds
