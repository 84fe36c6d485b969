"""Sheets and rolls of labels: where each one lies."""

from __future__ import annotations

import pytest

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.labels import (
    FORMATS,
    MOST_COPIES,
    MOST_LABELS,
    Label,
    LabelFormat,
    LabelOptions,
    LabelSheet,
    format_named,
)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_every_label_lies_on_the_paper_and_none_on_another(format_: LabelFormat) -> None:
    width, height = format_.page
    corners = [format_.corner(place) for place in range(format_.per_page)]
    for left, top in corners:
        assert left >= -1e-6
        assert top >= -1e-6
        assert left + format_.width <= width + 1e-6
        assert top + format_.height <= height + 1e-6
    assert len(set(corners)) == format_.per_page
    assert format_.columns == 1 or format_.across >= format_.width
    assert format_.rows == 1 or format_.down >= format_.height


# Number on a sheet, left and top margin as the makers' and LibreOffice's tables of templates give them.
@pytest.mark.parametrize(
    ("name", "labels", "left", "top"),
    [
        ("L4731", 189, 8.6, 13.5),
        ("L7651", 65, 4.75, 10.7),
        ("L7160", 21, 7.2, 15.15),
        ("L7163", 14, 4.65, 15.15),
        ("A4-70x37", 24, 0.0, 0.5),
        ("62x29", 1, 0.0, 0.0),
        ("50x25", 1, 0.0, 0.0),
    ],
)
def test_the_sheets_are_those_that_are_sold(name: str, labels: int, left: float, top: float) -> None:
    format_ = format_named(name)
    assert format_.per_page == labels
    assert format_.corner(0) == pytest.approx((left, top), abs=0.05)


def test_a_format_is_found_in_either_case_and_an_unknown_one_is_refused_with_the_known_ones() -> None:
    assert format_named(" l7160 ").name == "L7160"
    with pytest.raises(BadInput) as refused:
        format_named("L9999")
    assert refused.value.code == "labels.unknown_format"
    assert "L7160" in str(refused.value.details["known"])


def places(sheet: LabelSheet) -> list[list[str]]:
    return [[label.text for _, _, label in sheet.page(number)] for number in range(sheet.pages)]


def test_copies_follow_each_other_and_a_sheet_used_in_part_goes_on_where_it_ended() -> None:
    labels = tuple(Label(text, text) for text in ("A", "B", "C"))
    sheet = LabelSheet(labels, LabelOptions(format_named("L7163"), start=13, copies=2))
    assert places(sheet) == [["A", "A"], ["B", "B", "C", "C"]]
    assert (sheet.count, sheet.pages) == (6, 2)
    first = next(iter(sheet.page(0)))
    assert first[:2] == format_named("L7163").corner(12)


def test_a_roll_has_one_label_a_page() -> None:
    sheet = LabelSheet((Label("A", "A"), Label("B", "B")), LabelOptions(format_named("50x25")))
    assert places(sheet) == [["A"], ["B"]]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"start": 0}, "labels.start"),
        ({"start": 22}, "labels.start"),
        ({"copies": 0}, "labels.copies"),
        ({"copies": MOST_COPIES + 1}, "labels.copies"),
    ],
)
def test_what_no_sheet_has_is_refused(options: dict[str, int], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        LabelOptions(format_named("L7160"), **options)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_nothing_and_far_too_much_are_refused() -> None:
    options = LabelOptions(format_named("L7160"), copies=100)
    for labels, code in (((), "labels.none"), ((Label("A", "A"),) * (MOST_LABELS // 100 + 1), "labels.too_many")):
        with pytest.raises(BadInput) as refused:
            LabelSheet(labels, options)
        assert refused.value.code == code
