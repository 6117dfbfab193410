"""Why a file can't be read at all."""


class Unusable(Exception):
    """A file that can't be read as a workbook. `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
