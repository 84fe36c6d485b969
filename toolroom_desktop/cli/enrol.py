"""`toolroom enrol`: cut-outs from folders of photos, with or without masks."""

from __future__ import annotations

import argparse
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.cli.parsing import Commands, a_count, a_path, a_size, option
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station

if TYPE_CHECKING:
    from toolroom_desktop.services.cutouts import CutoutStore

MOST_CUTOUTS = 1_000_000
CONTACT = "contact.jpg"
_SHOWN_REFUSALS = 40


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("enrol", "cli.help.enrol")
    option(parser, "--from", "cli.help.enrol.from", dest="source", type=a_path, required=True, metavar="FOLDER")
    option(parser, "--out", "cli.help.enrol.out", type=a_path, required=True, metavar="CUTOUTS")
    option(parser, "--no-masks", "cli.help.enrol.no_masks", action="store_true")
    option(parser, "--classes", "cli.help.enrol.classes", type=a_path, metavar="FILE")
    option(parser, "--foreign", "cli.help.enrol.foreign", action="store_true")
    option(parser, "--held-back", "cli.help.enrol.held_back", action="append", default=[], metavar="GLOB")
    option(parser, "--empty", "cli.help.enrol.empty", type=a_path, metavar="PHOTO")
    option(parser, "--frame", "cli.help.enrol.frame", type=a_size, metavar="WxH")
    option(parser, "--limit", "cli.help.enrol.limit", type=a_count(MOST_CUTOUTS), metavar="N")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Take the folder in, say what was refused and why; 0 when anything is stored, 1 when nothing is."""
    # Loaded here: they bring OpenCV, which --help does not need.
    from toolroom_desktop.adapters.files.cutout_sources import FolderReader
    from toolroom_desktop.adapters.files.cutouts import CutoutFolder
    from toolroom_desktop.adapters.vision.photos import FilePhotoReader
    from toolroom_desktop.adapters.vision.segmentation.cutter import OpenCvCutter
    from toolroom_desktop.services.enrolment import take_in

    console = station.console
    reader = FolderReader(
        arguments.source,
        classes=arguments.classes,
        masks=not arguments.no_masks,
        foreign=arguments.foreign,
        frame=arguments.frame,
        empty=arguments.empty,
    )
    content = reader.content()
    store = CutoutFolder(arguments.out)
    store.declare(content.classes)
    if arguments.empty is not None:
        store.add_background(FilePhotoReader().read(arguments.empty).pixels, arguments.empty.name)

    def held_back(source: str) -> bool:
        # A pattern means the file; the name of its folder decides nothing.
        name = source.casefold().rpartition("/")[2]
        return any(fnmatchcase(name, pattern.casefold()) for pattern in arguments.held_back)

    with Progress(console, "enrol.progress") as progress:
        report = take_in(
            content.materials,
            store,
            OpenCvCutter(),
            held_back=held_back,
            limit=arguments.limit,
            progress=progress,
        )
    _write_contact_sheets(store, arguments.out)
    if arguments.json:
        console.json(
            {
                "stored": [record.file for record in report.stored],
                "known": report.known,
                "refused": [
                    {"source": one.source, "class_name": one.class_name, "code": one.code} for one in report.refused
                ],
            }
        )
        return 0 if store.cutouts else 1
    for refusal in report.refused[:_SHOWN_REFUSALS]:
        console.line(f"  {refusal.source}: {console.text(refusal.code, **refusal.details)}")
    if len(report.refused) > _SHOWN_REFUSALS:
        console.line(f"  {console.text('enrol.more_refused', count=len(report.refused) - _SHOWN_REFUSALS)}")
    counted = Counter(record.class_name or "" for record in store.cutouts)
    rows = [[name or console.text("enrol.foreign"), str(count)] for name, count in sorted(counted.items())]
    if rows:
        console.table([console.text("enrol.class"), console.text("enrol.count")], rows)
    console.say(
        "enrol.done",
        stored=len(report.stored),
        known=report.known,
        refused=len(report.refused),
        folder=arguments.out,
        sheet=arguments.out / CONTACT,
    )
    missing = [known.name for known in content.classes if not counted[known.name]]
    if missing:
        console.remark("enrol.classes_without", names=", ".join(missing))
    return 0 if store.cutouts else 1


def _write_contact_sheets(store: CutoutStore, folder: Path) -> None:
    from toolroom_desktop.adapters.files.cutouts import write_atomically
    from toolroom_desktop.adapters.vision.segmentation.contact_sheet import contact_sheets

    things = ((store.pixels(record), f"{record.class_name or ''} {record.source}") for record in store.cutouts)
    for number, sheet in enumerate(contact_sheets(things)):
        name = CONTACT if number == 0 else f"contact_{number + 1}.jpg"
        write_atomically(folder / name, sheet)
