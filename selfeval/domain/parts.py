"""The parts of a self-evaluation with which a new cycle starts. A council renames and adds as it likes.

Three phases as one area tells them (the journey, outcomes and experience, features by system lead), and the seven parts
of another. Nothing national prescribes either.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`asks` says, above the empty box, what belongs there."""

    code: str
    title: str
    phase: str
    asks: str


PARTS = (
    Part(
        code="outcomes",
        title="Outcomes and experience: the summary",
        phase="outcomes",
        asks="What is life like for children and young people with SEND here, and what becomes of them? "
        "The chapters beneath look through each lens.",
    ),
    Part(
        code="features",
        title="Features: what stands out across the criteria",
        phase="features",
        asks="What do the system leads see in more than one criterion? The pages of the criteria hold the detail.",
    ),
    Part(code="documents", title="Documents", phase="part", asks="Which documents frame this self-evaluation?"),
    Part(
        code="data",
        title="Data and the gaps in it",
        phase="part",
        asks="Which data does it rest on, and what do we lack? The register of data we lack stands beside it.",
    ),
    Part(
        code="strengths-and-development",
        title="Strengths and areas for development",
        phase="part",
        asks="What is common to the strengths and areas for development of the criteria?",
    ),
    Part(
        code="positions",
        title="Position statements for the areas for development",
        phase="part",
        asks="Where do the areas for development stand as a whole? Each has its own statement on its criterion's page.",
    ),
    Part(
        code="consultation",
        title="Consultation",
        phase="part",
        asks="Who was asked, when and how, and what changed because of it?",
    ),
    Part(
        code="voices",
        title="Views of children and young people",
        phase="part",
        asks="What do children and young people say, and how do we know?",
    ),
    Part(
        code="governance",
        title="Governance and corporate priorities",
        phase="part",
        asks="Who oversees SEND, how are risks raised, and how does it serve the council's wider priorities?",
    ),
)
ASKS = {part.code: part.asks for part in PARTS}
