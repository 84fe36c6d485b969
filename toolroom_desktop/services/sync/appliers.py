"""Which kinds of the centre's rows become something here. A row of any other kind is kept as it came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from toolroom_desktop.services.model_content import MODEL
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.reference_content import KIT, PERSON, SETTING, SITE, TOOL, TOOLKIT
from toolroom_desktop.services.sync.centre_model import TakeModel
from toolroom_desktop.services.sync.pull import Applier
from toolroom_desktop.services.sync.taking_over import (
    KitApplier,
    PersonApplier,
    SettingApplier,
    SiteApplier,
    ToolkitApplier,
)
from toolroom_desktop.services.sync.taking_tools import ToolApplier


def station_appliers(clock: Clock, check_setting: Callable[[str, Any], None]) -> Mapping[str, Applier]:
    """Appliers by kind; those first on whose rows others depend. `check_setting` as `SettingApplier` takes it."""
    return {
        SITE: SiteApplier(),
        SETTING: SettingApplier(check_setting),
        PERSON: PersonApplier(clock),
        TOOLKIT: ToolkitApplier(),
        KIT: KitApplier(),
        TOOL: ToolApplier(),
        MODEL: TakeModel(clock),
    }
