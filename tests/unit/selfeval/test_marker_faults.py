"""What is said of a marker that stands for nothing."""

import pytest

from selfeval.domain.marker_faults import Known, marker_faults
from tests.factories.series import make_series

KNOWN = Known(
    numbers=frozenset({2, 3, 12, 120, 500}),
    series={
        "ehc-plans": make_series(1, 2, since=2023, indicator="ehc-plans"),
        "ehc-plans-ceased": make_series(indicator="ehc-plans-ceased"),
    },
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Fine [E12], [F:ehc-plans], [F:ehc-plans@2023].", (), id="all of them known"),
        pytest.param("[E 12]", ("“[E 12]” can't be read as a marker. Write [E12].",), id="a space within"),
        pytest.param(
            "[F:ehc plans]",
            ("“[F:ehc plans]” can't be read as a marker. Write [E12] for evidence, or [F:ehc-plans] for a figure.",),
            id="a figure that can't be read",
        ),
        pytest.param(
            "[E13]",
            ("[E13]: the log has no such item. Did you mean [E12] or [E3]?",),
            id="a slip of the finger",
        ),
        pytest.param(
            "[E77]", ("[E77]: the log has no such item. Choose one from the list beside the field.",), id="far off"
        ),
        pytest.param(
            "[F:ehc-plan]",
            ("[F:ehc-plan]: there is no such figure. Did you mean [F:ehc-plans] or [F:ehc-plans-ceased]?",),
            id="almost the name",
        ),
        pytest.param(
            "[F:ehc-plans@2019]",
            (
                "[F:ehc-plans@2019]: nothing is published for that period. "
                "Did you mean [F:ehc-plans@2024] or [F:ehc-plans@2023]?",
            ),
            id="a period without a figure",
        ),
        pytest.param(
            "[F:ehc-plans-ceased@2019]",
            ("[F:ehc-plans-ceased@2019]: nothing is published for that period. Did you mean [F:ehc-plans-ceased]?",),
            id="no figure at all yet",
        ),
        pytest.param(
            "[E77] and again [E77]",
            ("[E77]: the log has no such item. Choose one from the list beside the field.",),
            id="said once",
        ),
    ],
)
def test_each_fault_is_an_instruction(text, expected):
    assert marker_faults(text, KNOWN) == expected
