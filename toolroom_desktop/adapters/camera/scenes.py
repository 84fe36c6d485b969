"""Which photos and videos a replay shows, in which order and under which titles."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from toolroom_desktop.domain.errors import CameraProblem

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
VIDEO_SUFFIXES = frozenset({".mp4", ".m4v", ".avi", ".mov", ".mkv", ".webm"})

TITLES_FILE = "tables.json"


@dataclass(frozen=True, slots=True)
class Scene:
    """One photo or video of a replay, with its title in the languages of the program."""

    path: Path
    title_ru: str
    title_en: str

    @property
    def is_video(self) -> bool:
        """Whether the file moves by itself."""
        return self.path.suffix.casefold() in VIDEO_SUFFIXES

    def title(self, language: str) -> str:
        """The title in "ru" or "en"."""
        return self.title_ru if language == "ru" else self.title_en


def find_scenes(path: Path) -> tuple[Scene, ...]:
    """The photo or video at `path`, or all of them in the folder `path`, sorted as people count ("2" before "10").

    Titles come from `tables.json` beside the files, ``{"tables": [{"file", "title_en", "title_ru"}]}``; a file that
    it does not name is called by its own name. Raises `CameraProblem` with the codes `camera.replay_nothing` (no such
    file or folder, or nothing in it that can be shown) and `camera.replay_bad_titles`.
    """
    try:
        files = [path] if path.is_file() else [file for file in path.iterdir() if file.is_file()]
    except OSError as error:
        raise CameraProblem("camera.replay_nothing", path=str(path)) from error
    shown = [file for file in files if file.suffix.casefold() in PHOTO_SUFFIXES | VIDEO_SUFFIXES]
    if not shown:
        raise CameraProblem("camera.replay_nothing", path=str(path))
    titles = _titles(shown[0].parent / TITLES_FILE)
    return tuple(
        Scene(file, *titles.get(file.name, (file.name, file.name)))
        for file in sorted(shown, key=lambda file: _as_people_count(file.name))
    )


def _as_people_count(name: str) -> list[tuple[bool, int, str]]:
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(False, int(part), part) if part.isdigit() else (True, 0, part) for part in parts]


def _titles(file: Path) -> dict[str, tuple[str, str]]:
    """File name -> (Russian title, English title)."""
    if not file.is_file():
        return {}
    try:
        tables = json.loads(file.read_text(encoding="utf-8"))["tables"]
        return {str(table["file"]): (str(table["title_ru"]), str(table["title_en"])) for table in tables}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CameraProblem("camera.replay_bad_titles", path=str(file), reason=repr(error)) from error
