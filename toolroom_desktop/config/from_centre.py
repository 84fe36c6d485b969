"""Settings that the centre gives to all its stations: which ones it may, and the file in which they lie at a station.

The file is made of what the centre said last, whenever that changes and with every start of sync; nobody edits it.
"""

from __future__ import annotations

import logging
import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit

FILE_NAME = "centre-settings.toml"
_SECTIONS = frozenset({"thresholds", "inspection", "procedures", "sync"})
_SETTINGS = frozenset(
    {
        "station.idle_sign_out_seconds",
        "learning.keep_for_review",
        "learning.most_cases",
        "learning.most_megabytes",
    }
)

_log = logging.getLogger(__name__)


def may_come_from_centre(setting: str) -> bool:
    """Whether the centre may give "section.setting": how toolrooms work, never what belongs to one computer."""
    return setting in _SETTINGS or setting.partition(".")[0] in _SECTIONS


def centre_file(settings_file: Path) -> Path:
    """Where they lie, beside the station's own settings."""
    return settings_file.with_name(FILE_NAME)


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Values by "section.setting" as a settings file has them."""
    found: dict[str, Any] = {}
    for key, value in sorted(flat.items()):
        *sections, name = key.split(".")
        into = found
        for section in sections:
            into = into.setdefault(section, {})
        into[name] = value
    return found


def flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The settings in nested values, "section.setting"."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def read_centre_file(settings_file: Path) -> dict[str, Any]:
    """What the centre gives, by "section.setting"; empty where it gives nothing.

    A file that cannot be read keeps no station from starting: it is written anew by the next start of sync.
    """
    path = centre_file(settings_file)
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        _log.warning("the settings of the centre in %s cannot be read: %s", path, error)
        return {}
    return {key: value for key, value in flat(values) if may_come_from_centre(key)}


def write_centre_file(settings_file: Path, values: Mapping[str, Any]) -> bool:
    """Replace the file as a whole by these values; whether it said something else. Raises `OSError`."""
    path = centre_file(settings_file)
    said = {key: value for key, value in values.items() if may_come_from_centre(key)}
    content = tomlkit.dumps(nested(said)).encode()
    before = path.read_bytes() if path.exists() else b""
    if content == before:
        return False
    if not said:
        path.unlink()
        return True
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".centre-settings-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return True
