"""What IT was told of the package: how large it is, what is inside, and under which licences."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from installer.places import SOURCE, Places
from tests.package.workstation import Workstation

pytestmark = pytest.mark.timeout(900)
LARGEST_SETUP_FILE = 95_000_000
LARGEST_PROGRAM = 320_000_000


def test_setup_file_and_program_are_no_larger_than_promised(workstation: Workstation, places: Places) -> None:
    workstation.setup(places.setup_file)
    installed = sum(path.stat().st_size for path in workstation.program.rglob("*") if path.is_file())
    assert installed <= LARGEST_PROGRAM
    assert places.setup_file.stat().st_size <= LARGEST_SETUP_FILE


def test_every_library_that_the_program_asks_for_is_named_with_its_licence(
    workstation: Workstation, places: Places
) -> None:
    workstation.setup(places.setup_file)
    declared = tomllib.loads((SOURCE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    asked = {re.split(r"[\s<>=!~;\[]", line)[0].lower() for line in declared}
    licences = workstation.program / "_internal" / "licences"
    told = json.loads((licences / "parts.cdx.json").read_text(encoding="utf-8"))
    named = {part["name"]: part.get("licenses") for part in told["components"]}
    assert asked <= set(named)
    assert not [name for name in asked if not named[name]]
    without_text = [name for name in asked if not (licences / f"{name}.txt").is_file()]
    assert without_text == []
