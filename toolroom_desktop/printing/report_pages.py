"""A report as A4 pages, painted on whatever shows them: a PDF file, a printer, or a picture on the screen.

The pages are measured once, row by row, and hold only where each of them begins: memory does not grow with the rows.
Painting reads the rows again; pages in their order cost one walk through the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from toolroom_desktop.printing.application import need_application
from toolroom_desktop.printing.report_layout import GROUND, LINE, MOST_LINES, MUTED, Letters, isolated, mm
from toolroom_desktop.printing.report_photos import loaded
from toolroom_desktop.printing.report_rows import PAD, cell_area, group, grouped, is_number, photos_of, visible
from toolroom_desktop.services.reports.content import Row
from toolroom_desktop.services.reports.definitions import SUMMARY
from toolroom_desktop.services.reports.made import MadeReport, MadeSection, Signed
from toolroom_desktop.services.reports.making import PREVIEW
from toolroom_desktop.services.reports.words import Words
from toolroom_desktop.services.watching import Watch, unwatched

A4_MM = (210.0, 297.0)
_LEFT, _TOP, _RIGHT, _BOTTOM = mm(18), mm(14), mm(14), mm(12)
_FOOTER = mm(12)
_PHOTO = QSizeF(mm(62), mm(36))
_WIDE_COLUMNS = 7
_FACT_COLUMNS = 3
_TABLE_POINTS = (8, 7, 6)
"""Letters of the tables; smaller ones where the words of a table would not fit side by side."""
_LOOKED_AT = 100
_LONGEST_WORD = mm(24)
"""What is longer is broken anywhere."""
_WATCH_EVERY = 200
_CODE_OF_A_PAGE = "document.page"


@dataclass(frozen=True, slots=True)
class _Part:
    """What a page shows from `top` on: rows of a section, or something else by its name."""

    what: str
    top: float
    section: int = 0
    first: int = 0
    heights: tuple[float, ...] = ()


@dataclass(slots=True)
class _Cursor:
    """Where reading a section's rows is."""

    section: int = -1
    at: int = 0
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    following: Row | None = None


class ReportPages:
    """A report laid out. Measuring and painting may happen in any thread, one at a time."""

    def __init__(self, report: MadeReport, words: Words, watch: Watch = unwatched) -> None:
        """Measure all pages; `watch` is told (rows done, rows) and ends it with whatever it raises."""
        need_application()
        self._report, self._words, self._watch = report, words, watch
        self._title = Letters(17, QFont.Weight.DemiBold)
        self._heading = Letters(11, QFont.Weight.DemiBold)
        self._small = Letters(7)
        shown = [section for section in report.sections if section.count]
        self.landscape = any(len(visible(section)) > _WIDE_COLUMNS for section in shown)
        width, height = reversed(A4_MM) if self.landscape else A4_MM
        self.size = QSizeF(mm(width), mm(height))
        """Of a page in dots of 1/300 inch, with its margins."""
        self._width = self.size.width() - _LEFT - _RIGHT
        self._bottom = self.size.height() - _BOTTOM - _FOOTER
        self._cursor = _Cursor()
        for points in _TABLE_POINTS:
            self._body = Letters(points)
            self._head = Letters(points, QFont.Weight.DemiBold)
            self._widths_of: dict[str, list[float]] = {}
            if all(sum(self._needed(section)) <= self._width for section in shown if section.name != SUMMARY):
                break
        self._pages: list[list[_Part]] = [[]]
        self._top = _TOP
        self._measure()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    # --- measuring

    def _measure(self) -> None:
        self._put("title", self._title_height())
        done = 0
        for place, section in enumerate(self._report.sections):
            if section.name == SUMMARY:
                self._put("facts", self._facts_height(section), place)
                done += section.count
                continue
            done = self._measure_section(place, section, done)
        if self._report.signatures:
            self._put("signatures", mm(14) + len(self._report.signatures) * mm(20))

    def _put(self, what: str, height: float, section: int = 0) -> None:
        if self._top + height > self._bottom and self._pages[-1]:
            self._next_page()
        self._pages[-1].append(_Part(what, self._top, section))
        self._top += height

    def _next_page(self) -> None:
        self._pages.append([])
        self._top = _TOP

    def _measure_section(self, place: int, section: MadeSection, done: int) -> int:
        """Lay out a heading and its rows; titles stand above the rows of every page."""
        heading = self._heading.height + mm(6)
        if not section.count:
            self._put("empty", heading + self._body.height + mm(2), place)
            return done
        titles = self._titles_height(section)
        widths = self._widths(section)
        begun = 0
        part: list[float] = []
        top = 0.0

        def end_part() -> None:
            nonlocal part, begun
            if part:
                self._pages[-1].append(_Part("rows", top, place, begun, tuple(part)))
                begun += len(part)
                part = []

        for number, height in enumerate(self._row_heights(section, widths)):
            first = number == 0
            needed = (heading if first else 0.0) + (titles if not part else 0.0) + height
            if self._top + needed > self._bottom and (part or self._pages[-1]):
                end_part()
                self._next_page()
            if first:
                self._pages[-1].append(_Part("heading", self._top, place))
                self._top += heading
            if not part:
                top = self._top
                self._top += titles
            part.append(height)
            self._top += height
            done += 1
            if done % _WATCH_EVERY == 0:
                self._watch(done, 2 * self._report.rows)
        end_part()
        self._top += mm(2)
        return done

    def _row_heights(self, section: MadeSection, widths: list[float]) -> Iterator[float]:
        columns = visible(section)
        for row, last_of_group in grouped(section):
            lines = 1
            for (place, column), width in zip(columns, widths, strict=True):
                text = self._words.text(column, row[place])
                if text:
                    lines = max(lines, self._body.lines(text, cell_area(column, 0, 0, width, 0).width()))
            height = min(lines, MOST_LINES) * self._body.height + 2 * PAD
            if last_of_group and photos_of(section, row):
                height += self._strip_height()
            yield height

    def _widths(self, section: MadeSection) -> list[float]:
        """By the columns' shares; one whose words would not fit takes what others can spare."""
        if section.name not in self._widths_of:
            shares = [column.share for _, column in visible(section)]
            given = [self._width * share / sum(shares) for share in shares]
            spare = [own - need for own, need in zip(given, self._needed(section), strict=True)]
            lacking = -sum(room for room in spare if room < 0)
            there = sum(room for room in spare if room > 0)
            moved = min(lacking, there)
            self._widths_of[section.name] = [
                own - room * (moved / there if room > 0 else moved / lacking) if room and moved else own
                for own, room in zip(given, spare, strict=True)
            ]
        return self._widths_of[section.name]

    def _needed(self, section: MadeSection) -> list[float]:
        """How wide each column must be for its longest word, in its title and in the first rows."""
        first = [row for row, _ in islice(grouped(section), _LOOKED_AT)]
        needed = []
        for place, column in visible(section):
            words = (word for row in first for word in self._words.text(column, row[place]).split())
            longest = max((self._body.width(word) for word in words), default=0.0)
            longest = max(longest, *(self._head.width(word) for word in self._words.title(column).split() or [""]))
            beside = -cell_area(column, 0, 0, 0, 0).width()
            needed.append(min(longest, _LONGEST_WORD) + beside + 1)
        return needed

    def _titles_height(self, section: MadeSection) -> float:
        lines = max(
            self._head.lines(self._words.title(column), cell_area(column, 0, 0, width, 0).width())
            for (_, column), width in zip(visible(section), self._widths(section), strict=True)
        )
        return lines * self._head.height + 2 * PAD

    def _strip_height(self) -> float:
        return _PHOTO.height() + self._small.height + 3 * PAD

    def _title_lines(self) -> list[str]:
        report, words = self._report, self._words
        subject = [words.say("report.subject", subject=isolated(report.subject))] if report.subject else []
        return [*subject, words.period(report), words.made(report, isolated(report.made_by))]

    def _title_height(self) -> float:
        lines = sum(self._body.lines(line, self._width) for line in self._title_lines())
        return self._title.height + mm(1.5) + lines * self._body.height + mm(3)

    def _facts_height(self, section: MadeSection) -> float:
        lines = -(-section.count // _FACT_COLUMNS)
        return self._heading.height + mm(6) + lines * (self._body.height + PAD) + mm(2)

    # --- painting

    def paint(self, painter: QPainter, index: int) -> None:
        """Paint a page, from 0, at the origin of `painter`, whose units are dots of 1/300 inch."""
        for part in self._pages[index]:
            match part.what:
                case "title":
                    self._paint_title(painter, part.top)
                case "facts":
                    self._paint_facts(painter, part)
                case "heading":
                    self._paint_heading(painter, part)
                case "empty":
                    self._paint_heading(painter, part)
                    area = QRectF(_LEFT, part.top + self._heading.height + mm(5.5), self._width, self._body.height)
                    self._body.paint(painter, area, self._words.say("report.none"), colour=MUTED)
                case "rows":
                    self._paint_rows(painter, part)
                case "signatures":
                    self._paint_signatures(painter, part.top)
        self._paint_footer(painter, index)

    def picture(self, index: int, width: int) -> QImage:
        """A page as a picture of that width in pixels."""
        scale = width / self.size.width()
        image = QImage(width, round(self.size.height() * scale), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        # Ended whatever happens: a picture that goes while it is painted on takes the program with it.
        with QPainter(image) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.scale(scale, scale)
            self.paint(painter, index)
        return image

    def _paint_title(self, painter: QPainter, top: float) -> None:
        area = QRectF(_LEFT, top, self._width, self._title.height)
        self._title.paint(painter, area, self._words.name(self._report.about.report))
        top += self._title.height + mm(1.5)
        for line in self._title_lines():
            height = self._body.lines(line, self._width) * self._body.height
            self._body.paint(painter, QRectF(_LEFT, top, self._width, height), line, colour=MUTED)
            top += height

    def _paint_heading(self, painter: QPainter, part: _Part) -> None:
        section = self._report.sections[part.section]
        area = QRectF(_LEFT, part.top + mm(4), self._width, self._heading.height)
        self._heading.paint(painter, area, self._words.heading(section.name))

    def _paint_facts(self, painter: QPainter, part: _Part) -> None:
        self._paint_heading(painter, part)
        section = self._report.sections[part.section]
        top = part.top + self._heading.height + mm(6)
        wide, lines = self._width / _FACT_COLUMNS, -(-section.count // _FACT_COLUMNS)
        for place, row in enumerate(section.rows()):
            left = _LEFT + place // lines * wide
            area = QRectF(left, top + place % lines * (self._body.height + PAD), wide - mm(8), self._body.height)
            name, value = (self._words.text(column, said) for column, said in zip(section.columns, row, strict=True))
            self._body.paint(painter, area, name, colour=MUTED)
            self._head.paint(painter, area, value, right=True)
            painter.setPen(QPen(LINE, 1))
            painter.drawLine(QLineF(left, area.bottom() + PAD / 2, area.right(), area.bottom() + PAD / 2))

    def _paint_rows(self, painter: QPainter, part: _Part) -> None:
        section = self._report.sections[part.section]
        columns, widths = visible(section), self._widths(section)
        top = part.top
        height = self._titles_height(section)
        painter.fillRect(QRectF(_LEFT, top, self._width, height), GROUND)
        left = _LEFT
        for (_, column), width in zip(columns, widths, strict=True):
            area = cell_area(column, left, top, width, height)
            self._head.paint(painter, area, self._words.title(column), right=is_number(column))
            left += width
        top += height
        for height, (row, last_of_group) in zip(part.heights, self._rows(part), strict=True):
            left = _LEFT
            for (place, column), width in zip(columns, widths, strict=True):
                area = cell_area(column, left, top, width, height)
                text = self._words.text(column, row[place])
                self._body.paint(painter, area, text, right=is_number(column))
                left += width
            photos = photos_of(section, row) if last_of_group else ()
            if photos:
                self._paint_photos(painter, top + height - self._strip_height(), section, row, photos)
            top += height
            painter.setPen(QPen(LINE, 2))
            painter.drawLine(QLineF(_LEFT, top, _LEFT + self._width, top))

    def _rows(self, part: _Part) -> Iterator[tuple[Row, bool]]:
        """The rows of a part, with whether each is the last of its operation."""
        section = self._report.sections[part.section]
        if (self._cursor.section, self._cursor.at) != (part.section, part.first):
            rows = islice(section.rows(), part.first, None)
            self._cursor = _Cursor(part.section, part.first, rows, next(rows, None))
        cursor = self._cursor
        for _ in part.heights:
            row, cursor.following = cursor.following, next(cursor.rows, None)
            if row is None:
                return
            cursor.at += 1
            after = cursor.following
            yield row, after is None or group(section, after) != group(section, row)

    def _paint_photos(
        self, painter: QPainter, top: float, section: MadeSection, row: Row, photos: tuple[tuple[str, str], ...]
    ) -> None:
        said = {column.name: place for place, column in enumerate(section.columns)}
        at = self._words.text(section.columns[said["at"]], row[said["at"]])
        for place, (name, sha256) in enumerate(photos):
            area = QRectF(_LEFT + PAD + place * (_PHOTO.width() + mm(22)), top + PAD, _PHOTO.width(), _PHOTO.height())
            image = loaded(self._report.photo(sha256), area.size())
            code = "report.photo.annotated" if name == "photo_annotated" else "report.photo.clean"
            if image is None:
                painter.setPen(QPen(LINE, 2))
                painter.drawRect(area)
                inner = area.adjusted(mm(3), mm(3), -mm(3), 0)
                gone = self._words.say("report.photo.gone", sha256=sha256[:16])
                self._body.paint(painter, inner, gone, colour=MUTED)
            else:
                area.setSize(QSizeF(image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio))
                painter.drawImage(area, image)
            caption = self._words.say(code, kit=isolated(str(row[said["kit"]])), at=at, sha256=sha256[:16])
            below = QRectF(area.left(), area.bottom() + PAD / 2, _PHOTO.width() + mm(20), self._small.height)
            self._small.paint(painter, below, caption, colour=MUTED)

    def _paint_signatures(self, painter: QPainter, top: float) -> None:
        say = self._words.say
        self._heading.paint(
            painter, QRectF(_LEFT, top + mm(4), self._width, self._heading.height), say("document.case.signatures")
        )
        top += self._heading.height + mm(6)
        titles = ("report.sign.giver", "report.sign.receiver")
        for code, signed in zip(titles, self._report.signatures, strict=True):
            self._paint_signature(painter, top, say(code), signed)
            top += mm(20)

    def _paint_signature(self, painter: QPainter, top: float, title: str, signed: Signed) -> None:
        say, wide = self._words.say, self._width
        self._head.paint(painter, QRectF(_LEFT, top + mm(2), wide * 0.18, self._head.height), title)
        under = (("document.name", 0.18, 0.27), ("document.signature", 0.48, 0.27), ("document.date", 0.78, 0.22))
        line = top + mm(2) + self._body.height
        for code, left, width in under:
            area = QRectF(_LEFT + wide * left, line, wide * width, 0)
            painter.setPen(QPen(MUTED, 2))
            painter.drawLine(QLineF(area.left(), line, area.right(), line))
            below = QRectF(area.left(), line + PAD / 2, area.width(), self._small.height)
            self._small.paint(painter, below, say(code), colour=MUTED)
        if signed.name:
            written = QRectF(_LEFT + wide * 0.18, top + mm(1), wide * 0.27, self._body.height)
            self._body.paint(painter, written, signed.name)
        if signed.entry is not None and signed.at is not None:
            said = say(
                "report.signed",
                name=isolated(signed.name),
                badge=isolated(signed.badge),
                at=self._words.moment(signed.at),
                entry=signed.entry,
            )
            area = QRectF(_LEFT + wide * 0.18, line + self._small.height + PAD, wide * 0.82, self._small.height)
            self._small.paint(painter, area, said)

    def _paint_footer(self, painter: QPainter, index: int) -> None:
        report, say = self._report, self._words.say
        top = self.size.height() - _BOTTOM - 2 * self._small.height
        painter.setPen(QPen(LINE, 2))
        painter.drawLine(QLineF(_LEFT, top - mm(1.5), _LEFT + self._width, top - mm(1.5)))
        preview = report.report_id == PREVIEW
        first = (
            say("report.preview")
            if preview
            else say("document.report", id=report.report_id, version=report.app_version)
        )
        lines = (first, say("document.hash", sha256=report.data_sha256))
        for place, line in enumerate(lines):
            area = QRectF(_LEFT, top + place * self._small.height, self._width * 0.85, self._small.height)
            self._small.paint(painter, area, line, colour=MUTED)
        page = say(_CODE_OF_A_PAGE, page=index + 1, pages=self.count)
        right = QRectF(_LEFT + self._width * 0.85, top, self._width * 0.15, self._small.height)
        self._small.paint(painter, right, page, right=True, colour=MUTED)
