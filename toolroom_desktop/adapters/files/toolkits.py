"""Reading and writing toolkit files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from toolroom_desktop.adapters.files.content import Problems, ToolkitFile, assemble
from toolroom_desktop.adapters.files.csv_toolkits import WIDTHS, read_csv, read_xlsx, table_of
from toolroom_desktop.adapters.files.sheets import content_of, text_of, write_csv_rows, write_xlsx_rows
from toolroom_desktop.adapters.files.yaml_toolkits import read_yaml, write_yaml
from toolroom_desktop.domain.errors import BadImportFile
from toolroom_desktop.domain.toolkit import Kit, Toolkit

LARGEST_FILE = 4 << 20
"""Bytes."""


class FileFormat(StrEnum):
    """How toolkits are written down."""

    YAML = "yaml"
    CSV = "csv"
    XLSX = "xlsx"


_ENDINGS = {
    ".yaml": FileFormat.YAML,
    ".yml": FileFormat.YAML,
    ".csv": FileFormat.CSV,
    ".xlsx": FileFormat.XLSX,
}


def format_of(path: Path) -> FileFormat:
    """The format that a file's name tells; raises `BadImportFile("import.unknown_format")`."""
    try:
        return _ENDINGS[path.suffix.casefold()]
    except KeyError:
        raise BadImportFile("import.unknown_format", path=path) from None


def read_toolkits(path: Path, format_: FileFormat | None = None) -> ToolkitFile:
    """The toolkits and kits of a file in `format_`, by default the one that its name tells.

    Raises `BadLines` with every error and its line, or another `BadImportFile` (`import.missing`, `import.empty`,
    `import.wrong_encoding`, `import.not_yaml`, `import.not_csv` and the like) where the file cannot be read at all.
    """
    chosen = format_ or format_of(path)
    content, name, problems = content_of(path, LARGEST_FILE), str(path), Problems()
    if chosen is FileFormat.XLSX:
        drafts = read_xlsx(content, name, problems)
    elif chosen is FileFormat.YAML:
        drafts = read_yaml(text_of(content, path, russian=False), name, problems)
    else:
        drafts = read_csv(text_of(content, path, russian=True), name, problems)
    return assemble(name, drafts, problems)


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
    elif chosen is FileFormat.CSV:
        content = write_csv_rows(table_of(toolkits, kits))
    else:
        content = write_xlsx_rows("toolkits", table_of(toolkits, kits), WIDTHS)
    replace_file(path, content)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file as a whole; raises `BadImportFile("export.not_writable")`, and an existing one stays then."""
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
