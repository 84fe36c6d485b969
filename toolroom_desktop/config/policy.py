"""Where the IT department sets settings for a whole machine, and what it says there, not yet validated.

Windows: the registry key below, as group policy writes it, and a file below Program Files; Linux: a file in /etc.
Ordinary users can write to none of them. The data folder is no place for it, because whoever works at the station must
be able to write there.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolroom_desktop.domain.errors import BadSettings

POLICY_VARIABLE = "TOOLROOM_POLICY"
REGISTRY_KEY = r"Software\Policies\Toolroom Desktop"
FILE_NAME = "policy.toml"
LINUX_FILE = Path("/etc/toolroom-desktop", FILE_NAME)
_WINDOWS_FOLDER = "Toolroom Desktop Policy"
_PROGRAM_FILES = (r"SOFTWARE\Microsoft\Windows\CurrentVersion", "ProgramFilesDir")
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_ADMINISTRATOR = 0

RegistryValues = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PolicySource:
    """One place that sets something. `values` are nested as in settings.toml; `place` names it to people.

    loose  the place has no numbers with a point and no truth values, so text and 0 or 1 stand for them (the registry)
    """

    place: str
    values: Mapping[str, Any]
    loose: bool = False


def policy_sources() -> tuple[PolicySource, ...]:
    """What is set for this machine, the strongest place last; empty where nothing is.

    In a source tree TOOLROOM_POLICY names a file that stands in for all of it, or is empty for no policy. A packaged
    program does not look at it: whoever starts the program can set it. Raises `BadSettings` with "policy.unreadable",
    "policy.not_toml", "policy.not_protected", "policy.unknown_key", "policy.bad_value".
    """
    told = None if getattr(sys, "frozen", False) else os.environ.get(POLICY_VARIABLE)
    if told is not None:
        found = (read_file(Path(told), owner=None),) if told else ()
    elif sys.platform == "win32":
        found = (read_file(_windows_file(), owner=None), read_registry(_registry_values))
    else:
        found = (read_file(LINUX_FILE),)
    return tuple(source for source in found if source is not None)


def read_file(path: Path, *, owner: int | None = _ADMINISTRATOR) -> PolicySource | None:
    """What a policy file says, None where there is none.

    owner  who must own it, so that nobody else can write to it or put another in its place; None does not ask (Windows:
           the rights of Program Files hold)
    """
    try:
        content = path.read_bytes()
        protected = owner is None or all(_belongs_to(owner, place) for place in (path, path.parent))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadSettings("policy.unreadable", path=str(path), reason=error.strerror or str(error)) from error
    if not protected:
        raise BadSettings("policy.not_protected", path=str(path))
    try:
        return PolicySource(str(path), tomllib.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise BadSettings("policy.not_toml", path=str(path), reason="UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings("policy.not_toml", path=str(path), reason=str(error)) from error


def _belongs_to(owner: int, place: Path) -> bool:
    found = place.stat()
    return found.st_uid == owner and not found.st_mode & _WRITABLE_BY_OTHERS


def read_registry(values: RegistryValues) -> PolicySource | None:
    """What the registry says: values named "section.setting" of one key, texts and numbers; None where it has none."""
    place = rf"HKLM\{REGISTRY_KEY}"
    try:
        flat = values()
    except OSError as error:
        raise BadSettings("policy.unreadable", path=place, reason=error.strerror or str(error)) from error
    nested: dict[str, Any] = {}
    for name, value in flat.items():
        if not isinstance(value, str | int):
            raise BadSettings("policy.bad_value", path=place, key=name, value=value)
        *sections, setting = name.split(".")
        into = nested
        for section in sections:
            into = into.setdefault(section, {})
            if not isinstance(into, dict):
                raise BadSettings("policy.unknown_key", path=place, key=name)
        if setting in into:
            raise BadSettings("policy.unknown_key", path=place, key=name)
        into[setting] = value
    return PolicySource(place, nested, loose=True) if nested else None


if sys.platform == "win32":
    import winreg

    def _registry_values() -> Mapping[str, Any]:
        try:
            key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)
        except FileNotFoundError:
            return {}
        with key:
            _, count, _ = winreg.QueryInfoKey(key)
            # The value without a name is not ours: editors of the registry show it in every key.
            return {name: value for name, value, _ in (winreg.EnumValue(key, place) for place in range(count)) if name}

    def _windows_file() -> Path:
        # Asked of the registry and not of the environment, which whoever starts the program can set.
        place, name = _PROGRAM_FILES
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, access) as key:
            folder, _ = winreg.QueryValueEx(key, name)
        return Path(str(folder), _WINDOWS_FOLDER, FILE_NAME)
