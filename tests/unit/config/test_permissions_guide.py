"""The table of who may do what in docs/procedures.md is the one of the domain."""

from __future__ import annotations

import pytest

from toolroom_desktop.config import permissions_guide
from toolroom_desktop.config.permissions_guide import guide_file, table, with_table
from toolroom_desktop.domain.people import PERMISSIONS, Permission, Role


def test_the_guide_has_the_table_of_the_domain() -> None:
    text = guide_file().read_text(encoding="utf-8")
    assert with_table(text) == text, "run: python -m toolroom_desktop.config.permissions_guide"


def test_the_table_has_a_line_for_every_permission_and_a_yes_for_every_role_that_may() -> None:
    heads, _, *lines = table().splitlines()
    assert heads == "| may | technician | storekeeper | shift lead | quality | administrator |"
    assert len(lines) == len(Permission)
    assert table().count("| yes") == sum(len(granted) for granted in PERMISSIONS.values())


def test_a_changed_permission_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = guide_file().read_text(encoding="utf-8")
    changed = {**PERMISSIONS, Role.TECHNICIAN: frozenset({Permission.EXPORT})}
    monkeypatch.setattr(permissions_guide, "PERMISSIONS", changed)
    assert with_table(text) != text
