"""The texts that helpers need, without what is nobody else's business, in one ZIP."""

from __future__ import annotations

import os
import re
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import tomlkit

from toolroom_desktop.adapters.camera.source import mask_password
from toolroom_desktop.adapters.database.engine import connect_reader
from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.domain.errors import BadInput

MOST_CRASH_FILES = 50
LARGEST_TEXT = 2 << 20
"""Bytes of one file; of a longer one the end is taken."""
PERSON, BADGE, HOME = "<person>", "<badge>", "~"

# Shorter ones would take letters out of words.
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of the bundle and what it is, in the language of whoever reads it."""

    name: str
    content: bytes
    about: str


class Mask:
    """Replaces people, badges, passwords in addresses, and the folder whose name is that of an account."""

    def __init__(self, people: Iterable[tuple[str, str]] = (), *, home: Path | None = None) -> None:
        """`people` are (name, badge) pairs; `home` is the folder of the account that the program runs in."""
        words = {_shape(text): mask for pair in people for text, mask in zip(pair, (PERSON, BADGE), strict=True)}
        self._words = {word: mask for word, mask in words.items() if len(word) >= _SHORTEST_NAME}
        # The longest first: a name may begin with another one.
        choices = "|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE) if choices else None
        self._home = "" if home is None else str(home)

    def text(self, text: str) -> str:
        """A text with everything replaced, line by line."""
        masked = "\n".join(mask_password(line) for line in text.split("\n"))
        if self._home:
            masked = masked.replace(self._home, HOME)
        if self._pattern is None:
            return masked
        return self._pattern.sub(lambda found: self._words[_shape(found[0])], masked)

    def values(self, value: Any) -> Any:
        """What JSON or TOML holds, with every text in it masked."""
        if isinstance(value, dict):
            return {key: self.values(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.values(inner) for inner in value]
        return self.text(value) if isinstance(value, str) else value


def _shape(text: str) -> str:
    return text.strip().casefold()


def known_people(database: Path) -> list[tuple[str, str]]:
    """(name, badge) of everybody in the records, under the names that they had at any time. Raises `sqlite3.Error`."""
    with closing(connect_reader(database)) as reader:
        rows = reader.execute(
            "SELECT name, badge FROM person UNION SELECT person_name, person_badge FROM operation"
        ).fetchall()
    return [(str(name), str(badge)) for name, badge in rows]


def counters(database: Path) -> dict[str, Any]:
    """How much of what the records hold, without contents. Raises `sqlite3.Error`."""
    with closing(connect_reader(database)) as reader:
        head = reader.execute("SELECT site_id, site_seq, hash, hlc FROM journal_head").fetchone()

        def counted(sql: str) -> dict[str, int]:
            return {" ".join(map(str, row[:-1])): int(row[-1]) for row in reader.execute(sql)}

        (photos, photo_bytes) = reader.execute("SELECT count(*), coalesce(sum(size), 0) FROM evidence").fetchone()
        (times,) = reader.execute("SELECT count(*) FROM journal WHERE clock_back").fetchone()
        return {
            "head": dict(zip(("site_id", "site_seq", "hash", "hlc"), head, strict=True)) if head else None,
            "entries": counted("SELECT kind, count(*) FROM journal GROUP BY kind ORDER BY kind"),
            "operations": counted(
                "SELECT type, final_status, count(*) FROM operation GROUP BY type, final_status ORDER BY 1, 2"
            ),
            "people": counted("SELECT role, count(*) FROM person GROUP BY role ORDER BY role"),
            "kits": counted("SELECT 'all', count(*) FROM kit"),
            "photos": {"count": photos, "bytes": photo_bytes},
            "clock_went_back": times,
        }


def settings_text(path: Path, mask: Mask) -> str | None:
    """The settings without comments, in which old passwords may stand; None where there is no file.

    Of a file that is no TOML the lines are given, as far as they are no comments.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    try:
        return tomlkit.dumps(mask.values(tomllib.loads(text)))
    except tomllib.TOMLDecodeError:
        return mask.text("\n".join(line.split("#")[0] for line in text.split("\n")))


def texts_in(folder: Path, most: int | None = None) -> list[tuple[str, str]]:
    """(name, text) of the newest files of a folder, by name; of long ones the end. Unreadable ones are left out."""
    try:
        files = [path for path in folder.iterdir() if path.is_file()]
        newest = sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)[:most]
    except OSError:
        return []
    found: list[tuple[str, str]] = []
    for path in sorted(newest):
        try:
            with path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - LARGEST_TEXT))
                found.append((path.name, file.read(LARGEST_TEXT).decode("utf-8", errors="replace")))
        except OSError:
            continue
    return found


def check_target(target: Path, *, overwrite: bool) -> None:
    """Raise `BadInput` with `backup.no_folder`, `.is_a_folder` or `.exists` where no bundle can be put."""
    target = target.absolute()
    if not target.parent.is_dir():
        raise BadInput("backup.no_folder", path=target.parent)
    if target.is_dir():
        raise BadInput("backup.is_a_folder", path=target)
    if target.exists() and not overwrite:
        raise BadInput("backup.exists", path=target)


def write_bundle(target: Path, files: Sequence[BundleFile], now: datetime) -> int:
    """Write the ZIP whole or not at all; its bytes. Raises `DatabaseProblem` with `backup.disk_full` and the like."""
    target = target.absolute()
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with removed_on_failure(unfinished):
            with unfinished.open("wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
                    for one in files:
                        packed.writestr(zipfile.ZipInfo(one.name, now.timetuple()[:6]), one.content)
                file.flush()
                os.fsync(file.fileno())
            size = unfinished.stat().st_size
            replace_durably(unfinished, target)
    except OSError as error:
        raise file_problem(error, target, area="backup") from error
    return size
