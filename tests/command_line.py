"""`toolroom` as the tests call it: in this process, over a data folder of real files."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.cli import main
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages, placeholders, sentences
from toolroom_desktop.config.paths import resource

TOOLKIT = "RRJ/737/32S"
PIN = "246810"


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class CommandLine:
    """Calls `toolroom` with a data folder."""

    data: Path

    def __call__(self, *arguments: object, language: Language = "en") -> Answer:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["--data", str(self.data), "--language", language, *map(str, arguments)])
        return Answer(code, out.getvalue(), err.getvalue())

    def refused(self, sentence: str, *arguments: object, **details: object) -> None:
        """Assert that the command ends with 2, no answer, and this sentence in both languages.

        `details` must fill its gaps exactly; a gap that is not given may hold anything.
        """
        for language in LANGUAGES:
            answer = self(*arguments, language=language)
            assert (answer.code, answer.out) == (2, ""), answer
            assert any(says(sentence, language, line, details) for line in answer.err.splitlines()), answer.err


def says(sentence: str, language: Language, line: str, details: Mapping[str, object]) -> bool:
    """Whether `line` is that sentence with those details in its gaps."""
    gaps = {name: f"\0{name}\0" for name in placeholders(sentences()[sentence][language])}
    given = {name: details.get(name, gap) for name, gap in gaps.items()}
    pattern = re.escape(Messages(language).text(sentence, **given))
    for gap in gaps.values():
        pattern = pattern.replace(re.escape(gap), ".+")
    return re.fullmatch(pattern, line) is not None


def tamper(data: Path, *statements: str) -> None:
    """Change the records behind the program's back, past the triggers that forbid it."""
    with contextlib.closing(sqlite3.connect(data / "toolroom.sqlite")) as connection:
        triggers = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        connection.commit()


def make_demo_station(folder: Path) -> Path:
    """A data folder as `toolroom init --demo` leaves it."""
    assert CommandLine(folder)("init", "--demo").code == 0
    return folder


def copy_of(station: Path, target: Path) -> Path:
    """A data folder of its own for one test."""
    shutil.copytree(station, target)
    return target


def brace_alone(target: Path) -> Path:
    """A photo on which the brace of the demo table lies alone; the model sees it and nothing else."""
    folder = resource("demo", "tables")
    tables = {table["file"]: table for table in json.loads((folder / "tables.json").read_text("utf-8"))["tables"]}
    boxes = {entry["class_name"]: entry["box"] for entry in tables["01_complete.jpg"]["boxes"]}
    x1, y1, x2, y2 = (round(side) for side in boxes["brace"])
    table = FilePhotoReader().read(folder / "13_empty_table.jpg").pixels.copy()
    complete = FilePhotoReader().read(folder / "01_complete.jpg").pixels
    place = (slice(max(0, y1 - 12), y2 + 12), slice(max(0, x1 - 12), x2 + 12))
    table[place] = complete[place]
    return save_photo(target, table)


def save_photo(target: Path, pixels: np.ndarray[Any, Any]) -> Path:
    """Write pixels as PNG, whatever letters the path has."""
    written, content = cv2.imencode(".png", pixels)
    assert written
    target.write_bytes(content.tobytes())
    return target


def toolkit_file(target: Path, *classes: str, name: str = "small", kits: tuple[str, ...] = ("S-1",)) -> Path:
    """A YAML file of one toolkit with these classes and kits."""
    lines = ["toolkits:", f"  - name: {name}", "    positions:"]
    lines += [f"      - class: {tool_class}" for tool_class in classes]
    lines += ["    kits:", *(f"      - number: {kit}" for kit in kits)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target
