"""`toolroom check` with the program's own model on the tables of the demonstration, whose contents are written down."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import TOOLKIT, CommandLine, make_demo_station
from toolroom_desktop.config.paths import resource
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT

FOLDER = resource("demo", "tables")
TABLES: list[dict[str, Any]] = json.loads((FOLDER / "tables.json").read_text(encoding="utf-8"))["tables"]
KIT = Counter(REFERENCE_TOOLKIT.expected)


@pytest.fixture(scope="module")
def toolroom(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(make_demo_station(tmp_path_factory.mktemp("tables") / "station"))


@pytest.mark.parametrize("table", TABLES, ids=[Path(table["file"]).stem for table in TABLES])
def test_what_is_missing_and_what_is_too_much_is_named_and_nothing_else(
    toolroom: CommandLine, table: dict[str, Any]
) -> None:
    lies_there = Counter(table["tools"])
    result = toolroom("check", FOLDER / table["file"], "--toolkit", TOOLKIT, "--json").json
    assert Counter(result["missing_tools"]) == KIT - lies_there
    assert Counter(result["extra_tools"]) == lies_there - KIT
    if lies_there != KIT:
        assert result["status"] != "success"
