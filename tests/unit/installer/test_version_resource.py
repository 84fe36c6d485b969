"""Which versions Windows can show."""

from __future__ import annotations

import pytest

from installer.version_resource import numbers


def test_a_version_is_three_numbers() -> None:
    assert numbers("1.20.300") == (1, 20, 300, 0)


@pytest.mark.parametrize("version", ["1.2", "1.2.3.4", "1.2.70000", "1.2.-3", "1.2.3rc1", ""])
def test_anything_else_is_no_version(version: str) -> None:
    with pytest.raises(ValueError):
        numbers(version)
