"""Writes the reports into a folder, each file as a whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from uuid import uuid4

from toolroom_desktop.adapters.database.files import removed_on_failure
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.training.evaluate.html_report import html_report
from toolroom_desktop.training.evaluate.pictures import gallery
from toolroom_desktop.training.evaluate.report import Report, report_json
from toolroom_desktop.training.evaluate.text_report import text_report
from toolroom_desktop.training.evaluate.words import Words

JSON_FILE, TEXT_FILE, HTML_FILE = "evaluation.json", "evaluation.txt", "evaluation.html"


def prepare_folder(folder: Path) -> None:
    """Make the folder and see that it can be written to, before an hour is spent on measuring.

    Raises `BadInput("evaluate.not_writable")`.
    """
    _write(folder / JSON_FILE, "{}\n", only_try=True)


def write_reports(folder: Path, report: Report, words: Words) -> None:
    """Write JSON, text and the page with its pictures. Raises `BadInput("evaluate.not_writable")`."""
    _write(folder / JSON_FILE, json.dumps(report_json(report), ensure_ascii=False, indent=1) + "\n")
    _write(folder / TEXT_FILE, text_report(report, words))
    _write(folder / HTML_FILE, html_report(report, gallery(report, words.names), words))


def _write(path: Path, content: str, *, only_try: bool = False) -> None:
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with removed_on_failure(unfinished):
            with unfinished.open("x", encoding="utf-8", newline="\n") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if only_try:
                unfinished.unlink()
            else:
                unfinished.replace(path)
    except OSError as error:
        raise BadInput("evaluate.not_writable", path=path, reason=error.strerror or str(error)) from error
