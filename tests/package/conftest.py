"""The setup file, tried under Wine. `nox -s package` makes it and then runs these tests; elsewhere they are skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.places import Places, usual_places
from installer.wine import Wine
from tests.package.workstation import Workstation

SWITCH = "TOOLROOM_PACKAGE_TESTS"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get(SWITCH) == "1":
        return
    here = Path(__file__).parent
    skip = pytest.mark.skip(reason=f"tries the setup file under Wine: nox -s package ({SWITCH}=1)")
    for item in items:
        if here in item.path.parents:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def places() -> Places:
    """Where the build left its products."""
    found = usual_places()
    missing = [str(path) for path in (found.setup_file, found.older_setup_file) if not path.is_file()]
    assert not missing, f"build first: {missing}"
    return found


@pytest.fixture
def workstation(places: Places) -> Iterator[Workstation]:
    """A Windows on which the program is not installed, before and after the test."""
    machine = Workstation(Wine(places.wine_prefix), places)
    machine.clear()
    yield machine
    machine.clear()
