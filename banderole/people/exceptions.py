"""
PeopleError
├── Locked          the vault is not open: ask for the passphrase
├── NotPermitted    no duty of the account reaches this
└── NotSetUp        the site has no association key yet
"""


class PeopleError(Exception):
    pass


class Locked(PeopleError):
    pass


class NotPermitted(PeopleError):
    pass


class NotSetUp(PeopleError):
    pass
