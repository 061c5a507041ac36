"""What an unlocked account reaches: its keyring, under the name that `people` calls it by."""

from banderole.vault.keyring import Keyring

Keys = Keyring

__all__ = ["Keys"]
