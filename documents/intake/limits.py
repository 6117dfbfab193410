"""How far a file may expand. Ordinary office files stay far below each of these."""

from dataclasses import dataclass


@dataclass(slots=True)
class Budget:
    """What is left of the allowance for one upload, shared with everything packed inside it."""

    entries: int = 20_000
    unpacked: int = 600 * 1024 * 1024
    depth: int = 2  # a chart in a presentation carries a workbook: that is one level


# A part larger than this may not be more than so many times its packed size.
RATIO_FROM = 20 * 1024 * 1024
RATIO = 250
PIXELS = 100_000_000
