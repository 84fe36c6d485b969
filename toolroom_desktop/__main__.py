"""`toolroom-desktop`: arguments and settings, and then the windows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

# The order matters: on Windows onnxruntime (bootstrap) must be loaded before Qt (ui), or their libraries clash.
from toolroom_desktop import __version__
from toolroom_desktop.bootstrap import build, complete_restored
from toolroom_desktop.config.logs import log_to_files
from toolroom_desktop.config.messages import LANGUAGES, Language
from toolroom_desktop.config.paths import DATA_VARIABLE, DataFolder, default_data_folder
from toolroom_desktop.config.settings import Settings, load_settings, policy_in_force
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.health import examine
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.setting_up import station_setup, wants_first_start
from toolroom_desktop.ui.app import run
from toolroom_desktop.ui.care import Answered, AnsweredBy, Care, Start


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line asked for."""

    folder: DataFolder
    demo: bool
    language: Language | None

    @property
    def demonstration(self) -> Choice:
        """The demonstration, with a data folder of its own beside this one."""
        root = self.folder.root
        return self if self.demo else replace(self, folder=DataFolder(root.with_name(f"{root.name}-demo")), demo=True)


def parse(argv: Sequence[str] | None = None) -> Choice:
    """The command line; the demonstration has a data folder of its own unless one is named."""
    parser = argparse.ArgumentParser(prog="toolroom-desktop", description="The station's windows.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"data folder; else ${DATA_VARIABLE}, else the usual")
    parser.add_argument("--demo", action="store_true", help="demo people, kits and pictures, no camera needed")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the windows; else the settings'")
    given = parser.parse_args(argv)
    root: Path = given.data or default_data_folder()
    choice = Choice(DataFolder(root), given.demo and given.data is not None, given.language)
    return choice.demonstration if given.demo else choice


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


def answered(choice: Choice) -> Answered:
    """What the command line, the settings and a policy of the machine say already."""
    settings, fixed = load_settings(choice.folder.settings_file), policy_in_force().places

    def by(setting: str, told: set[str]) -> AnsweredBy:
        if setting in fixed:
            return AnsweredBy.POLICY
        return AnsweredBy.SETTINGS if setting.partition(".")[2] in told else AnsweredBy.NOBODY

    language = by("station.language", settings.station.model_fields_set)
    return Answered(
        language=AnsweredBy.COMMAND_LINE if choice.language is not None else language,
        camera=by("camera.source", settings.camera.model_fields_set),
        camera_source=settings.camera.source,
    )


def begin(choice: Choice, language: Language | None = None) -> Start:
    """How the windows begin with that choice, and how they begin anew after setting up.

    `language` is the one in which somebody just set the station up.
    """
    settings, build_context = prepare(replace(choice, language=language or choice.language))

    def again(language: Language, demonstration: bool) -> Start:
        return begin(choice.demonstration if demonstration else choice, language)

    care = Care(
        examine=lambda progress: examine(choice.folder, progress),
        setup=lambda app: station_setup(choice.folder, app),
        answered=lambda: answered(choice),
        wants_first_start=lambda: not choice.demo and wants_first_start(choice.folder),
        again=again,
        demo_folder=choice.demonstration.folder.root,
        complete=lambda: complete_restored(choice.folder.root),
    )
    return Start(build_context, settings, choice.folder.settings_file, choice.folder.crashes, care)


def main(argv: Sequence[str] | None = None) -> int:
    """Start the station and return its exit code."""
    return run(begin(parse(argv)))


if __name__ == "__main__":
    sys.exit(main())
