"""`toolroom support-bundle`: what helps to find a fault, for somebody who may not see the records."""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop import __version__
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.services.doctor import as_json

if TYPE_CHECKING:
    from toolroom_desktop.adapters.files.support_bundle import BundleFile, Mask

CONTENT = "CONTENT.txt"


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("support-bundle", "support.help")
    argument(parser, "file", "support.help.file", type=a_path)
    option(parser, "--overwrite", "backup.help.overwrite", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Say what goes in, and write it."""
    from toolroom_desktop.adapters.files.support_bundle import (
        BundleFile,
        Mask,
        check_target,
        known_people,
        write_bundle,
    )

    console, database = station.console, RecordsFolder(station.data.root.absolute()).database
    check_target(arguments.file, overwrite=arguments.overwrite)
    unknown = ""
    people: list[tuple[str, str]] = []
    if database.is_file():
        try:
            people = known_people(database)
        except sqlite3.Error as error:
            unknown = str(error)
    files = list(_files(station, Mask(people, home=Path.home())))
    lines = [f"{file.name} ({-(-len(file.content) // 1024)} KiB): {file.about}" for file in files]
    notes = [console.text("support.look_first")]
    if unknown:
        notes.append(console.text("support.names_unknown", reason=unknown))
    content = "\n".join((*notes, "", *lines, ""))
    console.say("support.will_hold")
    for line in (*(f"  {line}" for line in lines), *notes):
        console.line(line)
    size = write_bundle(
        arguments.file, [BundleFile(CONTENT, content.encode(), ""), *files], datetime.now().astimezone()
    )
    console.say("support.done", path=arguments.file.absolute(), kib=-(-size // 1024))
    return 0


def _files(station: Station, mask: Mask) -> Iterator[BundleFile]:
    from toolroom_desktop.adapters.files.support_bundle import (
        MOST_CRASH_FILES,
        BundleFile,
        counters,
        settings_text,
        texts_in,
    )
    from toolroom_desktop.health import examine

    console, data = station.console, station.data

    def file(name: str, text: str, about: str) -> BundleFile:
        return BundleFile(name, text.encode(), console.text(about))

    report = as_json(examine(data), console.text)
    yield file("doctor.json", _json(mask.values(report)), "support.file.doctor")
    yield file("versions.json", _json(mask.values(_versions())), "support.file.versions")
    settings = settings_text(data.settings_file, mask)
    if settings is not None:
        yield file("settings.toml", settings, "support.file.settings")
    database = RecordsFolder(data.root.absolute()).database
    try:
        counted: object = counters(database) if database.is_file() else None
    except sqlite3.Error as error:
        counted = {"unreadable": str(error)}
    yield file("journal.json", _json(counted), "support.file.journal")
    for name, text in texts_in(data.logs):
        yield file(f"logs/{name}", mask.text(text), "support.file.log")
    for name, text in texts_in(data.crashes, MOST_CRASH_FILES):
        yield file(f"crashes/{name}", mask.text(text), "support.file.crash")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _versions() -> dict[str, object]:
    libraries = {str(found.metadata["Name"]): found.version for found in distributions()}
    return {
        "program": __version__,
        "python": sys.version,
        "system": platform.platform(),
        "machine": platform.machine(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": dict(sorted(libraries.items(), key=lambda pair: pair[0].casefold())),
    }
