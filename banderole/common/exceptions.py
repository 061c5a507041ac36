"""
Refusal          a request that is not served
HostMistake      what whoever runs the site puts right; a command says it and ends with code 2
└── SettingError (common.env)
"""


class HostMistake(Exception):
    """The text is one sentence that says what to do."""


class Refusal(Exception):
    """A request that is not served: a status of HTTP, and one sentence that says what to do."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
