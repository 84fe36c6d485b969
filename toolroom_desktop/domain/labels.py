"""Labels: the sheets and rolls that they come on, and where on the paper each one lies. All lengths in millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from toolroom_desktop.domain.errors import BadInput

MOST_LABELS = 20_000
"""Labels of one file; more is a mistake."""
MOST_COPIES = 100

_A4 = (210.0, 297.0)


class LabelCode(StrEnum):
    """How the text for the scanner is drawn."""

    QR = "qr"
    CODE_128 = "code128"


class CutMarks(StrEnum):
    """Help for cutting plain paper."""

    NONE = "none"
    FRAME = "frame"
    CORNERS = "marks"


@dataclass(frozen=True, slots=True)
class LabelFormat:
    """A sheet or a roll of labels that are all alike.

    name           what it is called in commands
    width, height  of one label
    columns, rows  labels on one page; a roll has one
    left, top      of the first label, from the paper's corner
    across, down   from one label to the next
    page           width and height of the paper
    sample         a product that has this layout; "" for none in particular
    """

    name: str
    width: float
    height: float
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    across: float = 0.0
    down: float = 0.0
    page: tuple[float, float] = _A4
    sample: str = ""

    @property
    def per_page(self) -> int:
        """Labels on one page."""
        return self.columns * self.rows

    @property
    def on_sheets(self) -> bool:
        """Whether a page holds several labels, so that one may have been used in part."""
        return self.per_page > 1

    def corner(self, place: int) -> tuple[float, float]:
        """Left and top of the label at that place of a page, counted from 0, row by row."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.across, self.top + row * self.down


def _sheet(name: str, size: tuple[float, float], grid: tuple[int, int], gap: float, sample: str) -> LabelFormat:
    """Labels in the middle of an A4 sheet, their rows without a gap, as these products have them."""
    (width, height), (columns, rows) = size, grid
    return LabelFormat(
        name,
        width,
        height,
        columns,
        rows,
        left=(_A4[0] - columns * width - (columns - 1) * gap) / 2,
        top=(_A4[1] - rows * height) / 2,
        across=width + gap,
        down=height,
        sample=sample,
    )


def _single(name: str, width: float, height: float, sample: str = "") -> LabelFormat:
    return LabelFormat(name, width, height, across=width, down=height, page=(width, height), sample=sample)


# docs/labels.md says what sizes, numbers and gaps were compared with.
FORMATS: tuple[LabelFormat, ...] = (
    _sheet("L4731", (25.4, 10.0), (7, 27), 2.5, "Avery Zweckform L4731"),
    _sheet("L7651", (38.1, 21.2), (5, 13), 2.5, "Avery Zweckform L7651"),
    _sheet("L7160", (63.5, 38.1), (3, 7), 2.54, "Avery Zweckform L7160"),
    _sheet("L7163", (99.1, 38.1), (2, 7), 2.5, "Avery Zweckform L7163"),
    _sheet("A4-70x37", (70.0, 37.0), (3, 8), 0.0, "Avery Zweckform 3474"),
    _single("62x29", 62.0, 29.0, "Brother DK-11209"),
    _single("50x25", 50.0, 25.0),
    _sheet("CARD-A4", (85.6, 54.0), (2, 5), 0.0, ""),
    _single("CARD", 85.6, 54.0, "ISO/IEC 7810 ID-1"),
)


def format_named(name: str) -> LabelFormat:
    """The format of that name, in either case; raises `BadInput("labels.unknown_format")`."""
    wanted = name.strip().casefold()
    found = next((one for one in FORMATS if one.name.casefold() == wanted), None)
    if found is None:
        raise BadInput("labels.unknown_format", name=name, known=", ".join(one.name for one in FORMATS))
    return found


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    text    what the scanner types
    number  what a person reads and types: never cut
    lines   what it is, most important first; shortened where there is no room
    """

    text: str
    number: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelOptions:
    """How labels are printed. `start` is the first label of the first sheet that is still there, from 1."""

    format: LabelFormat
    code: LabelCode = LabelCode.QR
    start: int = 1
    copies: int = 1
    marks: CutMarks = CutMarks.NONE
    with_lines: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.format.per_page:
            raise BadInput("labels.start", start=self.start, most=self.format.per_page, format=self.format.name)
        if not 1 <= self.copies <= MOST_COPIES:
            raise BadInput("labels.copies", copies=self.copies, most=MOST_COPIES)


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Labels and how they are printed."""

    labels: tuple[Label, ...]
    options: LabelOptions
    title: str = ""

    def __post_init__(self) -> None:
        if not self.labels:
            raise BadInput("labels.none")
        if len(self.labels) * self.options.copies > MOST_LABELS:
            raise BadInput("labels.too_many", count=len(self.labels) * self.options.copies, most=MOST_LABELS)

    @property
    def count(self) -> int:
        """How many labels are printed, copies among them."""
        return len(self.labels) * self.options.copies

    @property
    def pages(self) -> int:
        """Sheets, or labels of a roll."""
        return -(-(self.options.start - 1 + self.count) // self.options.format.per_page)

    def page(self, number: int) -> Iterator[tuple[float, float, Label]]:
        """Left, top and label of everything on that page, counted from 0."""
        options = self.options
        for place in range(options.format.per_page):
            nth = number * options.format.per_page + place - (options.start - 1)
            if 0 <= nth < self.count:
                left, top = options.format.corner(place)
                yield left, top, self.labels[nth // options.copies]
