"""Reports as XLSX, CSV and JSON. PDF is paper, and so the matter of `printing`."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from toolroom_desktop.adapters.files.table_files import write_csv, write_xlsx
from toolroom_desktop.adapters.files.whole_file import file_problem
from toolroom_desktop.domain.journal import canonical_json
from toolroom_desktop.services.reports.content import About, RowsHash, about_of, data_sha256, line_of, moment
from toolroom_desktop.services.reports.made import MadeReport, MadeSection
from toolroom_desktop.services.reports.words import Words
from toolroom_desktop.services.tables import Cell, Sheet, SheetColumn
from toolroom_desktop.services.watching import Watch

REPORT_VERSION = 1
LARGEST_CHECKED = 1 << 30
"""Bytes of a JSON report that `json_sha256` reads."""

_CHARACTERS_OF_A_SHARE = 1.5
_NARROWEST = 10
_WIDTHS = {"tool": 26, "badge": 12, "toolkit": 24, "operation": 38, "signature": 38, "photo": 20, "sha256": 40}
_WATCH_EVERY = 500


class XlsxReportWriter:
    """A sheet that says what the report is, then one sheet a table."""

    def write(self, file: IO[bytes], report: MadeReport, words: Words, watch: Watch) -> None:
        """Fulfils `ReportWriter`."""
        write_xlsx(file, _sheets(report, words), watch=lambda done, _: watch(done, report.rows))


class CsvReportWriter:
    """What the report is, then one table below the other, each with its name; a single table stands alone."""

    def write(self, file: IO[bytes], report: MadeReport, words: Words, watch: Watch) -> None:
        """Fulfils `ReportWriter`."""
        sheets = _sheets(report, words)
        if len(report.sections) == 1:
            # One table is for programs that read CSV: nothing may stand above its titles.
            sheets = sheets[1:]
        decimal = "," if words.language == "ru" else "."
        write_csv(file, sheets, decimal=decimal, watch=lambda done, _: watch(done, report.rows))


def _sheets(report: MadeReport, words: Words) -> list[Sheet]:
    return [_about_sheet(report, words), *(_sheet(section, words) for section in report.sections)]


def _about_sheet(report: MadeReport, words: Words) -> Sheet:
    about, say = report.about, words.say
    rows: list[Sequence[Cell]] = [
        (say("report.head.report"), words.name(about.report)),
        (say("report.head.subject"), report.subject or None),
        (say("report.head.period"), words.period(report)),
        (say("report.head.made"), words.made(report, report.made_by)),
        (say("report.head.id"), str(report.report_id)),
        (say("report.head.sha256"), report.data_sha256),
        (say("report.head.journal"), about.journal_seq),
        (say("report.head.version"), f"Toolroom Desktop {report.app_version}"),
    ]
    for signed in report.signatures:
        if signed.entry is not None and signed.at is not None:
            at = words.moment(signed.at)
            said = say("report.signed", name=signed.name, badge=signed.badge, at=at, entry=signed.entry)
            rows.append((say("document.signature"), said))
    columns = (SheetColumn(say("report.column.fact"), 28), SheetColumn(words.name(about.report), 90))
    return Sheet(say("report.about_sheet"), columns, rows)


def _sheet(section: MadeSection, words: Words) -> Sheet:
    columns = tuple(
        SheetColumn(words.title(column), _WIDTHS.get(column.name) or _width(column.share)) for column in section.columns
    )
    return Sheet(words.heading(section.name), columns, _cells(section, words))


def _width(share: int) -> int:
    return max(_NARROWEST, round(share * _CHARACTERS_OF_A_SHARE))


def _cells(section: MadeSection, words: Words) -> Iterator[Sequence[Cell]]:
    makers = [words.cell_maker(column) for column in section.columns]
    for row in section.rows():
        yield [make(value) for make, value in zip(makers, row, strict=True)]


class JsonReportWriter:
    """docs/report.schema.json describes it. Values are as they are hashed, titles in the language of the report."""

    def write(self, file: IO[bytes], report: MadeReport, words: Words, watch: Watch) -> None:
        """Fulfils `ReportWriter`."""
        stream = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        try:
            head = json.dumps(_head(report, words), ensure_ascii=False, indent=1)
            stream.write(head.removesuffix("\n}") + ',\n "tables": [')
            done = 0
            for place, section in enumerate(report.sections):
                stream.write(",\n" if place else "\n")
                done = _write_table(stream, section, words, watch, done, report.rows)
            stream.write("\n ]\n}\n")
            stream.flush()
        finally:
            # The file is its opener's to close. What an interrupted write left in the buffer is of no use to anybody.
            with suppress(OSError):
                stream.detach()


def _head(report: MadeReport, words: Words) -> dict[str, Any]:
    return {
        "report_version": REPORT_VERSION,
        "report_id": str(report.report_id),
        "title": words.name(report.about.report),
        "language": words.language,
        "about": report.about.as_json(),
        "subject": report.subject,
        "made_at": moment(report.made_at),
        "made_by": report.made_by,
        "time_zone": words.zone(report.made_at),
        "app_version": report.app_version,
        "data_sha256": report.data_sha256,
        "signatures": [
            {
                "name": signed.name,
                "badge": signed.badge,
                "at": None if signed.at is None else moment(signed.at),
                "entry": None if signed.entry is None else str(signed.entry),
            }
            for signed in report.signatures
        ],
    }


def _write_table(
    stream: io.TextIOWrapper, section: MadeSection, words: Words, watch: Watch, done: int, total: int
) -> int:
    columns = [
        {"name": column.name, "kind": column.kind.value, "title": words.title(column)} for column in section.columns
    ]
    head = {"name": section.name, "title": words.heading(section.name), "columns": columns}
    text = json.dumps(head, ensure_ascii=False)
    stream.write(f'  {text.removesuffix("}")}, "rows": [')
    for place, line in enumerate(section.spool.lines()):
        stream.write((",\n   " if place else "\n   ") + line)
        done += 1
        if done % _WATCH_EVERY == 0:
            watch(done, total)
    stream.write("\n  ]}")
    return done


def file_sha256(path: Path) -> str:
    """Of a file; raises `BadInput("file.…")` where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
    except OSError as error:
        raise file_problem(error, path) from error
    return digest.hexdigest()


def json_sha256(path: Path) -> str | None:
    """The hash that the data in a JSON report has; None for a file that is no such report."""
    try:
        if path.stat().st_size > LARGEST_CHECKED:
            return None
        said = json.loads(path.read_text(encoding="utf-8"))
        about: About = about_of(said["about"])
        if canonical_json(about.as_json()) != canonical_json(said["about"]):
            return None
        tables = []
        for table in said["tables"]:
            rows = RowsHash()
            for row in table["rows"]:
                rows.add(line_of(row))
            tables.append((table["name"], [column["name"] for column in table["columns"]], rows))
        return data_sha256(about, tables)
    except (OSError, ValueError, KeyError, TypeError):
        return None
