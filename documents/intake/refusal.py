class Refused(Exception):
    """A file that may not come in. `sentence` says why and what to do; `status` is the HTTP status to answer with."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


DAMAGED = "This file is damaged and can't be opened. Open it on your computer, save it again and upload the new copy."
