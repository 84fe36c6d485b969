"""What a large report costs beside the bare libraries.

    python -m tests.benchmarks.report_speed [--rows 100000] [--operations 1000] [--turns 3] [--json]

xlsx    an audit of so many rows, through the station's own writer (out of its spool, in words, typed, whole or not at
        all) against the bare write-only mode of openpyxl given the very same values; they take turns, in processor time
memory  how much the process grew between the first thousand rows and the last ones (resident, Linux only); and the most
        that Python's own allocations came to for a hundredth and for a tenth of the rows
pdf     the discrepancies of so many operations, two photos each of 1280 x 720 pixels, in seconds of the clock
        and of the processor
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from openpyxl import Workbook

from toolroom_desktop.adapters.files.report_files import XlsxReportWriter
from toolroom_desktop.adapters.files.spool import TemporarySpool
from toolroom_desktop.adapters.files.whole_file import whole_file
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.painter import JpegPainter
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.config.paths import resource
from toolroom_desktop.printing.report_pdf import PdfReportWriter
from toolroom_desktop.services.reports.columns import DISCREPANCIES, OPERATIONS
from toolroom_desktop.services.reports.content import About, Column, ReportName, Row, line_of, moment
from toolroom_desktop.services.reports.made import MadeReport, MadeSection
from toolroom_desktop.services.reports.words import Words
from toolroom_desktop.services.tables import Cell
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.services.watching import unwatched

BEGIN = datetime(2026, 1, 1, 5, tzinfo=UTC)
_PHOTO_SIZE = (1280, 720)


@dataclass(frozen=True)
class Measured:
    """Times in seconds, memory in bytes, sizes of files in bytes."""

    rows: int
    xlsx_seconds: float
    bare_seconds: float
    xlsx_ratio: float
    xlsx_bytes: int
    grown_bytes: int
    peak_of_a_hundredth: int
    peak_of_a_tenth: int
    operations: int
    pdf_seconds: float
    pdf_processor_seconds: float
    pdf_pages: int
    pdf_bytes: int


def _report(name: ReportName, columns: tuple[Column, ...], rows: Iterable[Row], photo: bytes | None) -> MadeReport:
    spool, count = TemporarySpool(), 0
    for row in rows:
        spool.put(line_of(row))
        count += 1
    about = About(name, "station-1", BEGIN, 1, 14)
    section = MadeSection("operations" if photo is None else "discrepancies", columns, count, spool)
    names = {"pliers": ("Пассатижи", "Pliers")}
    return MadeReport(
        UUID(int=7), about, BEGIN, "Смирнова А. В.", "0", "0" * 64, (section,), lambda _: photo, names,
        {"RRJ": ("Набор RRJ", "Kit for the RRJ")},
    )  # fmt: skip


def _words(report: MadeReport) -> Words:
    return Words.of(report, "ru", Messages("ru").text, lambda _: 180)


def operations(count: int) -> Iterator[Row]:
    """Rows as the report of operations has them."""
    for number in range(count):
        at = moment(BEGIN + timedelta(minutes=7 * number))
        yield (
            at, "checkout", f"K-{number % 500:03}", "RRJ", f"Иванов И. {number % 300}", f"T-{number % 300:04}",
            "Морозова Е. В.", "", f"RA-89{number % 99:03}", f"WO-{number % 5000}", at, "success", "success", 98.5,
            "" if number % 10 else "вернут после смены", number, f"01a21b53-ec4c-70e3-a525-{number:012d}",
        )  # fmt: skip


def discrepancies(count: int) -> Iterator[Row]:
    """Rows as the report of discrepancies has them, each of an operation of its own."""
    for number in range(count):
        at = moment(BEGIN + timedelta(minutes=7 * number))
        photos = (f"{2 * number:064x}", f"{2 * number + 1:064x}")
        yield (
            at, "checkin", f"K-{number % 500:03}", f"Иванов И. {number % 300}", "T-1", "pliers", 1, f"P-{number}",
            "missing", "нет в наборе", f"C2026-{number:04}", 90.0, *photos, f"{number:012d}",
        )  # fmt: skip


def _processor(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _bare(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append([column.name for column in columns])
    for row in rows:
        sheet.append(list(row))
    book.save(path)


def _resident() -> int:
    """Bytes of memory that this process has; 0 where the system does not say."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if pages.exists() else 0


def _peak(report: MadeReport, folder: Path) -> int:
    tracemalloc.start()
    with whole_file(folder / "traced.xlsx") as file:
        XlsxReportWriter().write(file, report, _words(report), unwatched)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _photo() -> bytes:
    picture = FilePhotoReader().read(sorted(resource("demo", "tables").glob("*.jpg"))[0])
    return JpegPainter().clean(Picture(np.asarray(cv2.resize(picture.pixels, _PHOTO_SIZE), np.uint8)))


def measure(rows: int, shown: int, turns: int, folder: Path) -> Measured:
    """Take turns, and keep the median."""
    target = folder / "report.xlsx"
    own: list[float] = []
    bare: list[float] = []
    with _report(ReportName.SHIFT, OPERATIONS, operations(rows), None) as report:
        words = _words(report)

        def cells() -> Iterator[Sequence[Cell]]:
            """The same values."""
            makers = [words.cell_maker(column) for column in OPERATIONS]
            for row in report.sections[0].rows():
                yield [make(value) for make, value in zip(makers, row, strict=True)]

        resident: list[int] = []

        def write() -> None:
            with whole_file(target) as file:
                XlsxReportWriter().write(file, report, words, lambda _done, _total: resident.append(_resident()))

        own.append(_processor(write))
        grown = max(resident[1:], default=0) - resident[0] if resident else 0
        ready = list(cells())

        def write_bare() -> None:
            _bare(folder / "bare.xlsx", OPERATIONS, ready)

        bare.append(_processor(write_bare))
        for _ in range(turns - 1):
            own.append(_processor(write))
            bare.append(_processor(write_bare))
    peaks = []
    for part in (100, 10):
        with _report(ReportName.SHIFT, OPERATIONS, operations(rows // part), None) as report:
            peaks.append(_peak(report, folder))
    paper = folder / "report.pdf"
    with _report(ReportName.DISCREPANCIES, DISCREPANCIES, discrepancies(shown), _photo()) as report:
        begun, processor = time.perf_counter(), time.process_time()
        with whole_file(paper) as file:
            PdfReportWriter().write(file, report, _words(report), unwatched)
        seconds, processor = time.perf_counter() - begun, time.process_time() - processor
    return Measured(
        rows=rows,
        xlsx_seconds=statistics.median(own),
        bare_seconds=statistics.median(bare),
        xlsx_ratio=statistics.median(own) / statistics.median(bare),
        xlsx_bytes=target.stat().st_size,
        grown_bytes=grown,
        peak_of_a_hundredth=peaks[0],
        peak_of_a_tenth=peaks[1],
        operations=shown,
        pdf_seconds=seconds,
        pdf_processor_seconds=processor,
        pdf_pages=len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())),
        pdf_bytes=paper.stat().st_size,
    )


def main(arguments: list[str] | None = None) -> Measured:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.report_speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--operations", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(chosen.rows, chosen.operations, chosen.turns, Path(folder))
    if chosen.json:
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
        return found
    sys.stdout.write(
        f"xlsx  {found.rows} rows: {found.xlsx_seconds:.1f} s beside {found.bare_seconds:.1f} s bare, "
        f"ratio {found.xlsx_ratio:.2f}, {found.xlsx_bytes / 1e6:.1f} MB\n"
        f"      grew by {found.grown_bytes / 1e6:.1f} MB from the first thousand rows to the last; peak "
        f"{found.peak_of_a_hundredth / 1e6:.1f} MB for a hundredth, {found.peak_of_a_tenth / 1e6:.1f} MB for a tenth\n"
        f"pdf   {found.operations} operations with photos: {found.pdf_seconds:.1f} s, "
        f"{found.pdf_processor_seconds:.1f} s of the processor, {found.pdf_pages} pages, "
        f"{found.pdf_bytes / 1e6:.1f} MB\n"
    )
    return found


if __name__ == "__main__":
    main()
