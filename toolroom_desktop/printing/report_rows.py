"""What of a report's rows is on paper, where in its cell, and which rows belong together."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF

from toolroom_desktop.printing.report_layout import mm
from toolroom_desktop.services.reports.content import Column, Kind, Row
from toolroom_desktop.services.reports.made import MadeSection

PAD = mm(1.1)
"""Around the text of a cell, in dots."""


def visible(section: MadeSection) -> list[tuple[int, Column]]:
    """The columns that are on paper, with their places in a row."""
    return [(place, column) for place, column in enumerate(section.columns) if column.share]


def is_number(column: Column) -> bool:
    """Whether its values stand at the right."""
    return column.kind in (Kind.NUMBER, Kind.PERCENT)


def cell_area(column: Column, left: float, top: float, width: float, height: float) -> QRectF:
    """Where a cell's text goes. Numbers stand at the right, and a little away from the text of the next column."""
    right = 3 * PAD if is_number(column) else PAD
    return QRectF(left + PAD, top + PAD, width - PAD - right, height)


def photos_of(section: MadeSection, row: Row) -> tuple[tuple[str, str], ...]:
    """The name of the column and the SHA-256 of each photo of a row."""
    return tuple(
        (column.name, str(row[place]))
        for place, column in enumerate(section.columns)
        if column.kind is Kind.PHOTO and row[place]
    )


def group(section: MadeSection, row: Row) -> tuple[object, ...]:
    """What rows of one operation share: photos are shown once below them."""
    return (row[-1], *photos_of(section, row))


def grouped(section: MadeSection) -> Iterator[tuple[Row, bool]]:
    """Every row with whether it is the last one of its operation."""
    rows = section.rows()
    row = next(rows, None)
    while row is not None:
        after = next(rows, None)
        yield row, after is None or group(section, after) != group(section, row)
        row = after
