"""Invented children for demonstrations and tests: plausible together, true of nobody. Every Unique ID starts SYN.

The same seed and day give the same rows. They are clean: no rule has anything to say about them, on the day or in the
weeks after it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.domain.protection import SYNTHETIC_MARK
from children.domain.ages import age_on
from children.domain.cells import Value
from children.domain.numbers import uln_digit, upn_letter
from children.domain.schema import ListKind, LocalKey

# Reserved for what is invented: no authority has this number.
AUTHORITY = "999"

_NEEDS_OF_PLANS = {
    "ASD": 33, "SEMH": 21, "SLCN": 20, "MLD": 9, "SLD": 5, "PD": 4, "SPLD": 3, "PMLD": 2, "HI": 2, "VI": 1, "MSI": 1,
    "OTH": 3,
}  # fmt: skip
_NEEDS_OF_SUPPORT = {
    "SLCN": 28, "SEMH": 22, "SPLD": 16, "MLD": 14, "ASD": 9, "OTH": 5, "PD": 2, "HI": 2, "VI": 1, "MSI": 1,
}  # fmt: skip
_ETHNICITIES = {
    "WBRI": 66, "WOTH": 6, "WIRI": 1, "WROM": 1, "MWBC": 2, "MWBA": 2, "MWAS": 2, "MOTH": 3, "AIND": 3, "APKN": 3,
    "ABAN": 2, "AOTH": 2, "BCRB": 1, "BAFR": 4, "BOTH": 1, "CHNE": 1, "OOTH": 2, "REFU": 1, "NOBT": 1,
}  # fmt: skip
# Years of age at the start of the school year.
_AGES_OF_PLANS = {
    2: 1, 3: 3, 4: 5, 5: 6, 6: 7, 7: 7, 8: 8, 9: 8, 10: 8, 11: 8, 12: 8, 13: 8, 14: 7, 15: 7, 16: 5, 17: 5, 18: 4,
    19: 2, 20: 2, 21: 1, 22: 1,
}  # fmt: skip
_AGES_OF_SUPPORT = {
    3: 2, 4: 5, 5: 7, 6: 9, 7: 10, 8: 10, 9: 10, 10: 10, 11: 8, 12: 8, 13: 7, 14: 7, 15: 6, 16: 1, 17: 1,
}  # fmt: skip
_TEAMS = (
    "Assessment",
    "Children in need",
    "Child protection",
    "Children looked after",
    "Disabled children",
    "Care leavers",
)
_SCHOOLS = {"nursery": 12, "primary": 60, "secondary": 16, "all-through": 3, "special": 9, "pru/ap": 3, "fe college": 4}


@dataclass(frozen=True, slots=True)
class SyntheticLists:
    """Rows per list, each a mapping of column key to value; a blank has no entry."""

    rows: dict[ListKind, list[dict[str, Value]]]


def synthetic_lists(*, plans: int, support: int, seed: int, as_at: date) -> SyntheticLists:
    """`plans` children with an EHC plan and `support` others at SEN support, as they might stand on a day."""
    world = _World(Random(seed), as_at)  # noqa: S311  # invented children need no secure randomness
    return SyntheticLists(
        {
            ListKind.EHC_PLAN: [world.child_with_plan() for _ in range(plans)],
            ListKind.SEN_SUPPORT: [world.child_at_support() for _ in range(support)],
        }
    )


_CASEWORK_TEAMS = ("Early years", "Schools north", "Schools south", "Post-16")
_ROWS_PER_OFFICER = 150


def add_local_columns(lists: SyntheticLists, *, seed: int, as_at: date) -> None:
    """Adds the council's own columns in place: officers by number, now and then none. Children stay the same."""
    random = Random(f"local {seed}")  # noqa: S311  # invented children need no secure randomness
    rows = sum(map(len, lists.rows.values()))
    officers = max(len(_CASEWORK_TEAMS), rows // _ROWS_PER_OFFICER)
    for kind, source in ((ListKind.EHC_PLAN, "Casework system"), (ListKind.SEN_SUPPORT, "School census")):
        for row in lists.rows[kind]:
            number = random.randrange(officers)
            if random.random() > 0.03:
                row[LocalKey.OFFICER] = f"Officer {number + 1}"
            row[LocalKey.TEAM] = _CASEWORK_TEAMS[number % len(_CASEWORK_TEAMS)]
            row[LocalKey.SOURCE] = source
            row[LocalKey.AS_AT] = as_at - timedelta(days=random.randrange(75))


class _World:
    """What the invented children share: schools, numbers already given, the day."""

    def __init__(self, random: Random, as_at: date) -> None:
        self.random = random
        self.as_at = as_at
        self.serial = 0
        numbers = iter(random.sample(range(100_000, 150_000), sum(_SCHOOLS.values())))
        self.schools = {phase: [str(next(numbers)) for _ in range(count)] for phase, count in _SCHOOLS.items()}
        self.ulns: set[str] = set()
        self.alike: set[tuple[date, str, str]] = set()

    def child_with_plan(self) -> dict[str, Value]:
        child = self._child(_AGES_OF_PLANS, _NEEDS_OF_PLANS, special=0.35, social_care=0.2)
        child |= self._plan_dates(child)
        is_home_taught = child["_year_age"] in {17, 18} and "main_urn" not in child and self.random.random() < 0.3
        child["home_education"] = "Yes" if is_home_taught else "No"
        del child["_year_age"]
        return child

    def child_at_support(self) -> dict[str, Value]:
        child = self._child(_AGES_OF_SUPPORT, _NEEDS_OF_SUPPORT, special=0.0, social_care=0.08)
        del child["_year_age"]
        return child

    def _pick(self, weights: dict[str, int]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _child(
        self, ages: dict[int, int], needs: dict[str, int], *, special: float, social_care: float
    ) -> dict[str, Value]:
        random = self.random
        self.serial += 1
        year_age = random.choices(list(ages), list(ages.values()))[0]
        gender = "a" if random.random() < 0.7 else "b"
        phase = self._phase(year_age, special)
        urn = random.choice(self.schools[phase]) if phase else ""
        born = self._born(year_age)
        while (born, gender, urn) in self.alike:
            born = self._born(year_age)
        self.alike.add((born, gender, urn))
        age = age_on(born, self.as_at)
        child: dict[str, Value] = {"unique_id": f"{SYNTHETIC_MARK}{self.serial:07d}"}
        if age >= 5 or (phase and random.random() < 0.6):
            child["upn"] = self._upn(born)
        if year_age >= 14:
            child["uln"] = self._uln()
        child |= {
            "date_of_birth": born,
            "gender": gender,
            "ethnicity": self._pick(_ETHNICITIES),
            "primary_need": self._pick(needs),
        }
        if phase:
            child |= {"main_urn": urn, "main_phase": phase}
            if phase in {"primary", "secondary"} and random.random() < 0.02:
                child["subsidiary_phase"] = "pru/ap" if 7 <= year_age <= 15 else "special"
        is_known = random.random() < social_care
        child |= {
            "suspensions": self._suspensions(year_age),
            "exclusions": 1 if year_age >= 7 and random.random() < 0.004 else 0,
            "absence": round(100 * random.betavariate(1.3, 11), 1),
            "pupil_premium": "Yes" if random.random() < 0.4 else "No",
            "social_care": "Yes" if is_known else "No",
            "disability": "Yes" if random.random() < (0.45 if special else 0.12) else "No",
            "_year_age": year_age,
        }
        if is_known:
            child["social_care_team"] = random.choice(_TEAMS[:-1] if age < 16 else _TEAMS)
        return child

    def _phase(self, year_age: int, special: float) -> str:  # one way out per kind of place
        """The phase that a child of a school year attends; empty for one who attends nothing."""
        chance = self.random.random()
        if year_age <= 3:
            return "nursery" if year_age == 3 or chance < 0.8 else ""
        if year_age >= 19:
            return "fe college" if chance < 0.75 else ""
        if self.random.random() < special:
            return "special"
        if year_age >= 16:
            stays_out = year_age >= 17 and chance > 0.93
            return "" if stays_out else "fe college" if chance < 0.65 else "secondary"
        if chance < 0.03:
            return "all-through"
        is_excluded = year_age >= 8 and chance < 0.05
        return "pru/ap" if is_excluded else "primary" if year_age <= 10 else "secondary"

    def _born(self, year_age: int) -> date:
        """A birthday that makes `year_age` on the last 31 August before the day."""
        start = self.as_at.year if (self.as_at.month, self.as_at.day) >= (9, 1) else self.as_at.year - 1
        return date(start - year_age, 8, 31) - timedelta(days=self.random.randrange(364))

    def _upn(self, born: date) -> str:
        year = (born.year + 4 + (born.month >= 9)) % 100
        serial = f"{AUTHORITY}{2000 + self.serial // 1000 % 8000:04d}{year:02d}{self.serial % 1000:03d}"
        return upn_letter(serial) + serial

    def _uln(self) -> str:
        while True:
            digits = str(self.random.randrange(100_000_000, 999_999_999))
            check = uln_digit(digits)
            if check is not None and digits not in self.ulns:
                self.ulns.add(digits)
                return digits + check

    def _suspensions(self, year_age: int) -> int:
        if year_age < 6 or self.random.random() > 0.07:
            return 0
        return min(1 + int(self.random.expovariate(0.8)), 9)

    def _plan_dates(self, child: dict[str, Value]) -> dict[str, Value]:
        """First plan, perhaps an update, and a last review within eleven months."""
        random, as_at = self.random, self.as_at
        born = child["date_of_birth"]
        assert isinstance(born, date)  # noqa: S101  # every child above has one
        oldest = max((as_at - born).days - 2 * 365 - 30, 60)
        issued = as_at - timedelta(days=random.randrange(20, min(oldest, 9 * 365)))
        dates: dict[str, Value] = {"plan_initial_on": issued}
        held = (as_at - issued).days
        if held < 300:
            return dates
        reviewed = as_at - timedelta(days=random.randrange(7, min(held - 180, 320)))
        dates["plan_reviewed_on"] = reviewed
        if random.random() < 0.6:
            dates["plan_updated_on"] = issued + timedelta(days=random.randrange(1, (reviewed - issued).days))
        return dates
