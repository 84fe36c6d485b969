"""Brings the catalogues up to date with the texts in the sources: `python -m toolroom_desktop.ui.update_translations`.

Collects what is new into `resources/i18n/toolroom_*.ts` (a person translates it there, by hand or with Qt Linguist) and
compiles them to the `.qm` files beside them. Both tools come with PySide6-Essentials.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

from toolroom_desktop.config.paths import program_root, resource

# Both catalogues have the same texts; the English one is there for its plural forms.
CATALOGUES = {"ru": "ru_RU", "en": "en_GB"}


def _tool(name: str, *arguments: str) -> str:
    suffix = ".exe" if sys.platform == "win32" else ""
    program = Path(PySide6.__file__).parent / f"{name}{suffix}"
    done = subprocess.run(  # noqa: S603 - a program of our own dependency, with our own paths
        [str(program), *arguments], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout + done.stderr


def sources() -> list[Path]:
    """Every source file with texts for people."""
    return sorted((program_root() / "toolroom_desktop" / "ui").rglob("*.py"))


def collect(catalogue: Path, language: str) -> str:
    """Bring one .ts file up to date with the sources; returns what the tool said."""
    return _tool(
        "lupdate",
        *map(str, sources()),
        "-no-obsolete",
        "-locations",
        "none",
        "-source-language",
        "en_GB",
        "-target-language",
        CATALOGUES[language],
        "-ts",
        str(catalogue),
    )


def compile_catalogue(catalogue: Path, compiled: Path) -> str:
    """Make the .qm of one .ts file; returns what the tool said.

    The file is put in place whole: a program that runs has mapped the old one, and must not see it change.
    """
    unfinished = compiled.with_name(f"{compiled.name}.part")
    said = _tool("lrelease", "-nounfinished", str(catalogue), "-qm", str(unfinished))
    unfinished.replace(compiled)
    return said


def main() -> int:
    """Bring all catalogues up to date and compile them."""
    for language in CATALOGUES:
        catalogue = resource("i18n", f"toolroom_{language}.ts")
        sys.stdout.write(collect(catalogue, language))
        sys.stdout.write(compile_catalogue(catalogue, catalogue.with_suffix(".qm")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
