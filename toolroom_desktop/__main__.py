"""`toolroom-desktop`: arguments and settings, and then the windows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# The order matters: on Windows onnxruntime (bootstrap) must be loaded before Qt (ui), or their libraries clash.
from toolroom_desktop import __version__
from toolroom_desktop.bootstrap import build
from toolroom_desktop.config.logs import log_to_files
from toolroom_desktop.config.messages import LANGUAGES
from toolroom_desktop.config.paths import DATA_VARIABLE, DataFolder, default_data_folder
from toolroom_desktop.config.settings import Settings, load_settings
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.ui.app import run


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line asked for."""

    folder: DataFolder
    demo: bool
    language: str | None


def parse(argv: Sequence[str] | None = None) -> Choice:
    """The command line; the demonstration has a data folder of its own unless one is named."""
    parser = argparse.ArgumentParser(prog="toolroom-desktop", description="The station's windows.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"data folder; else ${DATA_VARIABLE}, else the usual")
    parser.add_argument("--demo", action="store_true", help="demo people, kits and pictures, no camera needed")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the windows; else the settings'")
    given = parser.parse_args(argv)
    root: Path = given.data or default_data_folder()
    if given.demo and given.data is None:
        root = root.with_name(f"{root.name}-demo")
    return Choice(DataFolder(root), given.demo, given.language)


def prepare(choice: Choice) -> tuple[Settings, Callable[[Callable[[str], None]], AppContext]]:
    """The settings, and what builds the services.

    A settings file that cannot be used must be told in a window: the windows come up with the defaults then, and the
    building raises what is wrong.
    """
    refusal: UserFacingError | None = None
    settings = Settings()
    try:
        settings = load_settings(choice.folder.settings_file)
    except UserFacingError as error:
        refusal = error
    if choice.language is not None:
        station = settings.station.model_copy(update={"language": choice.language})
        settings = settings.model_copy(update={"station": station})

    def build_context(report: Callable[[str], None]) -> AppContext:
        if refusal is not None:
            raise refusal
        log_to_files(choice.folder.logs)
        return build(choice.folder.root, settings, demo=choice.demo, report=report)

    return settings, build_context


def main(argv: Sequence[str] | None = None) -> int:
    """Start the station and return its exit code."""
    choice = parse(argv)
    settings, build_context = prepare(choice)
    return run(build_context, settings, choice.folder.settings_file, crash_folder=choice.folder.crashes)


if __name__ == "__main__":
    sys.exit(main())
