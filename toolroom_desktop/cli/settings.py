"""`toolroom settings`: what holds at this station, and changing one value of its file."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping

from toolroom_desktop.cli.parsing import Commands, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.config.settings import Origin, Settings, origins, policy_in_force, save_setting
from toolroom_desktop.domain.errors import BadSettings


def add(commands: Commands) -> None:
    """Add the sub-command with `show` and `set`."""
    parser = commands.add("settings", "settings.help.settings")
    own = Commands(parser)
    show = own.add("show", "settings.help.show")
    option(show, "--json", "cli.help.json", action="store_true")
    show.set_defaults(run=run_show)
    change = own.add("set", "settings.help.set")
    argument(change, "key", "settings.help.key")
    argument(change, "value", "settings.help.value")
    change.set_defaults(run=run_set)


def run_show(arguments: argparse.Namespace, station: Station) -> int:
    """Every setting with the value that holds, and who said it where it is not the default."""
    content = station.settings().model_dump()
    if arguments.json:
        station.console.json(content)
    else:
        policy = policy_in_force()
        said_by = origins(station.data.settings_file, policy)
        for key, value in _flat(content):
            line = f"{key} = {'-' if value is None else value}"
            station.console.line(line + _said_by(station, said_by.get(key, Origin.DEFAULT), policy.places.get(key)))
    return 0


def _said_by(station: Station, origin: Origin, place: str | None) -> str:
    """Who said it, behind the value; nothing for a default."""
    if origin is Origin.DEFAULT:
        return ""
    sentence = "settings.fixed" if origin is Origin.POLICY else f"settings.from_{origin.value}"
    return f"  # {station.console.text(sentence, path=place)}"


def run_set(arguments: argparse.Namespace, station: Station) -> int:
    """Put one value into the settings file; nothing is written unless it may be."""
    path = station.data.settings_file
    section, _, name = str(arguments.key).partition(".")
    if not name or section not in Settings.model_fields:
        raise BadSettings("settings.unknown_key", path=path, key=arguments.key)
    try:
        save_setting(path, section, name, arguments.value)
    except BadSettings as refusal:
        value = _as_toml(arguments.value)
        if refusal.code != "settings.bad_value" or value is None:
            raise
        save_setting(path, section, name, value)
    station.console.say("settings.saved", key=arguments.key, path=path)
    return 0


def _as_toml(text: str) -> bool | int | float | None:
    """A number or a truth value as settings files write it; None for anything else."""
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return None
    return value if isinstance(value, bool | int | float) else None


def _flat(content: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value
