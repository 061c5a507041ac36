"""
VaultError
├── EnvelopeError     something sealed cannot be opened
│   ├── Damaged       cut off, changed, or cut out of another row
│   ├── OutOfReach    the keyring does not lead to its key
│   └── TooLarge      it would hold more than the largest size
├── NoSuchKey         the site has no such key (yet)
├── KeyExists         this scope has a current key already
├── WrongSecret       this passphrase, card or link does not open that key
└── KeyFileError      a file in the keys folder is missing, damaged, or readable by others
"""

from banderole.common.exceptions import HostMistake


class VaultError(Exception):
    pass


class EnvelopeError(VaultError):
    pass


class Damaged(EnvelopeError):
    pass


class OutOfReach(EnvelopeError):
    pass


class TooLarge(EnvelopeError):
    pass


class NoSuchKey(VaultError):
    pass


class KeyExists(VaultError):
    pass


class WrongSecret(VaultError):
    pass


class KeyFileError(VaultError, HostMistake):
    """The text is a sentence for the host: which file, what is wrong, what to do."""
