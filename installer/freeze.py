"""Freezing the two programs into one folder, for Windows under Wine or for the system that this runs on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from installer.icon import write_icon
from installer.places import CONSOLE_PROGRAM, DRAWING, SOURCE, WINDOW_PROGRAM, Places
from installer.run import BuildFailed, run
from installer.wine import Wine

SPEC = SOURCE / "installer" / "toolroom.spec"


def freeze_for_windows(places: Places, wine: Wine, python: Path) -> Path:
    """The folder with the Windows programs. Raises `BuildFailed`."""
    work = _fresh(places.work / "windows")
    write_icon(DRAWING, places.icon)
    told = Wine(
        wine.prefix,
        {
            **wine.variables,
            "TOOLROOM_PACKAGE_VERSION": places.version,
            "TOOLROOM_PACKAGE_ICON": Wine.name(places.icon),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
        },
    )
    folders = ("--distpath", Wine.name(work / "dist"), "--workpath", Wine.name(work / "build"))
    said = told.must([python, "-m", "PyInstaller", "--noconfirm", *folders, Wine.name(SPEC)], cwd=SOURCE, seconds=1800)
    (work / "pyinstaller.log").write_text(said, encoding="utf-8")
    return _checked(places.frozen("windows"), ".exe")


def freeze_here(places: Places, system: str, *, beside: Path | None = None) -> Path:
    """The folder with the programs for this system, made with this interpreter; `beside` is one more, to measure with.

    Raises `BuildFailed`.
    """
    work = _fresh(places.work / system)
    told = {"TOOLROOM_PACKAGE_VERSION": places.version}
    if beside is not None:
        told["TOOLROOM_PACKAGE_BESIDE"] = str(beside)
    if system == "windows":
        write_icon(DRAWING, places.icon)
        told["TOOLROOM_PACKAGE_ICON"] = str(places.icon)
    folders = ("--distpath", work / "dist", "--workpath", work / "build")
    command: list[str | Path] = [sys.executable, "-m", "PyInstaller", "--noconfirm", *folders, SPEC]
    said = run(command, cwd=SOURCE, env=told)
    (work / "pyinstaller.log").write_text(said, encoding="utf-8")
    return _checked(places.frozen(system), ".exe" if system == "windows" else "")


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _checked(folder: Path, ending: str) -> Path:
    for name in (WINDOW_PROGRAM, CONSOLE_PROGRAM):
        if not (folder / f"{name}{ending}").is_file():
            raise BuildFailed(f"PyInstaller made no {name}{ending}")
    return folder
