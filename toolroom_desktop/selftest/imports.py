"""Every part of the program can be loaded, and a packaged one carries nothing that only training needs."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator, Sequence

from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Check, Grade

# They need what only a training machine has, or (the database's steps) are run by Alembic and by nothing else.
LEFT_OUT = (
    "toolroom_desktop.training.learn",
    "toolroom_desktop.training.rendered_kit",
    "toolroom_desktop.adapters.database.migrations",
)
# Loaded by name or only when they are wanted, so that no import of ours would miss them before.
LATE = ("alembic.command", "keyring", "openpyxl", "pyqtgraph.exporters", "sqlalchemy.dialects.sqlite")
KEY_STORES = {"win32": "keyring.backends.Windows", "linux": "keyring.backends.SecretService"}
UNWANTED = ("torch", "torchvision", "ultralytics", "matplotlib", "pandas")
_SHOWN = 3


def modules_of(package: str) -> Iterator[str]:
    """Names of a package's modules, itself first, without those in `LEFT_OUT`; packages are loaded on the way."""
    yield package
    try:
        path = importlib.import_module(package).__path__
    except Exception:  # noqa: BLE001 - whoever imports the name that was just given meets the reason
        return
    for found in pkgutil.iter_modules(path):
        name = f"{package}.{found.name}"
        if name in LEFT_OUT:
            continue
        if found.ispkg:
            yield from modules_of(name)
        else:
            yield name


def look(
    _bench: Workbench,
    *,
    package: str = "toolroom_desktop",
    late: Sequence[str] = (*LATE, *((KEY_STORES[sys.platform],) if sys.platform in KEY_STORES else ())),
    unwanted: Sequence[str] = UNWANTED,
    frozen: bool | None = None,
) -> Check:
    """Load every module of `package` and those in `late`; where `frozen`, look for `unwanted` packages too."""
    problems: dict[str, str] = {}
    names = [*modules_of(package), *late]
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - a module may fail in any way, and the others are still tried
            problems[name] = f"{type(error).__name__}: {error}"
    if problems:
        listed = "; ".join(f"{name} ({reason})" for name, reason in list(problems.items())[:_SHOWN])
        raise BadProgram("selftest.imports_failed", count=len(problems), listed=listed)
    packaged = bool(getattr(sys, "frozen", False)) if frozen is None else frozen
    present = [name for name in unwanted if packaged and importlib.util.find_spec(name) is not None]
    if present:
        raise BadProgram("selftest.imports_unwanted", listed=", ".join(present))
    facts = {"modules": len(names), "packaged": packaged}
    return Check("imports", Grade.GOOD, "selftest.imports", {"count": len(names)}, facts)
