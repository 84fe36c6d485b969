"""Rows that come page by page: asked for in time, let go when they are far away, and there again when needed."""

from __future__ import annotations

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from toolroom_desktop.ui.models.paged_table import Cells, PagedTableModel

PAGE = 50


class Source:
    """So many numbers, handed out by page; `asked` notes each page that was wanted."""

    def __init__(self, count: int) -> None:
        cells: Cells[int] = Cells(
            ("number", "half"),
            str,
            lambda row, column: str(row if column == "number" else row / 2),
            lambda _row, _column: "",
            lambda _row, _column: "",
        )
        self.count = count
        self.asked: list[int] = []
        self.waiting: list[tuple[int, object]] = []
        self.model = PagedTableModel(cells)
        self.model.page_wanted.connect(self._wanted)
        self.model.begin()

    def _wanted(self, number: int, start: object) -> None:
        self.asked.append(number)
        self.waiting.append((number, start))

    def answer(self) -> None:
        """All that was asked for comes."""
        while self.waiting:
            number, start = self.waiting.pop(0)
            first = int(str(start)) if start is not None else 0
            rows = range(first, min(first + PAGE, self.count))
            self.model.put(number, tuple(rows), rows.stop if rows.stop < self.count else None)

    def scroll(self, to: int) -> None:
        """Somebody looks at the rows from there on."""
        self.model.seen(to, min(to + 10, max(0, self.model.rowCount() - 1)))
        self.answer()


@pytest.fixture
def source() -> Source:
    made = Source(10_000)
    made.answer()
    return made


def test_only_what_is_seen_and_a_little_more_is_fetched(source: Source) -> None:
    assert source.asked == [0]
    source.scroll(0)
    assert source.asked == [0, 1]
    source.scroll(0)
    assert source.model.rowCount() == 2 * PAGE


def test_whoever_scrolls_down_finds_every_row_once(source: Source) -> None:
    while not source.model.complete:
        source.scroll(source.model.rowCount() - 1)
    assert source.model.rowCount() == 10_000
    assert source.asked == sorted(set(source.asked))


def test_memory_does_not_grow_and_what_was_let_go_comes_back(source: Source) -> None:
    while not source.model.complete:
        source.scroll(source.model.rowCount() - 1)
    assert source.model.pages_held == 40
    assert source.model.index(0, 0).data() == "…"
    assert source.model.index(9_999, 1).data() == "4999.5"
    source.scroll(0)
    assert [source.model.index(row, 0).data() for row in (0, 49, 50)] == ["0", "49", "50"]
    assert source.model.rowCount() == 10_000, "nothing moves under the hand"


def test_a_page_that_failed_is_asked_for_again_when_somebody_comes_near(source: Source) -> None:
    source.model.seen(0, 10)
    (number, _), source.waiting = source.waiting[0], []
    source.model.seen(0, 10)
    assert source.asked == [0, number], "it is asked for once while it is on its way"
    source.model.failed(number)
    source.model.seen(0, 10)
    assert source.asked == [0, number, number]


def test_nothing_at_all_is_complete() -> None:
    source = Source(0)
    source.answer()
    assert source.model.rowCount() == 0
    assert source.model.complete


def test_qt_finds_no_fault_with_it(qtbot: QtBot, qtmodeltester: ModelTester, source: Source) -> None:
    qtmodeltester.check(source.model)  # type: ignore[no-untyped-call]
    source.scroll(40)
    qtmodeltester.check(source.model)  # type: ignore[no-untyped-call]
