"""
LettersError
├── NotReady        the letter cannot be sent as it is: the preflight says why
├── AlreadySent     the letter is no draft any more
├── Unbalanced      the ledger does not add up: sending stops until somebody looks
├── Stopped         the letter was stopped while it was being sent
└── Busy            another process sends letters from this home
"""


class LettersError(Exception):
    pass


class NotReady(LettersError):
    pass


class AlreadySent(LettersError):
    pass


class Unbalanced(LettersError):
    pass


class Stopped(LettersError):
    pass


class Busy(LettersError):
    pass
