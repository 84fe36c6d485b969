"""The files besides code that the frozen programs read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# Inside the source tree; each lies at the same place inside the package.
FOLDERS = (
    "resources/fonts",
    "resources/i18n",
    "resources/icons",
    "resources/keys",
    "resources/messages",
    "resources/selftest",
)
MODEL = ("kit11.json", "kit11.onnx", "kit11.sig", "MODEL_CARD.md")
"""Of `models/`; the starting weights for training stay behind."""
DEMO = "resources/demo/tables"
MIGRATIONS = "toolroom_desktop/adapters/database/migrations"
CENTRE = "toolroom_desktop/adapters/central/sql"
_LEFT_OUT = ("__pycache__", ".ts")


def data_files(source: Path) -> list[tuple[str, str]]:
    """(file, folder inside the package) for all of them."""
    files = [path for folder in (*FOLDERS, DEMO, MIGRATIONS, CENTRE) for path in _files(source / folder)]
    files += [source / "models" / name for name in MODEL]
    files += [source / "LICENSE"]
    return [(str(path), str(path.parent.relative_to(source))) for path in files]


def _files(folder: Path) -> Iterable[Path]:
    return (
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.endswith(_LEFT_OUT) for part in path.parts)
    )
