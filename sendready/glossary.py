"""The words of the field, in plain English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    word: str
    meaning: str
    stands_for: str = ""


TERMS: tuple[Term, ...] = (
    Term(
        "Alternative provision",
        "Education outside a school, arranged by a council or a school for a child who cannot be taught in one.",
    ),
    Term(
        "Annex A",
        "The list of documents that inspectors ask for after the call. The letter of the visit has the final word.",
    ),
    Term(
        "Approved", "A document that the LANO, or the health lead for a health item, has agreed may go to inspectors."
    ),
    Term("Area for improvement", "What inspectors ask an area to do better, in the words of their report."),
    Term(
        "As-at date",
        "The day on which the content of a document or figure was true. Not the day on which it was uploaded.",
    ),
    Term(
        "Call, the",
        "The telephone call that tells the director of children's services that inspectors are coming. Day 0.",
    ),
    Term(
        "Case audit",
        "A look by several agencies at one child's file: what was done, what it changed, what was learned.",
    ),
    Term(
        "CQC",
        "Inspects health and social care. It inspects local areas together with Ofsted.",
        "Care Quality Commission",
    ),
    Term("Criterion", "One of the eleven statements against which inspectors judge a local area."),
    Term(
        "DCO, DMO",
        "The officer or doctor of the health service who makes the SEND duties work there.",
        "Designated clinical, or medical, officer",
    ),
    Term("DCS", "Leads the council's services for children; receives the call.", "Director of children's services"),
    Term(
        "Deadline",
        "When something is due in a visit: a number of working days after the call, the on-site days or publication.",
    ),
    Term("Deputy", "Somebody who stands in for another person from a day to a day, with the full right."),
    Term(
        "EHC plan",
        "A legal document that says what a child or young person needs, what they will get, and from whom.",
        "Education, health and care plan",
    ),
    Term(
        "Elective home education",
        "Parents teach the child at home by their own choice, not because the council arranged it.",
    ),
    Term(
        "EOTAS",
        "Education that a council arranges outside any school or college.",
        "Education otherwise than at school",
    ),
    Term("Export", "A file that sendready builds in the background: a pack, a workbook, a report."),
    Term("Fair access protocol", "How an area finds a school place quickly for a child who would otherwise have none."),
    Term("Finding", "One thing to mend: a blocker, a gap or a note, with the page that mends it."),
    Term("Framework", "The published rules of an inspection: criteria, request list, timetable and outcomes."),
    Term(
        "ICB",
        "Plans and pays for the health services of an area; a partner in the inspection.",
        "Integrated care board",
    ),
    Term("Keep-until date", "The day after which a file or list is erased, unless it is held for a legal reason."),
    Term("KIT meeting", "The daily talk of the lead inspector with council and ICB.", "Keep-in-touch meeting"),
    Term("LANO", "The one person through whom inspectors reach the local area.", "Local area nominated officer"),
    Term(
        "Local area partnership",
        "The council, the ICB and the others who are responsible together for children with SEND.",
    ),
    Term("Local offer", "What the council publishes about help for children with SEND and where to find it."),
    Term("Marking", "The word at the top and foot of each page and file that says how carefully to handle it."),
    Term(
        "Ofsted",
        "Inspects schools and children's services. It inspects local areas together with the CQC.",
        "Office for Standards in Education, Children's Services and Skills",
    ),
    Term(
        "Outcome",
        "What a full inspection ends with: one of three statements about the experiences and outcomes of children.",
    ),
    Term(
        "Pack",
        "One ZIP file with an index, the approved documents of each item, and checksums that prove that it is whole.",
    ),
    Term("PCF", "The parents' and carers' own group, which speaks for families in the area.", "Parent carer forum"),
    Term(
        "Person-level lists",
        "Two lists of children, one of those with an EHC plan and one of those on SEN support, one row for each child.",
    ),
    Term(
        "Pseudonymous",
        "Without a name, but with a key by which the council, and only the council, can tell who is meant.",
    ),
    Term("Readiness", "What is ready and what is not, if inspectors called next Monday."),
    Term("Rehearsal", "A visit that is not real, with the same clock, lists and pack."),
    Term(
        "Second step at sign-in",
        "A code from a telephone that is asked for beside the password, so that a stolen password is not enough.",
    ),
    Term("SEN support", "Help that a school or nursery gives from its own means to a child without an EHC plan."),
    Term(
        "SENCO",
        "The teacher who leads on special educational needs in a school.",
        "Special educational needs co-ordinator",
    ),
    Term(
        "SEND",
        "What makes learning or daily life markedly harder for a child or young person than for most of the same age.",
        "Special educational needs and disabilities",
    ),
    Term(
        "SENDIASS",
        "Impartial advice to parents, children and young people about SEND.",
        "SEND information, advice and support service",
    ),
    Term("SHA-256", "A checksum: two files with the same one are the same file, to the last byte."),
    Term("Submission", "What stands for an item at present: its files, a link, or “none, because …”."),
    Term("System lead", "The person who owns one criterion for the whole partnership."),
    Term(
        "Tracked children",
        "The six children whose experience inspectors follow closely. sendready knows them by an alias.",
    ),
    Term("ULN", "Ten digits that follow a learner from the age of 14.", "Unique learner number"),
    Term("Unique ID", "The council's own key for a child in the lists. In a demonstration it starts with SYN."),
    Term(
        "UPN",
        "Thirteen characters that follow a pupil through school; the first is a check letter.",
        "Unique pupil number",
    ),
    Term("URN", "Six digits that tell one school from all others.", "Unique reference number"),
    Term("Visit", "An inspection of one of its kinds, or a rehearsal, from the call to the end."),
    Term("Working day", "Monday to Friday, but for England's bank holidays. School holidays are working days."),
)
