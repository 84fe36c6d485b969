"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from toolroom_desktop.domain.dates import day_of
from toolroom_desktop.domain.errors import BadInput

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31",
        "2026-3-31",
        "2026/03/31",
        "2026.03.31",
        "31.03.2026",
        "31.3.2026",
        " 31/03/2026 ",
        "03/31/2026",
        "31-03-2026",
    ],
)
def test_a_day_that_can_be_nothing_else_is_read(text: str) -> None:
    assert day_of(text) == DAY


def test_between_dots_the_day_comes_first() -> None:
    assert day_of("03.04.2026") == date(2026, 4, 3)
    with pytest.raises(BadInput) as caught:
        day_of("03.31.2026")
    assert caught.value.code == "tool.not_a_date"


def test_a_day_that_may_be_two_days_is_refused_with_both() -> None:
    with pytest.raises(BadInput) as caught:
        day_of("03/04/2026")
    assert caught.value.code == "tool.ambiguous_date"
    assert caught.value.details == {"text": "03/04/2026", "first": date(2026, 4, 3), "second": date(2026, 3, 4)}
    assert day_of("04/04/2026") == date(2026, 4, 4), "both readings say the same"


@pytest.mark.parametrize(
    "text", ["", "soon", "31.03.26", "32/01/2026", "2026-02-30", "20260331", "46000", "31.03/2026", "1.2.3.2026"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        day_of(text)
    assert caught.value.code == "tool.not_a_date"


@pytest.mark.parametrize("text", ["31.03.1999", "2101-01-01", "0001-01-01"])
def test_a_year_that_no_calibration_has_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        day_of(text)
    assert caught.value.code == "tool.date_out_of_range"
