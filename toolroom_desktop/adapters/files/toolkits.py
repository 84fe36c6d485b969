"""Reading and writing toolkit files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from toolroom_desktop.adapters.files.content import Problems, ToolkitFile, assemble
from toolroom_desktop.adapters.files.csv_toolkits import read_csv, write_csv
from toolroom_desktop.adapters.files.yaml_toolkits import read_yaml, write_yaml
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.toolkit import Kit, Toolkit

LARGEST_FILE = 4 << 20
"""Bytes."""


class FileFormat(StrEnum):
    """How toolkits are written down."""

    YAML = "yaml"
    CSV = "csv"


_ENDINGS = {".yaml": FileFormat.YAML, ".yml": FileFormat.YAML, ".csv": FileFormat.CSV}


def format_of(path: Path) -> FileFormat:
    """The format that a file's name tells; raises `BadImportFile("import.unknown_format")`."""
    try:
        return _ENDINGS[path.suffix.casefold()]
    except KeyError:
        raise BadImportFile("import.unknown_format", path=path) from None


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise BadImportFile("import.missing", path=path) from None
    except OSError as error:
        raise BadImportFile("import.not_readable", path=path, reason=error.strerror or str(error)) from error
    if len(content) > LARGEST_FILE:
        raise BadImportFile("import.too_large", path=path, most=LARGEST_FILE >> 20)
    if not content.strip():
        raise BadImportFile("import.empty", path=path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadImportFile("import.wrong_encoding", path=path, line=line) from error
    if "\0" in text:
        raise BadImportFile("import.wrong_encoding", path=path, line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def read_toolkits(path: Path, format_: FileFormat | None = None) -> ToolkitFile:
    """The toolkits and kits of a file in `format_`, by default the one that its name tells.

    Raises `BadLines` with every error and its line, or another `BadImportFile` (`import.missing`, `import.empty`,
    `import.wrong_encoding`, `import.not_yaml`, `import.not_csv` and the like) where the file cannot be read at all.
    """
    chosen = format_ or format_of(path)
    text = _text_of(path)
    problems = Problems()
    read = read_yaml if chosen is FileFormat.YAML else read_csv
    return assemble(str(path), read(text, str(path), problems), problems)


def write_toolkits(
    path: Path, toolkits: Sequence[Toolkit], kits: Sequence[Kit], format_: FileFormat | None = None
) -> None:
    """Write a file that `read_toolkits` takes; an existing one is replaced as a whole.

    Thresholds of a class that is no position of its toolkit have no place in the file.

    Raises `BadImportFile` with `import.unknown_format` or `export.not_writable`; an existing file stays then.
    """
    chosen = format_ or format_of(path)
    if chosen is FileFormat.YAML:
        content = write_yaml(toolkits, kits).encode()
    else:
        # Without the mark, Excel takes UTF-8 for the code page of the country.
        content = write_csv(toolkits, kits).encode("utf-8-sig")
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        with unfinished.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BadImportFile("export.not_writable", path=path, reason=error.strerror or str(error)) from error
