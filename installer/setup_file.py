"""The setup file: NSIS packs the frozen programs."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
from pathlib import Path

from installer.icon import write_side_picture
from installer.places import DRAWING, SOURCE, Places
from installer.run import BuildFailed, run

SIGN_VARIABLE = "TOOLROOM_SIGN"
"""A command that signs the file that is put behind it; without it the products are not signed."""
ROOM_TO_SPARE_MB = 200
"""For the data's backup and the system, besides the program itself."""


def sign(path: Path) -> bool:
    """Sign a program with IT's own command, or say that there is none. Raises `BuildFailed` where it fails."""
    command = os.environ.get(SIGN_VARIABLE)
    if not command:
        return False
    on_windows = os.name == "nt"  # where a backslash is no escape
    words = [word.strip('"') if on_windows else word for word in shlex.split(command, posix=not on_windows)]
    run([*words, path])
    return True


def make_setup(places: Places, files: Path, *, target: Path, version: str, quick: bool = False) -> Path:
    """Pack `files` into the setup file `target`; `quick` makes a larger one sooner. Raises `BuildFailed`."""
    if shutil.which("makensis") is None:
        raise BuildFailed(
            "NSIS is missing: apt-get install --no-install-recommends nsis; on Windows, put makensis on the PATH"
        )
    size = sum(path.stat().st_size for path in files.rglob("*") if path.is_file())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    write_side_picture(DRAWING, places.side_picture)
    defines: dict[str, object] = {
        "VERSION": version,
        "FILES": files,
        "OUTPUT": target,
        "LICENSE_FILE": SOURCE / "LICENSE",
        "ICON": places.icon,
        "SIDE_PICTURE": places.side_picture,
        "INSTALLED_KB": size // 1024,
        "NEEDED_MB": size // 1_000_000 + ROOM_TO_SPARE_MB,
        # NSIS unpacks a solid archive into one temporary file as it goes.
        "TEMPORARY_MB": 10 if quick else size // 1_000_000 + 10,
    }
    command = os.environ.get(SIGN_VARIABLE)
    if command:
        defines["SIGN"] = command
    if quick:
        defines["QUICK"] = 1
    told = [f"-D{name}={value}" for name, value in defines.items()]
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *told, SOURCE / "installer" / "toolroom.nsi"])
    if not target.is_file():
        raise BuildFailed("NSIS made no setup file")
    return target


def write_sums(folder: Path) -> Path:
    """`SHA256SUMS` of all products, as `sha256sum --check` reads it."""
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != "SHA256SUMS":
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    target = folder / "SHA256SUMS"
    target.write_text("".join(lines), encoding="utf-8")
    return target
