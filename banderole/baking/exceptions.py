"""
HostMistake (common)
└── HomeError        the home folder, its database or the port cannot be used as they are
"""

from banderole.common.exceptions import HostMistake


class HomeError(HostMistake):
    pass
