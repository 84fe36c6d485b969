"""Which kinds of the centre's rows become something here. A row of any other kind is kept as it came."""

from __future__ import annotations

from collections.abc import Mapping

from toolroom_desktop.services.sync.pull import Applier


def station_appliers() -> Mapping[str, Applier]:
    """Appliers by kind; those first on whose rows others depend."""
    return {}
