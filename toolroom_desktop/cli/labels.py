"""`toolroom labels`: labels of kits, tools and badges as PDF files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from toolroom_desktop.cli.parsing import Commands, Parser, a_count, a_path, one_of, option, split_names
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.labels import (
    FORMATS,
    MOST_COPIES,
    CutMarks,
    LabelCode,
    LabelFormat,
    LabelOptions,
    format_named,
)
from toolroom_desktop.services.labels import LabelChoice, LabelKind

if TYPE_CHECKING:
    from toolroom_desktop.bootstrap import Records

_MOST_ON_A_PAGE = max(format_.per_page for format_ in FORMATS)
_DEFAULT = {LabelKind.KITS: "L7160", LabelKind.TOOLS: "L4731", LabelKind.BADGES: "CARD-A4"}


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("labels", "labels.help.labels"))
    kits = own.add("kits", "labels.help.kits")
    option(kits, "--kit", "labels.help.kit", action="append", default=[], metavar="NUMBER")
    tools = own.add("tools", "labels.help.tools")
    option(tools, "--kit", "labels.help.of_kit", default="", metavar="NUMBER")
    option(tools, "--tool", "labels.help.tool", action="append", default=[], metavar="MARKING")
    badges = own.add("badges", "labels.help.badges")
    option(badges, "--badge", "labels.help.badge", action="append", default=[], metavar="ID")
    for kind, parser in ((LabelKind.KITS, kits), (LabelKind.TOOLS, tools), (LabelKind.BADGES, badges)):
        _printing(parser, kind)
    listing = own.add("formats", "labels.help.formats")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_formats)


def _printing(parser: Parser, kind: LabelKind) -> None:
    default = format_named(_DEFAULT[kind])
    option(parser, "--format", "labels.help.format", type=format_named, default=default, metavar="NAME")
    option(parser, "--out", "labels.help.out", required=True, type=a_path, metavar="FILE")
    option(parser, "--overwrite", "backup.help.overwrite", action="store_true")
    codes = "|".join(LabelCode)
    option(parser, "--code", "labels.help.code", type=one_of(LabelCode), default=LabelCode.QR, metavar=codes)
    option(parser, "--start", "labels.help.start", type=a_count(_MOST_ON_A_PAGE), default=1, metavar="N")
    option(parser, "--copies", "labels.help.copies", type=a_count(MOST_COPIES), default=1, metavar="N")
    marks = "|".join(CutMarks)
    option(parser, "--marks", "labels.help.marks", type=one_of(CutMarks), default=CutMarks.NONE, metavar=marks)
    option(parser, "--number-only", "labels.help.number_only", action="store_true")
    parser.set_defaults(run=run_print, kind=kind, badge=[])


def run_formats(arguments: argparse.Namespace, station: Station) -> int:
    """Print what sheets and rolls there are."""
    console = station.console
    if arguments.json:
        console.json([_format_json(one) for one in FORMATS])
        return 0
    titles = [console.text(f"labels.column.{name}") for name in ("format", "size", "page", "paper", "sample")]
    rows = []
    for one in FORMATS:
        size = f"{_length(station, one.width)} x {_length(station, one.height)}"
        paper = f"{_length(station, one.page[0])} x {_length(station, one.page[1])}"
        rows.append((one.name, size, str(one.per_page), paper, one.sample))
    console.table(titles, rows)
    return 0


def _length(station: Station, millimetres: float) -> str:
    return station.console.figure(millimetres)


def _format_json(format_: LabelFormat) -> dict[str, object]:
    return {
        "name": format_.name,
        "width_mm": format_.width,
        "height_mm": format_.height,
        "columns": format_.columns,
        "rows": format_.rows,
        "page_mm": list(format_.page),
        "sample": format_.sample,
    }


def run_print(arguments: argparse.Namespace, station: Station) -> int:
    """Write labels as PDF."""
    # Here and not above: other commands do without it.
    from toolroom_desktop.printing.files import write_whole

    console = station.console
    options = LabelOptions(
        arguments.format,
        arguments.code,
        arguments.start,
        arguments.copies,
        arguments.marks,
        with_lines=not arguments.number_only,
    )
    if arguments.out.exists() and not arguments.overwrite:
        raise BadInput("document.there_already", path=arguments.out)
    with station.records() as records:
        made = records.labels.pdf(
            _choice(arguments, records),
            options,
            language=console.language,
            title=console.text(f"labels.title.{arguments.kind}"),
            file=arguments.out.name,
            actor_badge=None,
        )
    write_whole(arguments.out, made.pdf, overwrite=arguments.overwrite)
    console.say("labels.written", path=arguments.out, count=made.labels, pages=made.pages)
    if made.left_out:
        console.remark("labels.left_out", count=made.left_out)
    return 0


def _choice(arguments: argparse.Namespace, records: Records) -> LabelChoice:
    if arguments.kind is LabelKind.KITS:
        return LabelChoice(LabelKind.KITS, tuple(split_names(arguments.kit)) or None)
    if arguments.kind is LabelKind.BADGES:
        return LabelChoice(LabelKind.BADGES, tuple(split_names(arguments.badge)) or None)
    tools = [str(records.tools.by_scan(text).tool_id) for text in split_names(arguments.tool)]
    return LabelChoice(LabelKind.TOOLS, tuple(tools) or None, kit=arguments.kit)
