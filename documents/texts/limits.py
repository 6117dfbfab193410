"""How much of a file is read, and with what."""

from dataclasses import dataclass

from documents.domain.texts import Outcome

# Some 60 pages of prose in letters; what stands behind them is not searched.
LONGEST = 300_000
# Pages, slides and rows are counted too: some hold nothing for a long time.
MOST_PAGES = 400
MOST_ROWS = 20_000
SECONDS = 60
MEMORY = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    outcome: Outcome
