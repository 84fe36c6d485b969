"""Sentences for people, by code and language, for every front end: windows, command line and, later, HTTP.

The sentences lie in `resources/messages/*.toml`, both languages side by side, so that a translator sees the pair.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

from toolroom_desktop.config.days import write_day
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.people import Permission, Role
from toolroom_desktop.domain.tools import ToolState

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = ("ru", "en")


def placeholders(sentence: str) -> set[str]:
    """The names that a sentence wants filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Every sentence of the program: code -> language -> text."""
    return read_sentences(resource("messages"))


def read_sentences(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """The sentences in the files of `folder`; ValueError for a damaged file, and for a code that is declared twice."""
    merged: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*.toml")):
        for code, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in merged:
                raise ValueError(f"{path.name}: the code {code!r} is declared twice")
            merged[code] = texts
    return merged


@dataclass(frozen=True, slots=True)
class Messages:
    """The sentences in one language."""

    language: Language

    def text(self, code: str, /, **details: object) -> str:
        """The sentence of `code` with `details` filled in; KeyError for a code that nobody wrote a sentence for."""
        shown = {name: self._shown(value) for name, value in details.items()}
        return sentences()[code][self.language].format_map(shown)

    def error(self, error: UserFacingError) -> str:
        """The sentence of an error."""
        return self.text(error.code, **error.details)

    def _shown(self, value: object) -> object:
        if isinstance(value, datetime):
            pattern = "%d.%m.%Y %H:%M" if self.language == "ru" else "%Y-%m-%d %H:%M"
            return value.astimezone().strftime(pattern)
        if isinstance(value, date):
            return write_day(value, self.language)
        if isinstance(value, Permission):
            return self.text(f"permission.{value.value}")
        if isinstance(value, Role):
            return self.text(f"cli.role.{value.value}")
        if isinstance(value, UserFacingError):
            return self.error(value)
        if isinstance(value, tuple):
            return ", ".join(str(self._shown(part)) for part in value)
        if isinstance(value, date):
            return value.strftime("%d.%m.%Y" if self.language == "ru" else "%Y-%m-%d")
        if isinstance(value, ToolState):
            return self.text(f"tool.state.{value.value}")
        return str(value) if isinstance(value, Path) else value
