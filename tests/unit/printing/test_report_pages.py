"""Reports on paper: every row once, nothing over the edge, and every page says which report it is of."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from tests.unit.printing.test_pdf import pages_of, photo
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.printing import report_layout
from toolroom_desktop.printing.report_layout import MOST_LINES, Letters, mm
from toolroom_desktop.printing.report_pages import ReportPages
from toolroom_desktop.printing.report_pdf import PdfReportWriter
from toolroom_desktop.services.reports import columns
from toolroom_desktop.services.reports.columns import DISCREPANCIES, FACTS, SIGN_INS
from toolroom_desktop.services.reports.content import About, Column, Kind, ReportName, Row, line_of
from toolroom_desktop.services.reports.made import MadeReport, MadeSection, Signed
from toolroom_desktop.services.reports.words import Words
from toolroom_desktop.services.watching import unwatched

pytestmark = pytest.mark.usefixtures("qapp")

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ID = UUID("01a21b53-ec4c-70e3-a525-d210ae9d587a")
HASH = "6d630f0a9b136a7b" * 4
TABLES = {
    name.lower(): table
    for name, table in vars(columns).items()
    if isinstance(table, tuple) and all(isinstance(column, Column) for column in table)
}
COLUMNS = (Column("at", Kind.MOMENT, 13), Column("person", share=20), Column("note", share=40))
A4_LYING = (mm(297), mm(210))


class Lines:
    """`Spool` in memory."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def put(self, line: str) -> None:
        self._lines.append(line)

    def lines(self) -> Iterator[str]:
        return iter(self._lines)

    def close(self) -> None:
        self._lines.clear()


def section(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> MadeSection:
    spool, count = Lines(), 0
    for row in rows:
        spool.put(line_of(row))
        count += 1
    return MadeSection(name, tuple(columns), count, spool)


def report(
    *sections: MadeSection, name: ReportName = ReportName.AUDIT, signatures: tuple[Signed, ...] = (), who: str = ""
) -> MadeReport:
    about = About(name, "station-1", AT, 7, 14)
    photos = {"a" * 64: photo(), "b" * 64: None, "c" * 64: b"no picture at all"}
    return MadeReport(ID, about, AT, who, "0.1", HASH, sections, photos.__getitem__, signatures=signatures, subject=who)


def words(made: MadeReport, language: str = "ru") -> Words:
    say = Messages("ru" if language == "ru" else "en").text
    return Words.of(made, language, say, lambda _: 180)


@dataclass
class Seen:
    """What was painted on one page: (area, text)."""

    texts: list[tuple[QRectF, str]] = field(default_factory=list)

    @property
    def all(self) -> str:
        return "\n".join(text for _, text in self.texts)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Seen]:
    """Everything that is painted, page by page."""
    pages: list[Seen] = []
    paint = Letters.paint

    def noting(
        self: Letters,
        painter: QPainter,
        area: QRectF,
        text: str,
        *,
        right: bool = False,
        colour: QColor = report_layout.INK,
    ) -> None:
        lines = min(MOST_LINES, self.lines(text, area.width()))
        pages[-1].texts.append((QRectF(area.left(), area.top(), area.width(), lines * self.height), text))
        paint(self, painter, area, text, right=right, colour=colour)

    monkeypatch.setattr(Letters, "paint", noting)
    return pages


def painted(made: MadeReport, seen: list[Seen], language: str = "ru") -> ReportPages:
    pages = ReportPages(made, words(made, language))
    for number in range(pages.count):
        seen.append(Seen())
        assert not pages.picture(number, 300).isNull()
    return pages


def entries(count: int, note: str = "") -> list[Row]:
    return [("2026-03-02T09:00:00+00:00", f"person {number:05}", f"{note} {number:05}") for number in range(count)]


def test_every_row_is_on_paper_once_and_in_its_order(seen: list[Seen]) -> None:
    made = report(section("sign_ins", COLUMNS, entries(137)), section("refusals", COLUMNS, entries(61, "second")))
    pages = painted(made, seen)
    assert pages.count > 4
    people = [text for page in seen for _, text in page.texts if text.startswith("person ")]
    assert people == [f"person {n:05}" for n in range(137)] + [f"person {n:05}" for n in range(61)]


@pytest.mark.parametrize(
    "note", ["", "длинное примечание " * 30, "x" * 5000, "שלום עולם " * 60, "🔧👩‍🔧" * 200, "a\nb\nc"]
)
def test_nothing_is_painted_over_the_edge_or_over_something_else(seen: list[Seen], note: str) -> None:
    made = report(section("sign_ins", COLUMNS, entries(25, note)), who=note[:90])
    pages = painted(made, seen)
    width, height = pages.size.width(), pages.size.height()
    for page in seen:
        footer = min(area.top() for area, text in page.texts if text.startswith(f"Отчёт {ID}"))
        body = [(area, text) for area, text in page.texts if area.top() < footer]
        assert all(area.left() > 0 and area.right() <= width for area, _ in page.texts)
        assert all(area.bottom() <= footer for area, _ in body)
        assert all(area.bottom() <= height for area, _ in page.texts)
        notes = [area for area, text in body if text.endswith(tuple("0123456789")) and area.left() > width / 3]
        assert all(below.top() >= above.bottom() for above, below in pairwise(notes))


def test_every_page_says_its_number_its_report_and_its_hash(seen: list[Seen]) -> None:
    made = report(section("sign_ins", COLUMNS, entries(100)))
    pages = painted(made, seen)
    for number, page in enumerate(seen, start=1):
        assert f"Страница {number} из {pages.count}" in page.all
        assert str(ID) in page.all
        assert HASH in page.all


def test_titles_stand_above_the_rows_of_every_page(seen: list[Seen]) -> None:
    painted(report(section("sign_ins", COLUMNS, entries(100))), seen, "en")
    for page in seen:
        if "person " in page.all:
            assert "When" in page.all.splitlines()


def test_wide_tables_lie_and_narrow_ones_stand() -> None:
    row = ("2026-03-02T09:00:00+00:00", 7, "sign_in", "Иванов", "T-1", "")
    assert not ReportPages(*with_words(report(section("sign_ins", SIGN_INS, [row])))).landscape
    wide = ReportPages(*with_words(report(section("discrepancies", DISCREPANCIES, [discrepancy("K-1", "")]))))
    assert wide.landscape
    assert (wide.size.width(), wide.size.height()) == A4_LYING


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", [*TABLES])
def test_no_word_is_broken_where_the_words_of_a_table_can_stand_side_by_side(
    monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    broken: list[str] = []
    paint = Letters.paint

    def noting(self: Letters, painter: QPainter, area: QRectF, text: str, **how: Any) -> None:
        broken.extend(word for word in text.split() if self.width(word) > area.width())
        paint(self, painter, area, text, **how)

    monkeypatch.setattr(Letters, "paint", noting)
    table = TABLES[name]
    made = report(section("sign_ins", table, [tuple(_long(column) for column in table)]))
    pages = ReportPages(made, words(made, language))
    assert not pages.picture(0, 300).isNull()
    assert broken == []


def _long(column: Column) -> str | int | None:
    """A value with a long word of its kind."""
    if column.kind is Kind.MOMENT:
        return "2026-03-02T09:00:00+00:00"
    if column.kind is Kind.NUMBER:
        return 999_999
    return "C2026-0179" if column.kind is Kind.TEXT and not column.name.startswith("sha256") else None


def with_words(made: MadeReport) -> tuple[MadeReport, Words]:
    return made, words(made)


def discrepancy(kit: str, sha256: str, tool: str = "pliers") -> Row:
    at = "2026-03-02T09:00:00+00:00"
    return (at, "checkin", kit, "Иванов", "T-1", tool, 2, "P-2", "missing", "", "", 90.0, sha256, sha256, f"op {kit}")


def test_photos_stand_once_below_all_that_their_operation_found(seen: list[Seen]) -> None:
    rows = [
        discrepancy("K-1", "a" * 64),
        discrepancy("K-1", "a" * 64, "brace"),
        discrepancy("K-2", "b" * 64),
        discrepancy("K-3", "c" * 64),
        discrepancy("K-4", ""),
    ]
    painted(report(section("discrepancies", DISCREPANCIES, rows)), seen)
    said = "\n".join(page.all for page in seen)
    assert said.count("K-1, 02.03.2026 12:00: как лежало") == 1
    # Two photos that are gone and two that are no pictures leave a sentence each.
    assert said.count("Фотографии на этой станции нет") == 4
    assert "K-4, " not in said


def test_a_table_without_rows_says_so(seen: list[Seen]) -> None:
    painted(report(section("sign_ins", COLUMNS, [])), seen, "en")
    assert "None." in seen[0].all


def test_single_numbers_stand_beside_their_names(seen: list[Seen]) -> None:
    painted(report(section("summary", FACTS, [("operations", 12), ("refusals", 3)])), seen, "en")
    assert {"Operations", "12", "Refusals", "3"} <= set(seen[0].all.splitlines())


def test_a_form_has_two_fields_and_says_who_signed_in_the_program(seen: list[Seen]) -> None:
    signed = Signed("Морозова Е. В.", "S-1", AT, UUID(int=7))
    painted(report(section("kits_out", COLUMNS, []), signatures=(signed, Signed())), seen)
    said = seen[-1].all
    assert "Сдал смену" in said
    assert "Принял смену" in said
    assert str(UUID(int=7)) in said
    assert said.count("подпись") == 2


def test_pages_may_be_looked_at_in_any_order(seen: list[Seen]) -> None:
    made = report(section("sign_ins", COLUMNS, entries(100)))
    seen.append(Seen())
    pages = ReportPages(made, words(made))
    forward = [pages.picture(number, 200) for number in range(pages.count)]
    backward = [pages.picture(number, 200) for number in reversed(range(pages.count))]
    assert forward == backward[::-1]


def test_a_report_is_a_pdf_with_its_typeface_in_it_and_all_its_pages() -> None:
    made = report(section("sign_ins", COLUMNS, entries(100, "Ёжик")))
    file = io.BytesIO()
    told: list[tuple[int, int]] = []
    PdfReportWriter().write(file, made, words(made), lambda done, total: told.append((done, total)))
    content = file.getvalue()
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    assert re.search(rb"/FontFile[23]?\b", content), "the typeface is embedded"
    assert pages_of(content) == ReportPages(made, words(made)).count
    assert told[-1][0] == told[-1][1]
    assert b"startxref" in content[-40:]


def test_a_report_of_many_pages_needs_no_more_memory_than_one_page() -> None:
    """What Qt wrote is handed on after every page."""

    class Parts(io.BytesIO):
        largest = 0

        def write(self, part: bytes) -> int:  # type: ignore[override]
            self.largest = max(self.largest, len(part))
            return super().write(part)

    made = report(section("sign_ins", COLUMNS, entries(600)))
    file = Parts()
    PdfReportWriter().write(file, made, words(made), unwatched)
    assert len(file.getvalue()) > 3 * file.largest


def test_a_page_that_cannot_be_painted_says_why_and_the_program_goes_on(seen: list[Seen]) -> None:
    pages = painted(report(section("sign_ins", COLUMNS, entries(3))), seen)

    def fail(*_: object, **__: object) -> None:
        raise LookupError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Letters, "paint", fail)
        for _ in range(3):
            with pytest.raises(LookupError):
                pages.picture(0, 300)
    assert not pages.picture(0, 300).isNull()
