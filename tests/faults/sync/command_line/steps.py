"""What tests of the command line ask of a station that belongs to a centre."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.command_line import CommandLine
from toolroom_desktop.adapters.central.enrolment import read_enrolment, write_enrolment

SITE = "Ангар № 1"


def entries_of(station: CommandLine) -> int:
    """How long its journal is."""
    return int(station("journal", "verify", "--json").json["entries"])


def changed(path: Path, target: Path, **fields: object) -> Path:
    """An enrolment file like another one, but whole."""
    said = read_enrolment(path)
    write_enrolment(target, said.site, replace(said.address, **fields))  # type: ignore[arg-type]
    return target
