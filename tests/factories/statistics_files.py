"""Data files as the publisher writes them, of families that the project has no real file of."""

import csv
import io
from collections.abc import Mapping, Sequence

PLACE_COLUMNS = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
ENGLAND = {"country_code": "E92000001", "country_name": "England"}
NOWHERE = ENGLAND | {"region_code": "E12999999", "region_name": "Nowhere"}


def row(place: str = "901", *, time: str = "202324", identifier: str = "Academic year", **cells: str) -> dict[str, str]:
    """One row about England, the region "Nowhere", or a local area by its code; `cells` are filters and figures."""
    places: dict[str, dict[str, str]] = {
        "England": {"geographic_level": "National", **ENGLAND},
        "Nowhere": {"geographic_level": "Regional", **NOWHERE},
        "901": _local("901", "Wexcombe"),
        "902": _local("902", "Amble"),
    }
    return {"time_period": time, "time_identifier": identifier, **places[place], **cells}


def _local(code: str, name: str) -> dict[str, str]:
    local = {"old_la_code": code, "new_la_code": f"E06999{code}", "la_name": name}
    return {"geographic_level": "Local authority", **NOWHERE, **local}


def csv_bytes(
    rows: Sequence[Mapping[str, str]],
    *,
    columns: Sequence[str] | None = None,
    without: Sequence[str] = (),
    encoding: str = "utf-8-sig",
) -> bytes:
    """A file with the publisher's columns of time and place, then whatever else the rows hold."""
    others = list(dict.fromkeys(name for each in rows for name in each if name not in PLACE_COLUMNS))
    names = [name for name in (columns or (*PLACE_COLUMNS, *others)) if name not in without]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, extrasaction="ignore", restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def absence_rows() -> list[dict[str, str]]:
    """Pupil absence: two filters of text, terms and half terms, `c` and `z`."""
    return [
        row(
            place,
            identifier=term,
            education_phase=phase,
            characteristic=who,
            sess_overall_percent=share,
            enrolments_pa_10_exact=count,
        )
        for place in ("England", "Nowhere", "901", "902")
        for term in ("Autumn term", "Six half terms")
        for phase in ("Total", "State-funded primary", "State-funded secondary")
        for who, share, count in (("Total", "6.7", "120"), ("EHC plan", "12.4", "c"), ("SEN support", "9.1", "z"))
    ]


def exclusion_rows() -> list[dict[str, str]]:
    """Suspensions: filter, figures, and a column of a place that isn't taken."""
    return [
        row(place, school_type=kind, suspension="14", susp_rate="3.06", perm_excl_rate="low")
        for place in ("England", "901")
        for kind in ("Total", "Special")
    ] + [
        row("901", school_type="Special", suspension="3", susp_rate="c", perm_excl_rate="z")
        | {"geographic_level": "School", "school_urn": "100001", "school_name": "A school"}
    ]


def ks4_rows() -> list[dict[str, str]]:
    """Key stage 4: six filters, publisher's versions of "Total", and figures with `k` and `:`."""
    return [
        row(
            place,
            time=year,
            version="Revised",
            establishment_type_group="All state-funded",
            sex=sex,
            sen_status=status,
            ethnicity_major="Total",
            disadvantage_status="Total",
            pupil_count="1,204",
            attainment8_average=score,
        )
        for place in ("England", "901", "902")
        for year in ("202223", "202324")
        for sex in ("Total", "Girls")
        for status, score in (("Total", "46.1"), ("EHC plan", "14.2"), ("SEN support", "k"), ("Unknown", ":"))
    ]


def neet_rows() -> list[dict[str, str]]:
    """NEET: calendar year, ages as numbers before the text filter, `~` and `-`."""
    return [
        row("901", time=year, identifier="Calendar year", age=age, sen=sen, NEET_count="12", NEET_perc=share)
        for year in ("2023", "2024")
        for age in ("16", "17")
        for sen, share in (("SEN", "7.1"), ("No SEN", "~"), ("All", "-"))
    ]


def sen_rows() -> list[dict[str, str]]:
    """SEN in schools: the publisher's own filter names."""
    return [
        row(
            place,
            time="202425",
            phase_type_grouping=phase,
            sen_status=status,
            Number_of_pupils="310",
            percentage_of_pupils=share,
        )
        for place in ("England", "Nowhere", "901")
        for phase in ("Total", "State-funded primary")
        for status, share in (("EHC plans", "5.3"), ("SEN support", "14.2"))
    ]


FAMILIES = {
    "absence": absence_rows,
    "exclusions": exclusion_rows,
    "ks4": ks4_rows,
    "neet": neet_rows,
    "sen": sen_rows,
}
